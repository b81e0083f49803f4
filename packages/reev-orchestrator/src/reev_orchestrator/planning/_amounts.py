"""Symbolic amounts on what the wallet has at a step: raw units now, or a dependence on an earlier step."""

from __future__ import annotations

from typing import NamedTuple, assert_never

from reev_types.amounts import AllAmount, ExactAmount, ShareAmount, StepAmount, UsdAmount, resolve_amount
from reev_types.errors import AmountError, TextPlace, UserError
from reev_types.tokens import symbol_of

from ._effects import Effect
from ._ledger import Ledger

__all__ = ["Resolved", "resolve"]


class Resolved(NamedTuple):
    """Raw units of the counted mint, None when only the chain will know; and the steps that it depends on."""

    raw: int | None
    depends_on: tuple[str, ...] = ()


def resolve(effect: Effect, ledger: Ledger, place: TextPlace) -> Resolved:
    """Resolve a step's amount.

    Raises UserError ``insufficient_funds``, ``zero_amount``, ``unknown_price`` or ``too_large`` at ``place``.
    """
    amount, mint = effect.amount, effect.counted_mint
    if amount is None or mint is None:
        return Resolved(None)
    match amount:
        case StepAmount(step_id=step_id):
            return Resolved(None, (step_id,))
        case ExactAmount(raw=raw):
            return Resolved(raw, _received_before(effect, ledger))
        case UsdAmount():
            return Resolved(_raw(effect, ledger, place), _received_before(effect, ledger))
        case ShareAmount() | AllAmount():
            return _of_holding(effect, mint, ledger, place)
        case _:
            assert_never(amount)


def _of_holding(effect: Effect, mint: str, ledger: Ledger, place: TextPlace) -> Resolved:
    if not effect.spends_counted:
        # A share of a lending position: what it is worth in assets, only the vault knows.
        changed = ledger.changed_by.get(effect.spends or "")
        return Resolved(None, (changed,) if changed else ())
    if mint in ledger.changed_by:
        return Resolved(None, (ledger.changed_by[mint],))
    return Resolved(_raw(effect, ledger, place))


def _received_before(effect: Effect, ledger: Ledger) -> tuple[str, ...]:
    """Return the step that an amount may be paid from, if one brings what this step spends."""
    step_id = ledger.received_in(effect.spends) if effect.spends is not None else None
    return (step_id,) if step_id else ()


def _raw(effect: Effect, ledger: Ledger, place: TextPlace) -> int:
    mint, amount = effect.counted_mint, effect.amount
    assert mint is not None, "only counted amounts are resolved"
    assert amount is not None, "only counted amounts are resolved"
    holding = ledger.holding(mint)
    if holding.balance_raw == 0 and not isinstance(amount, UsdAmount):
        raise _nothing(mint, place)
    try:
        return resolve_amount(amount, holding, {})
    except AmountError as error:
        if error.code == "nothing_spendable":
            raise _nothing(mint, place) from None
        raise error.at(place) from None


def _nothing(mint: str, place: TextPlace) -> UserError:
    symbol = symbol_of(mint)
    return UserError(
        "insufficient_funds",
        f"the wallet has no {symbol} to spend for this",
        place=place,
        suggestions=("show my balances",),
        context={"mint": mint, "available_raw": 0},
    )
