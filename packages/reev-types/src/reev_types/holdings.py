"""Amounts on what a wallet holds at a step: from a prompt's context to raw units."""

from __future__ import annotations

from .amounts import Amount, ExactAmount, Holding, resolve_amount
from .contexts import PromptContext, TokenBalance
from .errors import AmountError
from .tokens import SOL, SOL_MINT, token_of

__all__ = ["holding_in", "produced_by", "resolve_in"]


def resolve_in(amount: Amount, mint: str, context: PromptContext) -> int:
    """Return ``amount`` of ``mint`` in raw units; raises AmountError where the context gives it no value.

    An exact amount is handed on as it is: whether zero can be meant is for others to say.
    """
    if isinstance(amount, ExactAmount):
        return amount.raw
    return resolve_amount(amount, holding_in(context, mint), produced_by(context, mint))


def produced_by(context: PromptContext, mint: str) -> dict[str, int]:
    """Return by step id how much of ``mint``, in raw units, earlier steps really produced."""
    return {
        result.step_id: result.produced_raw[mint] for result in context.previous_results if mint in result.produced_raw
    }


def holding_in(context: PromptContext, mint: str) -> Holding:
    """Return what the wallet has of ``mint``, of SOL less the reserve; raises AmountError ``unknown_decimals``."""
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
