"""The truth about a submitted transaction, as a tool result."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from reev_types.amounts import format_ui
from reev_types.chain import AccountChange, Instruction, TransactionFailure, TransactionOutcome
from reev_types.tokens import SOL, SOL_MINT, symbol_of
from reev_types.tools import BalanceChange, Executed, Failed, ToolResult

from ._tool import Wallet

__all__ = ["send"]

_LOG_LINES = 12

_WAYS_OUT = {
    "insufficient_lamports": "ask for less, or call refuse with code insufficient_funds",
    "insufficient_tokens": "ask for less, or call refuse with code insufficient_funds",
    "rent": "send at least the rent-exempt minimum to a new account, and leave it in the sender's",
    "blockhash_expired": "call the tool again; nothing was spent",
    "already_processed": "check the balances before trying again",
}


async def send(
    wallet: Wallet, instructions: Sequence[Instruction], decimals: dict[str, int], details: dict[str, Any]
) -> ToolResult:
    """Build, sign and submit one transaction and report its fate; ``decimals`` names those of the mints involved."""
    transaction = await wallet.chain.prepare(instructions, payer=wallet.address)
    outcome = await wallet.chain.submit(transaction)
    if outcome.failure is not None:
        return _failed(outcome, outcome.failure)
    return Executed(
        signature=outcome.signature,
        fee_lamports=outcome.fee_lamports,
        balance_changes=tuple(_balance_changes(outcome.changes, decimals)),
        details=details,
    )


def _failed(outcome: TransactionOutcome, failure: TransactionFailure) -> Failed:
    way_out = _WAYS_OUT.get(failure.code)
    return Failed(
        code=failure.code,
        message=failure.message,
        signature=outcome.signature,
        fee_lamports=outcome.fee_lamports,
        logs=outcome.logs[-_LOG_LINES:],
        suggestions=(way_out,) if way_out else (),
    )


def _balance_changes(changes: Sequence[AccountChange], decimals: dict[str, int]) -> Iterator[BalanceChange]:
    for change in changes:
        if change.token is None:
            yield _change(change.address, SOL_MINT, SOL.decimals, change.lamports_before, change.lamports_after)
            continue
        token = change.token
        owner = token.owner_after or token.owner_before or change.address
        if token.before_raw != token.after_raw:
            yield _change(owner, token.mint, decimals[token.mint], token.before_raw, token.after_raw)


def _change(owner: str, mint: str, decimals: int, before_raw: int, after_raw: int) -> BalanceChange:
    difference = after_raw - before_raw
    return BalanceChange(
        owner=owner,
        mint=mint,
        symbol=symbol_of(mint),
        before_raw=before_raw,
        after_raw=after_raw,
        change_raw=difference,
        change=f"{'+' if difference > 0 else ''}{format_ui(difference, decimals)}",
    )
