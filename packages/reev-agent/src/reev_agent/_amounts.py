"""Amounts of an intent as arguments of a tool: what depends on the wallet is resolved from the context."""

from __future__ import annotations

from typing import Any

from reev_types.amounts import AllAmount, Amount, ExactAmount, Holding, ShareAmount, resolve_amount
from reev_types.contexts import PromptContext, TokenBalance
from reev_types.errors import AmountError
from reev_types.tokens import SOL, SOL_MINT, token_of

__all__ = ["produced_by", "received", "spent"]


def spent(amount: Amount, mint: str, context: PromptContext, name: str = "amount") -> dict[str, Any]:
    """Return the argument for so much of ``mint`` given away; everything is left to the tool as ``max``."""
    match amount:
        case AllAmount(keep_raw=0) | ShareAmount(of=1):
            return {name: "max"}
        case _:
            return received(amount, mint, context, name)


def received(amount: Amount, mint: str, context: PromptContext, name: str = "amount") -> dict[str, Any]:
    """Return the argument for so much of ``mint``, always as a number."""
    return {f"{name}_raw": _resolved_raw(amount, mint, context)}


def _resolved_raw(amount: Amount, mint: str, context: PromptContext) -> int:
    """Return ``amount`` of ``mint`` in raw units; raises AmountError where the context gives it no value.

    An exact amount is handed on as it is: whether zero can be meant is the tool's to say.
    """
    if isinstance(amount, ExactAmount):
        return amount.raw
    return resolve_amount(amount, _holding(mint, context), produced_by(mint, context))


def produced_by(mint: str, context: PromptContext) -> dict[str, int]:
    """Return by step id how much of ``mint`` earlier steps really produced."""
    return {
        result.step_id: result.produced_raw[mint] for result in context.previous_results if mint in result.produced_raw
    }


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
