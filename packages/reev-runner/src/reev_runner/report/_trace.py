"""A run's events folded into steps, calls and transactions, whether or not the run came to its end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import assert_never

from reev_types.chain import TransactionOutcome
from reev_types.events import (
    Event,
    ModelExchanged,
    NamedAccount,
    RunEnded,
    RunJudged,
    RunStarted,
    StepEnded,
    StepStarted,
    ToolCalled,
    ToolReturned,
    TransactionReturned,
    TransactionSent,
    WorldPrepared,
)
from reev_types.models import ModelFailureRecord, ModelRecord, ModelReplyRecord
from reev_types.recovery_events import (
    AttemptFailed,
    FaultInjected,
    FlowAborted,
    FlowResumed,
    QuestionAnswered,
    QuestionAsked,
    RecoveryDecided,
    RecoveryEnded,
    RolledBack,
    StepCompensated,
    TimePassed,
    TransactionResent,
    TransactionUnanswered,
)
from reev_types.tools import ToolResult

__all__ = ["Act", "Call", "FlowNote", "Said", "Step", "StepNote", "Trace", "Transaction", "trace_of"]


@dataclass(slots=True)
class Transaction:
    """A transaction and, once the chain said so, its fate."""

    sent: TransactionSent
    outcome: TransactionOutcome | None = None
    settled: bool = False
    """Whether its fate had to be asked for, because the first reply never came."""


@dataclass(slots=True)
class Call:
    """One use of a tool; ``called`` is None for transactions that an agent supplied by itself."""

    called: ToolCalled | None = None
    transactions: list[Transaction] = field(default_factory=list)
    result: ToolResult | None = None
    repeated: bool = False
    """Whether an earlier attempt had done it already, so that nothing was carried out."""


StepNote = (
    FaultInjected
    | TimePassed
    | TransactionUnanswered
    | TransactionResent
    | AttemptFailed
    | RecoveryDecided
    | QuestionAsked
    | QuestionAnswered
    | RecoveryEnded
    | FlowResumed
)
"""What recovery, a fault or time did in a step, and where it went on after an interruption."""

FlowNote = FlowResumed | FlowAborted | RolledBack | StepCompensated
"""What became of the flow as a whole."""

Said = ModelReplyRecord | ModelFailureRecord
Act = Call | Said | StepNote | StepStarted
"""A ``StepStarted`` begins a further attempt: what follows belongs to that."""


@dataclass(slots=True)
class Step:
    """What the agent was asked, as often as it was, and everything that it did."""

    step_id: str
    started: StepStarted | None = None
    acts: list[Act] = field(default_factory=list)
    """Tool calls, what a model said, and what recovery did, in their order."""
    ended: StepEnded | None = None

    @property
    def calls(self) -> tuple[Call, ...]:
        """The tool calls alone."""
        return tuple(act for act in self.acts if isinstance(act, Call))

    @property
    def has_recovery(self) -> bool:
        """Whether there was more to it than one attempt."""
        return any(isinstance(act, AttemptFailed | StepStarted) for act in self.acts)


@dataclass(slots=True)
class Trace:
    """A run as it went; what had not happened when the journal broke off is missing."""

    run: RunStarted | None = None
    accounts: tuple[NamedAccount, ...] = ()
    parts: list[Step | FlowNote] = field(default_factory=list)
    """Steps, and what became of the flow, in their order."""
    ended: RunEnded | None = None

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps alone, those included that undid others."""
        return tuple(part for part in self.parts if isinstance(part, Step))

    @property
    def is_rolled_back(self) -> bool:
        """Whether the chain went back to where the flow began."""
        return any(isinstance(part, RolledBack) for part in self.parts)

    def transactions(self) -> Iterator[Transaction]:
        """Yield all transactions in the order in which they were sent."""
        for step in self.steps:
            for call in step.calls:
                yield from call.transactions

    def outcomes(self) -> Iterator[TransactionOutcome]:
        """Yield what became of the transactions, in order."""
        return (sent.outcome for sent in self.transactions() if sent.outcome is not None)


def trace_of(events: Iterable[Event]) -> Trace:
    """Fold events, in their order, into a trace."""
    folding = _Folding()
    for event in events:
        folding.add(event)
    return folding.trace


class _Folding:
    def __init__(self) -> None:
        self.trace = Trace()
        self._calls: dict[tuple[str, str], Call] = {}
        self._asked: dict[str, Step] = {}

    def add(self, event: Event) -> None:
        match event:
            case RunStarted():
                self.trace.run = event
            case WorldPrepared(accounts=accounts):
                self.trace.accounts = accounts
            case StepStarted() | StepEnded():
                self._add_to_step(event)
            case ToolCalled() | TransactionSent() | TransactionReturned() | ToolReturned():
                self._add_to_call(event)
            case ModelExchanged():
                self._add_exchange(event.record)
            case RunEnded():
                self.trace.ended = event
            case RunJudged():
                pass  # the judgement is part of the result
            case FlowAborted() | RolledBack() | StepCompensated():
                self.trace.parts.append(event)
            case _:
                self._add_note(event)

    def _add_note(self, event: StepNote) -> None:
        match event:
            case FlowResumed():
                under_way = self._under_way()
                (self.trace.parts if under_way is None else under_way.acts).append(event)
            case TimePassed():
                if self.trace.steps:
                    self.trace.steps[-1].acts.append(event)
            case QuestionAsked(question=question):
                self._asked[question.question_id] = self._step(question.step_id)
                self._asked[question.question_id].acts.append(event)
            case QuestionAnswered():
                self._asked[event.question_id].acts.append(event)
            case _:
                self._step(event.step_id).acts.append(event)

    def _add_to_step(self, event: StepStarted | StepEnded) -> None:
        if isinstance(event, StepEnded):
            self._step(event.step_id).ended = event
            return
        under_way = self._under_way()
        if under_way is not None and under_way.step_id == event.step_id:
            under_way.acts.append(event)
        else:
            self.trace.parts.append(Step(event.step_id, started=event))

    def _under_way(self) -> Step | None:
        last = self.trace.steps[-1] if self.trace.steps else None
        return None if last is None or last.ended else last

    def _add_exchange(self, record: ModelRecord) -> None:
        if isinstance(record, Said):
            self._step(record.step_id).acts.append(record)

    def _add_to_call(self, event: ToolCalled | TransactionSent | TransactionReturned | ToolReturned) -> None:
        match event:
            case ToolCalled():
                self._open_call(event.step_id, event.call_id).called = event
            case TransactionSent():
                self._call(event.step_id, event.call_id).transactions.append(Transaction(event))
            case TransactionReturned():
                self._settle(event)
            case ToolReturned():
                call = self._call(event.step_id, event.call_id)
                call.result, call.repeated = event.result, event.repeated
            case _:
                assert_never(event)

    def _settle(self, event: TransactionReturned) -> None:
        for transaction in self._call(event.step_id, event.call_id).transactions:
            if transaction.sent.signature == event.outcome.signature:
                transaction.outcome, transaction.settled = event.outcome, event.settled

    def _step(self, step_id: str) -> Step:
        for step in reversed(self.trace.steps):
            if step.step_id == step_id:
                return step
        made = Step(step_id)
        self.trace.parts.append(made)
        return made

    def _call(self, step_id: str, call_id: str) -> Call:
        return self._calls.get((step_id, call_id)) or self._open_call(step_id, call_id)

    def _open_call(self, step_id: str, call_id: str) -> Call:
        call = Call()
        self._calls[step_id, call_id] = call
        self._step(step_id).acts.append(call)
        return call
