"""Typed intents as tool calls."""

from __future__ import annotations

from typing import Any, assert_never

from reev_types.contexts import PromptContext
from reev_types.intents import (
    BalancesIntent,
    Intent,
    LendDepositIntent,
    LendMintIntent,
    LendRedeemIntent,
    LendWithdrawIntent,
    PositionsIntent,
    RefuseIntent,
    SwapIntent,
    TransferIntent,
)
from reev_types.tokens import SOL_MINT

from ._amounts import received, spent
from ._loans import lend_wish
from ._wish import Wish

__all__ = ["wish"]


def wish(intent: Intent, context: PromptContext) -> Wish:
    """Return the tool call that carries ``intent`` out.

    Raises AmountError when a symbolic amount has no value in ``context``, TokenError for a loan of what has no shares.
    """
    match intent:
        case TransferIntent(mint=mint, recipient=recipient, amount=amount):
            return _transfer(mint, {"recipient": recipient} | spent(amount, mint, context))
        case SwapIntent():
            return Wish("jupiter_swap", _swap(intent, context))
        case LendDepositIntent() | LendWithdrawIntent() | LendMintIntent() | LendRedeemIntent():
            return lend_wish(intent, context)
        case BalancesIntent():
            return Wish("get_account_balance", {})
        case PositionsIntent():
            return Wish("jupiter_earn", {"operation": "both"})
        case RefuseIntent(code=code):
            return Wish("refuse", {"code": code})
        case _:
            assert_never(intent)


def _transfer(mint: str, arguments: dict[str, Any]) -> Wish:
    if mint == SOL_MINT:
        return Wish("sol_transfer", arguments)
    return Wish("spl_transfer", {"token": mint} | arguments)


def _swap(intent: SwapIntent, context: PromptContext) -> dict[str, Any]:
    pair = {"input_mint": intent.input_mint, "output_mint": intent.output_mint}
    terms = {"slippage_bps": intent.slippage_bps, "venue": intent.venue}
    said = pair | {name: value for name, value in terms.items() if value is not None}
    if intent.side == "out":
        return said | {"swap_mode": "ExactOut"} | received(intent.amount, intent.output_mint, context)
    return said | spent(intent.amount, intent.input_mint, context)
