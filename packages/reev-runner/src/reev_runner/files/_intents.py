"""Compiles intents: what a step asks for, and what a reference solution does."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from reev_types.amounts import Amount, StepAmount
from reev_types.errors import BenchmarkError
from reev_types.intents import Intent, TransferIntent

from ._accounts import known_mint
from ._load import LoadedBenchmark
from ._nodes import Location
from ._roster import Roster

__all__ = ["compile_intent", "undefined"]

_MINT_FIELDS = ("mint", "input_mint", "output_mint")
_AMOUNT_FIELDS = ("amount", "shares")


def compile_intent(
    source: LoadedBenchmark, roster: Roster, earlier: AbstractSet[str], intent: Intent, at: Location
) -> Intent:
    """Return the intent at ``at`` with its recipient as the account that is meant; ``earlier`` may be spent from.

    Raises BenchmarkError with a place: ``unknown_token``, ``unknown_step``, ``undefined_placeholder``.
    """
    for field in _MINT_FIELDS:
        if hasattr(intent, field):
            known_mint(source, getattr(intent, field), *at, field)
    for field in _AMOUNT_FIELDS:
        amount: Amount | None = getattr(intent, field, None)
        if isinstance(amount, StepAmount) and amount.step_id not in earlier:
            message = f"expected an earlier step, found {amount.step_id!r:.60}"
            raise source.problem("unknown_step", message, *at, field, "step_id")
    if not isinstance(intent, TransferIntent):
        return intent
    recipient = roster.recipient_of(intent.recipient, intent.mint)
    if recipient is None:
        raise undefined(source, roster, intent.recipient, (*at, "recipient"))
    return intent.model_copy(update={"recipient": recipient})


def undefined(source: LoadedBenchmark, roster: Roster, name: str, at: Location) -> BenchmarkError:
    """Return the error about a name at ``at`` that means no account."""
    hints = roster.suggestions(name)
    return source.problem("undefined_placeholder", f"{name} is not declared", *at, suggestions=hints)
