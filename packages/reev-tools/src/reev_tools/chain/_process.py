"""The fate of a transaction in a session: refused at the door, or executed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from solders.account import Account
from solders.pubkey import Pubkey
from solders.transaction_status import TransactionErrorType

from reev_types.chain import SignedTransaction, TransactionFailure, TransactionOutcome

from ._failures import failure_of
from ._keys import LOADERS
from ._outcomes import account_changes, inner_instructions
from ._refusal import RefusalError
from ._session import Session
from ._tables import NamedAccounts, named_accounts
from ._transactions import ReadTransaction, TransactionReader
from ._vm import Execution

__all__ = ["Fate", "check_programs_stay", "failure_in", "process"]


@dataclass(frozen=True, slots=True)
class Fate:
    """An outcome, and the written accounts as the transaction leaves them; None for those that it removes."""

    outcome: TransactionOutcome
    after: Mapping[Pubkey, Account | None] = field(default_factory=dict)


def process(transaction: SignedTransaction, session: Session, reader: TransactionReader) -> Fate:
    """Find out what becomes of ``transaction``, leaving the session as it is."""
    try:
        read = _admit(transaction, session, reader)
        named = named_accounts(read, session.get)
        check_programs_stay(named)
    except RefusalError as refusal:
        return Fate(_not_landed(transaction.signature, session, refusal.failure))
    execution = session.vm.execute(
        read.transaction,
        clock=session.clock,
        accounts=session.changed(named.every),
        writable=named.writable,
    )
    return _fate(read, named, execution, session)


def _admit(transaction: SignedTransaction, session: Session, reader: TransactionReader) -> ReadTransaction:
    read = reader.read(transaction.raw)
    if read.signature != transaction.signature:
        raise RefusalError("invalid_transaction", f"the transaction is signed {read.signature}, not as it says")
    # Before its age: who hears "expired" may build anew, and must not do so when the first one landed.
    if read.signature in session.landed:
        raise RefusalError("already_processed", "this very transaction has landed before")
    blockhash = read.message.recent_blockhash
    if not session.blockhashes.is_valid(blockhash, session.clock.slot):
        raise RefusalError("blockhash_expired", f"the blockhash {blockhash} is not among the latest")
    return read


def check_programs_stay(named: NamedAccounts) -> None:
    """Raise RefusalError for a transaction that calls a loader: a deployment would outlive its session."""
    for key in named.every:
        if key in LOADERS:
            raise RefusalError(
                "invalid_transaction", f"programs belong to the world: no session can call the loader {key}"
            )


def _fate(read: ReadTransaction, named: NamedAccounts, execution: Execution, session: Session) -> Fate:
    before = {key: session.get(key) for key in named.writable}
    after = {key: execution.after[key] for key in named.writable}
    payer = read.keys[0]
    failure = failure_in(read, named, execution.error, execution.logs)
    if failure is not None and after[payer] == before[payer]:
        return Fate(_not_landed(read.signature, session, failure, execution.logs))
    outcome = TransactionOutcome(
        signature=read.signature,
        slot=session.clock.slot,
        landed=True,
        failure=failure,
        fee_lamports=execution.fee_lamports,
        compute_units=execution.compute_units,
        logs=execution.logs,
        return_data=execution.return_data,
        changes=account_changes(before, after),
        inner_instructions=inner_instructions(execution.inner, named.every),
    )
    return Fate(outcome, after)


def failure_in(
    read: ReadTransaction, named: NamedAccounts, error: TransactionErrorType | None, logs: Sequence[str]
) -> TransactionFailure | None:
    """Return why the transaction failed, or None when it did not."""
    if error is None:
        return None
    keys = [str(key) for key in named.every]
    programs = [keys[instruction.program_id_index] for instruction in read.message.instructions]
    return failure_of(error, logs, keys, programs)


def _not_landed(
    signature: str, session: Session, failure: TransactionFailure, logs: tuple[str, ...] = ()
) -> TransactionOutcome:
    return TransactionOutcome(signature=signature, slot=session.clock.slot, landed=False, failure=failure, logs=logs)
