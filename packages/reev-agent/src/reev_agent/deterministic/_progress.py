"""What an agent knows of the wallet after a transaction of its own, before the next step tells it."""

from __future__ import annotations

from collections.abc import Mapping

from reev_types.contexts import PreviousResult, PromptContext, TokenBalance, WalletContext
from reev_types.tokens import SOL_MINT
from reev_types.tools import Executed

__all__ = ["after", "remembered"]


def after(executed: Executed, result_id: str, context: PromptContext) -> PromptContext:
    """Return the context with the wallet as a transaction left it, and with what it brought under ``result_id``."""
    known = remembered(executed, result_id, context)
    wallet = context.wallet_context
    return known.model_copy(update={"wallet_context": _moved(wallet, _changes(executed, wallet.owner))})


def remembered(executed: Executed, result_id: str, context: PromptContext) -> PromptContext:
    """Return the context with what a transaction brought under ``result_id``, where it knows the wallet after it."""
    changed = _changes(executed, context.wallet_context.owner)
    brought = {mint: raw for mint, raw in changed.items() if raw > 0}
    result = PreviousResult(step_id=result_id, success=True, summary="", produced_raw=brought)
    return context.model_copy(update={"previous_results": (*context.previous_results, result)})


def _changes(executed: Executed, owner: str) -> dict[str, int]:
    changed: dict[str, int] = {}
    for change in executed.balance_changes:
        if change.owner == owner:
            changed[change.mint] = changed.get(change.mint, 0) + change.change_raw
    return changed


def _moved(wallet: WalletContext, changed: Mapping[str, int]) -> WalletContext:
    held = dict(wallet.token_balances)
    for mint, raw in changed.items():
        if mint != SOL_MINT:
            before = held.get(mint) or TokenBalance(mint=mint, balance=0)
            held[mint] = before.model_copy(update={"balance": before.balance + raw, "formatted_amount": None})
    lamports = wallet.sol_balance + changed.get(SOL_MINT, 0)
    return wallet.model_copy(update={"sol_balance": lamports, "token_balances": held})
