"""Whether a quote answers what was asked: its bounds are what the wallet agrees to by signing."""

from __future__ import annotations

from reev_tools.jupiter import JupiterServiceError, Quote, QuoteRequest
from reev_tools.market.swap import maximum_in_raw, minimum_out_raw

__all__ = ["checked_quote", "slippage_bound_raw"]

_ROUNDING_RAW = 1
"""Jupiter has been seen to round its threshold either way."""


def checked_quote(request: QuoteRequest, quote: Quote) -> Quote:
    """Return ``quote`` when it answers ``request``; raises JupiterServiceError ``quote_mismatch``."""
    exact_out = request.swap_mode == "ExactOut"
    pairs = {
        "input_mint": (quote.input_mint, request.input_mint),
        "output_mint": (quote.output_mint, request.output_mint),
        "swap_mode": (quote.swap_mode, request.swap_mode),
        "slippage_bps": (quote.slippage_bps, request.slippage_bps),
        "out_amount" if exact_out else "in_amount": (_fixed_raw(quote), request.amount_raw),
    }
    for name, (answered, asked) in pairs.items():
        if answered != asked:
            raise _mismatch(f"{name} is {answered} instead of {asked}")
    if abs(quote.other_amount_threshold_raw - slippage_bound_raw(quote)) > _ROUNDING_RAW:
        raise _mismatch("its threshold does not follow from amount and slippage")
    if quote.platform_fee is not None and (quote.platform_fee.fee_bps or quote.platform_fee.amount_raw):
        raise _mismatch("it takes a platform fee, which nobody asked for")
    return quote


def slippage_bound_raw(quote: Quote) -> int:
    """Return the least that the swap may bring, or for ExactOut the most that it may cost."""
    if quote.swap_mode == "ExactOut":
        return maximum_in_raw(quote.in_amount_raw, quote.slippage_bps)
    return minimum_out_raw(quote.out_amount_raw, quote.slippage_bps)


def _fixed_raw(quote: Quote) -> int:
    return quote.out_amount_raw if quote.swap_mode == "ExactOut" else quote.in_amount_raw


def _mismatch(fault: str) -> JupiterServiceError:
    return JupiterServiceError(
        "quote_mismatch",
        f"Jupiter's quote is not what was asked for: {fault}",
        suggestions=("nothing was sent: call the tool again for another quote",),
    )
