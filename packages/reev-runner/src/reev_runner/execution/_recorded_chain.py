"""A chain that writes down what goes through it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from reev_runner.journal import Journal
from reev_runner.telemetry import SILENT, RunTelemetry
from reev_tools.decoding import describe_all, describe_transaction
from reev_types.chain import (
    AccountState,
    Chain,
    ChainClock,
    Checkpoint,
    Instruction,
    MintInfo,
    SignedTransaction,
    TokenAccount,
    TransactionOutcome,
)
from reev_types.events import InstructionView, TransactionReturned, TransactionSent

__all__ = ["Cursor", "RecordedChain", "Submission"]


class Cursor:
    """Which step and call events belong to at the moment."""

    def __init__(self) -> None:
        self.step_id = ""
        self.call_id = ""


class Submission(NamedTuple):
    """What was sent, as it was built, with what became of it."""

    step_id: str
    instructions: tuple[Instruction, ...]
    outcome: TransactionOutcome


class RecordedChain:
    """``chain``, with every submission in the journal before it is sent and every outcome after it."""

    def __init__(self, chain: Chain, journal: Journal, cursor: Cursor, telemetry: RunTelemetry = SILENT) -> None:
        self._chain = chain
        self._journal = journal
        self._cursor = cursor
        self._telemetry = telemetry
        self._prepared: dict[str, tuple[Instruction, ...]] = {}
        self.submissions: list[Submission] = []

    async def account(self, address: str) -> AccountState | None:
        return await self._chain.account(address)

    async def mint(self, address: str) -> MintInfo | None:
        return await self._chain.mint(address)

    async def token_account(self, address: str) -> TokenAccount | None:
        return await self._chain.token_account(address)

    async def token_accounts(self, owner: str) -> tuple[TokenAccount, ...]:
        return await self._chain.token_accounts(owner)

    def associated_token_address(self, owner: str, mint: str, program: str) -> str:
        return self._chain.associated_token_address(owner, mint, program)

    async def clock(self) -> ChainClock:
        return await self._chain.clock()

    async def minimum_balance(self, size: int) -> int:
        return await self._chain.minimum_balance(size)

    async def prepare(
        self, instructions: Sequence[Instruction], *, payer: str, lookup_tables: Sequence[str] = ()
    ) -> SignedTransaction:
        transaction = await self._chain.prepare(instructions, payer=payer, lookup_tables=lookup_tables)
        self._prepared[transaction.signature] = tuple(instructions)
        return transaction

    async def simulate(self, transaction: SignedTransaction) -> TransactionOutcome:
        return await self._chain.simulate(transaction)

    async def submit(self, transaction: SignedTransaction) -> TransactionOutcome:
        """Record, send, record."""
        instructions = self._prepared.get(transaction.signature, ())
        step_id, call_id = self._cursor.step_id, self._cursor.call_id
        self._journal.append(
            TransactionSent(
                step_id=step_id,
                call_id=call_id,
                signature=transaction.signature,
                raw=transaction.raw,
                instructions=_in_words(transaction.raw, instructions),
            )
        )
        with self._telemetry.transaction(transaction.signature) as span:
            outcome = await self._chain.submit(transaction)
            span.returned(outcome)
        self.submissions.append(Submission(step_id, instructions, outcome))
        self._journal.append(TransactionReturned(step_id=step_id, call_id=call_id, outcome=outcome))
        return outcome

    async def landed(self, signature: str) -> TransactionOutcome | None:
        return await self._chain.landed(signature)

    async def checkpoint(self) -> Checkpoint:
        return await self._chain.checkpoint()

    async def rewind(self, checkpoint: Checkpoint) -> None:
        await self._chain.rewind(checkpoint)


def _in_words(raw: bytes, instructions: Sequence[Instruction]) -> tuple[InstructionView, ...]:
    # A transaction that was built elsewhere is known by its bytes alone.
    return describe_all(instructions) if instructions else describe_transaction(raw) or ()
