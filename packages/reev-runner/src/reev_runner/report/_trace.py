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
from reev_types.tools import ToolResult

__all__ = ["Call", "Said", "Step", "Trace", "Transaction", "trace_of"]


@dataclass(slots=True)
class Transaction:
    """A transaction and, once the chain said so, its fate."""

    sent: TransactionSent
    outcome: TransactionOutcome | None = None


@dataclass(slots=True)
class Call:
    """One use of a tool; ``called`` is None for transactions that an agent supplied by itself."""

    called: ToolCalled | None = None
    transactions: list[Transaction] = field(default_factory=list)
    result: ToolResult | None = None


Said = ModelReplyRecord | ModelFailureRecord
Act = Call | Said


@dataclass(slots=True)
class Step:
    """One request to the agent and everything that it did."""

    step_id: str
    started: StepStarted | None = None
    acts: list[Act] = field(default_factory=list)
    """Tool calls and what a model said, in their order."""
    ended: StepEnded | None = None

    @property
    def calls(self) -> tuple[Call, ...]:
        """The tool calls alone."""
        return tuple(act for act in self.acts if isinstance(act, Call))


@dataclass(slots=True)
class Trace:
    """A run as it went; what had not happened when the journal broke off is missing."""

    run: RunStarted | None = None
    accounts: tuple[NamedAccount, ...] = ()
    steps: list[Step] = field(default_factory=list)
    ended: RunEnded | None = None

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
            case _:
                assert_never(event)

    def _add_to_step(self, event: StepStarted | StepEnded) -> None:
        if isinstance(event, StepStarted):
            # A step that recovery repeats starts again under the same id.
            self.trace.steps.append(Step(event.step_id, started=event))
        else:
            self._step(event.step_id).ended = event

    def _add_exchange(self, record: ModelRecord) -> None:
        if isinstance(record, Said):
            self._step(record.step_id).acts.append(record)

    def _add_to_call(self, event: ToolCalled | TransactionSent | TransactionReturned | ToolReturned) -> None:
        match event:
            case ToolCalled():
                self._open_call(event.step_id, event.call_id).called = event
            case TransactionSent():
                self._call(event.step_id, event.call_id).transactions.append(Transaction(event))
            case TransactionReturned(outcome=outcome):
                for transaction in self._call(event.step_id, event.call_id).transactions:
                    if transaction.sent.signature == outcome.signature:
                        transaction.outcome = outcome
            case ToolReturned():
                self._call(event.step_id, event.call_id).result = event.result
            case _:
                assert_never(event)

    def _step(self, step_id: str) -> Step:
        for step in reversed(self.trace.steps):
            if step.step_id == step_id:
                return step
        self.trace.steps.append(Step(step_id))
        return self.trace.steps[-1]

    def _call(self, step_id: str, call_id: str) -> Call:
        return self._calls.get((step_id, call_id)) or self._open_call(step_id, call_id)

    def _open_call(self, step_id: str, call_id: str) -> Call:
        call = Call()
        self._calls[step_id, call_id] = call
        self._step(step_id).acts.append(call)
        return call
