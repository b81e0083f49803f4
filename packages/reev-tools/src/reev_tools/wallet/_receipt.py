"""The truth about a submitted transaction, as a tool result."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from reev_types.chain import AccountChange, Instruction, TransactionFailure, TransactionOutcome
from reev_types.tokens import SOL
from reev_types.tools import BalanceChange, Executed, Failed, ToolResult

from ._program_errors import program_error
from ._tool import Wallet

__all__ = ["executed", "failed", "send", "submit"]

_LOG_LINES = 12

_WAYS_OUT = {
    "insufficient_lamports": "ask for less, or call refuse with code insufficient_funds",
    "insufficient_tokens": "ask for less, or call refuse with code insufficient_funds",
    "rent": "send at least the rent-exempt minimum to a new account, and leave it in the sender's",
    "blockhash_expired": "call the tool again; nothing was spent",
    "already_processed": "check the balances before trying again",
}


async def send(
    wallet: Wallet,
    instructions: Sequence[Instruction],
    decimals: Mapping[str, int],
    details: dict[str, Any],
) -> ToolResult:
    """Build, sign and submit one transaction and report its fate; ``decimals`` names those of the mints involved."""
    outcome = await submit(wallet, instructions)
    if outcome.failure is not None:
        return failed(outcome, outcome.failure)
    return executed(outcome, outcome.changes, decimals, details)


async def submit(
    wallet: Wallet, instructions: Sequence[Instruction], lookup_tables: Sequence[str] = ()
) -> TransactionOutcome:
    """Build, sign and submit one transaction that the wallet pays for."""
    transaction = await wallet.chain.prepare(instructions, payer=wallet.address, lookup_tables=lookup_tables)
    return await wallet.chain.submit(transaction)


def executed(
    outcome: TransactionOutcome,
    changes: Sequence[AccountChange],
    decimals: Mapping[str, int],
    details: dict[str, Any],
) -> Executed:
    """Return the result of a transaction that did its work, telling of ``changes`` among all that it made."""
    return Executed(
        signature=outcome.signature,
        fee_lamports=outcome.fee_lamports,
        balance_changes=tuple(_balance_changes(changes, decimals)),
        details=details,
    )


def failed(outcome: TransactionOutcome, failure: TransactionFailure) -> Failed:
    """Return the result of a transaction that did not work; a market's own error is explained."""
    known = program_error(failure, outcome.logs)
    way_out = known.way_out if known else _WAYS_OUT.get(failure.code)
    origin = f" (error {known.number} of program {known.program})" if known else ""
    return Failed(
        code=known.code if known else failure.code,
        message=failure.message + origin,
        signature=outcome.signature,
        fee_lamports=outcome.fee_lamports,
        logs=outcome.logs[-_LOG_LINES:],
        suggestions=(way_out,) if way_out else (),
    )


def _balance_changes(changes: Sequence[AccountChange], decimals: Mapping[str, int]) -> Iterator[BalanceChange]:
    for change in changes:
        token = change.token
        if token is None:
            yield BalanceChange.of(change, SOL.decimals)
        elif token.before_raw != token.after_raw:
            yield BalanceChange.of(change, decimals[token.mint])
