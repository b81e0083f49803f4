"""Lending intents as tool calls: deposits and withdrawals count assets, mints and redemptions shares."""

from __future__ import annotations

from typing import assert_never

from reev_types.amounts import AllAmount, Amount, ShareAmount, StepAmount
from reev_types.contexts import PromptContext
from reev_types.errors import AmountError
from reev_types.holdings import produced_by
from reev_types.intents import LendDepositIntent, LendMintIntent, LendRedeemIntent, LendWithdrawIntent
from reev_types.tokens import find_lending_share

from ._amounts import received, spent
from ._wish import Wish

__all__ = ["LendIntent", "lend_wish"]

LendIntent = LendDepositIntent | LendWithdrawIntent | LendMintIntent | LendRedeemIntent


def lend_wish(intent: LendIntent, context: PromptContext) -> Wish:
    """Return the tool call for a loan or its return; raises AmountError, and TokenError ``no_vault``."""
    match intent:
        case LendDepositIntent(mint=mint, amount=amount):
            return Wish("jupiter_lend_earn_deposit", {"asset_mint": mint} | spent(amount, mint, context))
        case LendWithdrawIntent(mint=mint, amount=amount):
            return _withdrawal(mint, amount, context)
        case LendMintIntent(mint=mint, shares=shares):
            return Wish("jupiter_lend_earn_mint", {"asset": mint} | _minted(mint, shares, context))
        case LendRedeemIntent(mint=mint, shares=shares):
            return _redemption(mint, shares, context)
        case _:
            assert_never(intent)


def _withdrawal(mint: str, amount: Amount, context: PromptContext) -> Wish:
    """Return the call that counts as the amount does: a part of a position, or what a deposit produced, is shares."""
    if isinstance(amount, AllAmount) and amount.keep_raw:
        raise AmountError("unknown_position", "what a position is worth is not known, so no part of it can be kept")
    everything = isinstance(amount, AllAmount) or amount == ShareAmount(of=1)
    by_share = isinstance(amount, ShareAmount) or _is_of_shares(amount, mint, context)
    if by_share and not everything:
        return _redemption(mint, amount, context)
    return Wish("jupiter_lend_earn_withdraw", {"asset_mint": mint} | spent(amount, mint, context))


def _is_of_shares(amount: Amount, mint: str, context: PromptContext) -> bool:
    return isinstance(amount, StepAmount) and amount.step_id in produced_by(context, find_lending_share(mint).mint)


def _redemption(mint: str, shares: Amount, context: PromptContext) -> Wish:
    arguments = spent(shares, find_lending_share(mint).mint, context, name="shares")
    return Wish("jupiter_lend_earn_redeem", {"asset": mint} | arguments)


def _minted(mint: str, shares: Amount, context: PromptContext) -> dict[str, object]:
    argument = spent if isinstance(shares, AllAmount) else received
    return argument(shares, find_lending_share(mint).mint, context, name="shares")
