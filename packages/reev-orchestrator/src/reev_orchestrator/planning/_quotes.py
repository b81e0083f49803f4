"""What an exchange is expected to give: from a source of quotes, or from prices where there is none."""

from __future__ import annotations

from decimal import Context, Decimal, localcontext
from typing import Literal, NamedTuple, Protocol

from reev_types.contexts import WalletContext
from reev_types.tokens import token_of

__all__ = ["Quote", "QuoteSource", "expected", "value_usd"]

_EXACT = Context(prec=80)


class Quote(NamedTuple):
    """What goes in and what comes out, in raw units; the price impact in basis points where it is known."""

    input_raw: int
    output_raw: int
    price_impact_bps: int | None = None


class QuoteSource(Protocol):
    """Estimates exchanges without carrying them out."""

    def quote(self, input_mint: str, output_mint: str, side: Literal["in", "out"], amount_raw: int) -> Quote | None:
        """Return what ``amount_raw`` of the input (``in``) gives, or of the output (``out``) costs; None if unknown."""


def expected(
    context: WalletContext,
    quotes: QuoteSource | None,
    pair: tuple[str, str],
    side: Literal["in", "out"],
    amount_raw: int,
) -> Quote | None:
    """Return a quote, or what the prices of the context imply without fees and impact, or None."""
    if quotes is not None:
        return quotes.quote(*pair, side, amount_raw)
    given, wanted = pair if side == "in" else pair[::-1]
    implied = _implied(context, given, wanted, amount_raw)
    if implied is None:
        return None
    return Quote(amount_raw, implied) if side == "in" else Quote(implied, amount_raw)


def _implied(context: WalletContext, given: str, wanted: str, amount_raw: int) -> int | None:
    given_price, wanted_price = context.token_prices.get(given), context.token_prices.get(wanted)
    given_token, wanted_token = token_of(given), token_of(wanted)
    if not given_price or not wanted_price or given_token is None or wanted_token is None:
        return None
    with localcontext(_EXACT):
        shifted = Decimal(amount_raw).scaleb(wanted_token.decimals - given_token.decimals)
        return int(shifted * given_price / wanted_price)


def value_usd(context: WalletContext, mint: str, amount_raw: int) -> Decimal | None:
    """Return what an amount is worth in US dollars, or None where no price is known."""
    price, token = context.token_prices.get(mint), token_of(mint)
    if price is None or token is None:
        return None
    with localcontext(_EXACT):
        return Decimal(amount_raw).scaleb(-token.decimals) * price
