"""Which of the aggregator's instructions a request means."""

from __future__ import annotations

from reev_tools.jupiter import Quote, QuoteRequest
from reev_tools.market.swap import FORMS, Form

__all__ = ["V2_MARK", "instruction_form", "most_fee_bps", "quoted_form"]

V2_MARK = {"instructionVersion": "V2"}
"""What a quote carries, beyond the fields of Jupiter's document, when it was asked for the second forms."""


def quoted_form(request: QuoteRequest) -> Form:
    """Return the instruction that a request asks for, as long as nobody wants shared accounts."""
    return _form(request.swap_mode, v2=request.instruction_version == "V2", shared=False)


def instruction_form(quote: Quote, *, shared: bool) -> Form:
    """Return the instruction that carries out ``quote``, ``shared`` through accounts of the program authority."""
    v2 = V2_MARK.items() <= (quote.model_extra or {}).items()
    return _form(quote.swap_mode, v2=v2, shared=shared)


def most_fee_bps(form: Form) -> int:
    """Return the highest platform fee that an instruction can express."""
    return 10_000 if form.v2 else 255


def _form(mode: str, *, v2: bool, shared: bool) -> Form:
    name = "exact_out_route" if mode == "ExactOut" else "route"
    return FORMS[f"{'shared_accounts_' if shared else ''}{name}{'_v2' if v2 else ''}"]
