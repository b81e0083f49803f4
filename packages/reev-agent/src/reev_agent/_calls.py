"""Typed intents as tool calls."""

from __future__ import annotations

from typing import Any, NamedTuple, assert_never

from reev_types.amounts import AllAmount, Amount, ExactAmount, Holding, ShareAmount, resolve_amount
from reev_types.contexts import PromptContext, TokenBalance
from reev_types.errors import AmountError
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
from reev_types.tokens import SOL, SOL_MINT, token_of

__all__ = ["Wish", "wish"]


class Wish(NamedTuple):
    """A tool and its arguments."""

    tool: str
    arguments: dict[str, Any]


def wish(intent: Intent, context: PromptContext) -> Wish | None:
    """Return the tool call that carries ``intent`` out, or None where no tool does.

    Raises AmountError when a symbolic amount has no value in ``context``.
    """
    match intent:
        case TransferIntent(mint=mint, recipient=recipient, amount=amount):
            return _transfer(mint, {"recipient": recipient} | _amount(amount, mint, context))
        case BalancesIntent():
            return Wish("get_account_balance", {})
        case RefuseIntent(code=code):
            return Wish("refuse", {"code": code})
        case (
            SwapIntent()
            | LendDepositIntent()
            | LendWithdrawIntent()
            | LendMintIntent()
            | LendRedeemIntent()
            | PositionsIntent()
        ):
            return None
        case _:
            assert_never(intent)


def _transfer(mint: str, arguments: dict[str, Any]) -> Wish:
    if mint == SOL_MINT:
        return Wish("sol_transfer", arguments)
    return Wish("spl_transfer", {"token": mint} | arguments)


def _amount(amount: Amount, mint: str, context: PromptContext) -> dict[str, Any]:
    match amount:
        case ExactAmount(raw=raw):
            return {"amount_raw": raw}
        case AllAmount(keep_raw=0) | ShareAmount(of=1):
            return {"amount": "max"}
        case _:
            return {"amount_raw": resolve_amount(amount, _holding(mint, context), _produced(mint, context))}


def _holding(mint: str, context: PromptContext) -> Holding:
    wallet = context.wallet_context
    price_usd = wallet.token_prices.get(mint)
    if mint == SOL_MINT:
        spendable = max(0, wallet.sol_balance - context.sol_reserve_lamports)
        return Holding(
            balance_raw=wallet.sol_balance, spendable_raw=spendable, decimals=SOL.decimals, price_usd=price_usd
        )
    held = wallet.token_balances.get(mint)
    balance = held.balance if held else 0
    decimals = _decimals(mint, held)
    return Holding(balance_raw=balance, spendable_raw=balance, decimals=decimals, price_usd=price_usd)


def _decimals(mint: str, held: TokenBalance | None) -> int:
    if held is not None and held.decimals is not None:
        return held.decimals
    token = token_of(mint)
    if token is None:
        raise AmountError("unknown_decimals", f"the decimals of the mint {mint} are not known")
    return token.decimals


def _produced(mint: str, context: PromptContext) -> dict[str, int]:
    return {
        result.step_id: result.produced_raw[mint] for result in context.previous_results if mint in result.produced_raw
    }
