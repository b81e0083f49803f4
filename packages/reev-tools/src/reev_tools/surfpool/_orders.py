"""Transactions on their way to the node, and what comes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from solders.account import Account
from solders.message import MessageV0
from solders.pubkey import Pubkey
from solders.transaction_status import TransactionErrorInstructionError, TransactionErrorInsufficientFundsForRent

from reev_tools.chain._outcomes import account_changes
from reev_tools.chain._process import check_programs_stay, failure_in
from reev_tools.chain._refusal import RefusalError
from reev_tools.chain._tables import NamedAccounts, named_accounts
from reev_tools.chain._transactions import ReadTransaction, TransactionReader
from reev_types.chain import InnerInstruction, SignedTransaction, TransactionFailure, TransactionOutcome
from reev_types.errors import ChainError

from ._fees import foreseen_fee
from ._memory import Memory
from ._node import Node
from ._wire import WireRun

__all__ = ["Order", "admit", "explain", "foresee", "not_landed", "outcome_of"]

Accounts = Mapping[Pubkey, Account | None]


@dataclass(frozen=True, slots=True)
class Order:
    """A transaction that may be sent, and the accounts that it can write as they are before."""

    raw: bytes
    read: ReadTransaction
    named: NamedAccounts
    before: Accounts
    slot: int


async def admit(transaction: SignedTransaction, reader: TransactionReader, memory: Memory, node: Node) -> Order:
    """Check what can be checked here; raises RefusalError for the reasons of the embedded chain."""
    read = reader.read(transaction.raw)
    if read.signature != transaction.signature:
        raise RefusalError("invalid_transaction", f"the transaction is signed {read.signature}, not as it says")
    if read.signature in memory.landed:
        raise RefusalError("already_processed", "this very transaction has landed before")
    blockhash = str(read.message.recent_blockhash)
    if not memory.is_valid(blockhash):
        raise RefusalError("blockhash_expired", f"the blockhash {blockhash} is not among the latest")
    tables = await node.accounts(_tables(read))
    named = named_accounts(read, tables.get)
    check_programs_stay(named)
    return Order(transaction.raw, read, named, await node.accounts(named.writable), memory.clock.slot)


def outcome_of(order: Order, run: WireRun, after: Accounts) -> TransactionOutcome:
    """Return the outcome of a transaction that landed and left its accounts as in ``after``."""
    return TransactionOutcome(
        signature=order.read.signature,
        slot=order.slot,
        landed=True,
        failure=failure_in(order.read, order.named, run.error(), run.logs),
        # No instruction makes or destroys lamports, and surfpool's own figure lacks the priority fee.
        fee_lamports=_total(order.before) - _total(after),
        compute_units=run.compute_units,
        logs=run.logs,
        return_data=run.returned(),
        changes=account_changes(order.before, after),
        inner_instructions=_calls(run, order.named),
    )


def foresee(order: Order, run: WireRun) -> TransactionOutcome:
    """Return what submitting would come to, after a simulation that watched the writable accounts."""
    error = run.error()
    if error is None:
        return outcome_of(order, run, _watched(order, run))
    if isinstance(error, TransactionErrorInstructionError | TransactionErrorInsufficientFundsForRent):
        return outcome_of(order, run, _charged(order))
    return explain(order, run)


def explain(order: Order, run: WireRun) -> TransactionOutcome:
    """Return why a transaction cannot land.

    Raises ChainError ``unsupported`` for one that the node has executed, though a rewind has undone it.
    """
    if run.err == "AlreadyProcessed":
        raise ChainError(
            "unsupported",
            "surfpool remembers transactions that a rewind has undone, and does not execute them again",
            suggestions=("prepare the same instructions anew",),
        )
    failure = failure_in(order.read, order.named, run.error(), run.logs)
    if failure is None:
        raise ChainError("rpc_bad_answer", "the node does not execute a transaction that it finds valid")
    return not_landed(order.read.signature, order.slot, failure, run.logs)


def not_landed(
    signature: str, slot: int, failure: TransactionFailure, logs: tuple[str, ...] = ()
) -> TransactionOutcome:
    """Return the outcome of a transaction that changed nothing."""
    return TransactionOutcome(signature=signature, slot=slot, landed=False, failure=failure, logs=logs)


def _tables(read: ReadTransaction) -> list[Pubkey]:
    message = read.message
    return [table.account_key for table in message.address_table_lookups] if isinstance(message, MessageV0) else []


def _watched(order: Order, run: WireRun) -> Accounts:
    states = [each.account() if each and each.lamports else None for each in run.accounts or ()]
    return dict(zip(order.named.writable, states, strict=True))


def _charged(order: Order) -> Accounts:
    payer = order.read.keys[0]
    account = order.before[payer]
    if account is None:
        raise ChainError("rpc_bad_answer", "the node charges a payer that does not exist")
    left = account.lamports - foreseen_fee(order.read.message)
    return {**order.before, payer: Account(left, account.data, account.owner) if left else None}


def _total(accounts: Accounts) -> int:
    return sum(account.lamports for account in accounts.values() if account)


def _calls(run: WireRun, named: NamedAccounts) -> tuple[InnerInstruction, ...]:
    keys = [str(key) for key in named.every]
    return tuple(
        InnerInstruction(
            index=beneath.index,
            stack_height=call.stack_height,
            program_id=keys[call.program_id_index],
            accounts=tuple(keys[at] for at in call.accounts),
            data=call.data,
        )
        for beneath in run.inner_instructions or ()
        for call in beneath.instructions
    )
