"""Intents whose amounts are raw units, so that parts of them add up and can be taken away."""

from __future__ import annotations

from collections.abc import Sequence

from reev_types.amounts import AllAmount, Amount, ExactAmount, ShareAmount, StepAmount
from reev_types.contexts import PromptContext
from reev_types.errors import AmountError
from reev_types.holdings import produced_by, resolve_in
from reev_types.intents import (
    LendDepositIntent,
    LendMintIntent,
    LendRedeemIntent,
    LendWithdrawIntent,
    SwapIntent,
    TransferIntent,
)
from reev_types.tokens import find_lending_share

__all__ = [
    "Counted",
    "counted_mint",
    "exact",
    "lacking",
    "raw_of",
    "shares_of",
    "together",
    "with_amount",
    "with_raw",
]

Counted = TransferIntent | SwapIntent | LendDepositIntent | LendWithdrawIntent | LendMintIntent | LendRedeemIntent
"""The intents that say how much."""


def exact(intent: Counted, context: PromptContext) -> Counted:
    """Return ``intent`` with its amount in raw units on ``context``.

    A withdrawal that is counted by the position becomes one of shares, because what a position is worth only the vault
    knows. Raises AmountError where the context gives the amount no value, TokenError ``no_vault``.
    """
    if isinstance(intent, LendWithdrawIntent) and _counts_shares(intent, context):
        if isinstance(intent.amount, AllAmount) and intent.amount.keep_raw:
            raise AmountError("unknown_position", "what a position is worth is not known, so no part of it can be kept")
        intent = LendRedeemIntent(mint=intent.mint, shares=intent.amount)
    return with_raw(intent, resolve_in(_amount(intent), counted_mint(intent), context))


def counted_mint(intent: Counted) -> str:
    """Return the mint that the intent's amount counts; raises TokenError ``no_vault``."""
    match intent:
        case SwapIntent(side="out", output_mint=mint) | SwapIntent(input_mint=mint):
            return mint
        case LendMintIntent(mint=mint) | LendRedeemIntent(mint=mint):
            return shares_of(mint)
        case _:
            return intent.mint


def shares_of(mint: str) -> str:
    """Return the mint of the shares in a token's vault; raises TokenError ``no_vault``."""
    return find_lending_share(mint).mint


def raw_of(intent: Counted) -> int:
    """Return the raw units of an intent that ``exact`` or ``with_raw`` made."""
    amount = _amount(intent)
    assert isinstance(amount, ExactAmount), "the amount was made exact"
    return amount.raw


def with_raw(intent: Counted, raw: int) -> Counted:
    """Return ``intent`` for exactly ``raw`` units."""
    return with_amount(intent, ExactAmount(raw=raw))


def with_amount(intent: Counted, amount: Amount) -> Counted:
    """Return ``intent`` for another amount."""
    return intent.model_copy(update={_field(intent): amount})


def together(intents: Sequence[Counted]) -> Counted:
    """Return the one intent that exact ones, alike but for their amounts, add up to."""
    return with_raw(intents[0], sum(map(raw_of, intents)))


def lacking(done: Counted, wanted: Counted) -> Counted | None:
    """Return what the exact intent ``done`` falls short of ``wanted``, or None where it does not."""
    if done.kind != wanted.kind or raw_of(done) >= raw_of(wanted):
        return None
    return with_raw(wanted, raw_of(wanted) - raw_of(done))


def _counts_shares(intent: LendWithdrawIntent, context: PromptContext) -> bool:
    match intent.amount:
        case AllAmount() | ShareAmount():
            return True
        case StepAmount(step_id=step_id):
            return step_id in produced_by(context, shares_of(intent.mint))
        case _:
            return False


def _amount(intent: Counted) -> Amount:
    return intent.shares if isinstance(intent, LendMintIntent | LendRedeemIntent) else intent.amount


def _field(intent: Counted) -> str:
    return "shares" if isinstance(intent, LendMintIntent | LendRedeemIntent) else "amount"
