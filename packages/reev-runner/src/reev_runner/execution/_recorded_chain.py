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
from reev_types.errors import ChainError
from reev_types.events import InstructionView, TransactionReturned, TransactionSent
from reev_types.recovery_events import TransactionResent, TransactionUnanswered
from reev_types.times import Clock

from ._memory import DoneCall
from ._ongoing import Ongoing, present
from ._settlement import settled

__all__ = ["RecordedChain", "Submission", "Unsettled"]


class Unsettled(NamedTuple):
    """A transaction that was sent, and that nobody has answered for yet."""

    step_id: str
    call_id: str
    transaction: SignedTransaction
    instructions: tuple[Instruction, ...]
    by: Ongoing | None = None
    """The call that sent it."""


class Submission(NamedTuple):
    """What was sent, as it was built, with what became of it."""

    step_id: str
    instructions: tuple[Instruction, ...]
    outcome: TransactionOutcome


class RecordedChain:
    """``chain``, with every submission in the journal before it is sent and every outcome after it.

    What has landed is in the memory of the call that sent it as soon as it is known, whatever becomes of the call.
    With ``keeps_built`` the journal has transactions as they were built, for whoever goes on with it.
    """

    def __init__(
        self, chain: Chain, journal: Journal, telemetry: RunTelemetry = SILENT, *, keeps_built: bool = False
    ) -> None:
        self._chain = chain
        self._journal = journal
        self._telemetry = telemetry
        self._keeps_built = keeps_built
        self._prepared: dict[str, tuple[Instruction, ...]] = {}
        self.submissions: list[Submission] = []
        self.unsettled: dict[str, Unsettled] = {}
        """By signature, in the order of sending."""

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
        """Record, send, record; a transaction that is not answered for stays ``unsettled``.

        Raises ChainError, ``step_over`` for a call whose attempt is over: nothing is sent for it any more.
        """
        sent = self._from(present(), transaction)
        self.unsettled[transaction.signature] = sent
        self._journal.append(
            TransactionSent(
                step_id=sent.step_id,
                call_id=sent.call_id,
                signature=transaction.signature,
                raw=transaction.raw,
                instructions=_in_words(transaction.raw, sent.instructions),
                built=sent.instructions if self._keeps_built else None,
            )
        )
        with self._telemetry.transaction(transaction.signature) as span:
            try:
                outcome = await self._chain.submit(transaction)
            except ChainError as error:
                self._unanswered(sent, error)
                raise
            span.returned(outcome)
        self._returned(sent, outcome)
        return outcome

    def _from(self, by: Ongoing | None, transaction: SignedTransaction) -> Unsettled:
        instructions = self._prepared.get(transaction.signature, ())
        if by is None:
            return Unsettled("", "", transaction, instructions)
        if not by.is_open():
            raise ChainError("step_over", "the attempt is over: nothing more is sent for it")
        return Unsettled(by.step_id, by.call.call_id, transaction, instructions, by)

    def go_on(self, submissions: Sequence[Submission], unsettled: Sequence[Unsettled]) -> None:
        """Take over what an interrupted run has sent."""
        self.submissions += submissions
        self.unsettled |= {sent.transaction.signature: sent for sent in unsettled}

    async def settle(self, clock: Clock) -> None:
        """Find out what became of everything unanswered; raises ChainError ``fate_unknown``."""
        for sent in tuple(self.unsettled.values()):
            await self._settle(sent, clock)

    async def _settle(self, sent: Unsettled, clock: Clock) -> None:
        signature = sent.transaction.signature

        def resent() -> None:
            self._journal.append(TransactionResent(step_id=sent.step_id, signature=signature))

        with self._telemetry.transaction(signature) as span:
            outcome = await settled(self._chain, sent.transaction, clock, resent)
            span.returned(outcome)
        self._returned(sent, outcome, settled=True)

    def _unanswered(self, sent: Unsettled, error: ChainError) -> None:
        self._journal.append(
            TransactionUnanswered(
                step_id=sent.step_id, call_id=sent.call_id, signature=sent.transaction.signature, code=error.code
            )
        )

    def _returned(self, sent: Unsettled, outcome: TransactionOutcome, *, settled: bool = False) -> None:
        if self.unsettled.pop(sent.transaction.signature, None) is None:
            return  # it was asked about while the reply was on its way
        self.submissions.append(Submission(sent.step_id, sent.instructions, outcome))
        self._journal.append(
            TransactionReturned(step_id=sent.step_id, call_id=sent.call_id, outcome=outcome, settled=settled)
        )
        if outcome.succeeded and sent.by is not None:
            sent.by.done = DoneCall(sent.by.call, sent.by.part_id, outcome)
            sent.by.memory.add(sent.by.done)

    async def landed(self, signature: str) -> TransactionOutcome | None:
        return await self._chain.landed(signature)

    async def is_current(self, blockhash: str) -> bool:
        return await self._chain.is_current(blockhash)

    async def checkpoint(self) -> Checkpoint:
        return await self._chain.checkpoint()

    async def rewind(self, checkpoint: Checkpoint) -> None:
        await self._chain.rewind(checkpoint)


def _in_words(raw: bytes, instructions: Sequence[Instruction]) -> tuple[InstructionView, ...]:
    # A transaction that was built elsewhere is known by its bytes alone.
    return describe_all(instructions) if instructions else describe_transaction(raw) or ()
