"""Two tokens to stated parts of their common value, at the prices of the context."""

from __future__ import annotations

from decimal import ROUND_DOWN, Context, Decimal, localcontext
from typing import NamedTuple

from reev_orchestrator.language import Rebalance
from reev_orchestrator.planning._effects import share_mint
from reev_types.amounts import UsdAmount
from reev_types.tokens import find_token, symbol_of

from ._draft import Draft

__all__ = ["rebalance"]

_EXACT = Context(prec=80)
_CENT = Decimal("0.01")
_BALANCED = Decimal("0.01")
"""A part of the common value below which exchanging it would not be worth its fees."""


class _Move(NamedTuple):
    source: str
    target: str
    value_usd: Decimal


def rebalance(scenario: Rebalance, draft: Draft) -> None:
    """Exchange what one token has too much, and lend what that brings where yield is spoken of.

    Raises UserError ``unknown_price``, ``insufficient_funds`` and ``already_balanced``.
    """
    move = _move(scenario, draft)
    swap = draft.swap(move.source, UsdAmount(value=move.value_usd), move.target)
    first, second = symbol_of(scenario.first), symbol_of(scenario.second)
    percent = (
        f"{(scenario.share * 100).normalize():f}% {first} and {((1 - scenario.share) * 100).normalize():f}% {second}"
    )
    prices = " and ".join(f"${_price(mint, draft):f}" for mint in (scenario.first, scenario.second))
    meant = "the parts are" if scenario.is_stated else "balanced means"
    draft.assume(f"{meant} {percent} by value, at {prices}")
    if scenario.lends and share_mint(move.target) is not None:
        draft.lend_proceeds(move.target, swap)
        draft.assume(f"the {symbol_of(move.target)} that is exchanged for is lent; everything else stays liquid")


def _move(scenario: Rebalance, draft: Draft) -> _Move:
    first, second = _value(scenario.first, draft), _value(scenario.second, draft)
    with localcontext(_EXACT):
        total = first + second
        surplus = first - scenario.share * total
        rounded = abs(surplus).quantize(_CENT, rounding=ROUND_DOWN)
        balanced = abs(surplus) <= _BALANCED * total
    symbols = f"{symbol_of(scenario.first)} and {symbol_of(scenario.second)}"
    if total == 0:
        raise draft.refusal("insufficient_funds", f"the wallet holds no {symbols}", "show my balances")
    if balanced or rounded == 0:
        raise draft.refusal(
            "already_balanced",
            f"{symbols} are within a hundredth of the parts wanted already",
            "rebalance my portfolio to 60% SOL and 40% USDC",
        )
    pair = (scenario.first, scenario.second)
    return _Move(*(pair if surplus > 0 else pair[::-1]), rounded)


def _value(mint: str, draft: Draft) -> Decimal:
    with localcontext(_EXACT):
        held = Decimal(draft.ledger.opening_raw(mint)).scaleb(-find_token(mint).decimals)
        return held * _price(mint, draft)


def _price(mint: str, draft: Draft) -> Decimal:
    price = draft.ledger.context.token_prices.get(mint)
    if not price:
        raise draft.refusal("unknown_price", f"no price of {symbol_of(mint)} is known, so nothing can be weighed")
    return price
