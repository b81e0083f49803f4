"""What the journal of an interrupted flow tells of it, without any chain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from reev_tools.wallet import primary_name
from reev_types.chain import TransactionOutcome
from reev_types.events import (
    Event,
    StepEnded,
    StepStarted,
    ToolCalled,
    ToolReturned,
    TransactionReturned,
    TransactionSent,
)
from reev_types.recovery import FailureClass, StepFailure, StepPart
from reev_types.recovery_events import (
    AttemptFailed,
    FlowAborted,
    RecoveryDecided,
    RecoveryEnded,
    RolledBack,
    StepCompensated,
    TimePassed,
)
from reev_types.tools import Observed, ToolCall, ToolResult

from ._progress import Interrupted

__all__ = ["MadeCall", "Past", "read_past"]


@dataclass(slots=True)
class MadeCall:
    """A call of a tool, as far as the journal knows what became of it."""

    call: ToolCall
    part_id: str
    done: TransactionOutcome | None = None
    """Its transaction that did its work."""
    result: ToolResult | None = None


@dataclass(slots=True)
class Past:
    """Everything that the journal tells."""

    calls: dict[str, list[MadeCall]] = field(default_factory=dict)
    """By step, what its attempts called, repetitions left out."""
    unanswered: dict[str, TransactionSent] = field(default_factory=dict)
    """By signature, what was sent and has no outcome."""
    senders: dict[str, MadeCall] = field(default_factory=dict)
    """By signature, the call that sent it."""
    ended: dict[str, StepEnded] = field(default_factory=dict)
    started: dict[str, int] = field(default_factory=dict)
    """By step, how many attempts have begun."""
    failures: dict[str, StepFailure] = field(default_factory=dict)
    reads: set[str] = field(default_factory=set)
    recovered: dict[str, RecoveryEnded] = field(default_factory=dict)
    chosen: dict[str, RecoveryDecided] = field(default_factory=dict)
    """By step, that it is to be skipped, or the flow to be aborted."""
    compensated: int = 0
    """How many calls have been reported as undone, or as impossible to undo."""
    aborted: bool = False
    rolled_back: bool = False
    waited_ms: int = 0
    recovered_ms: int = 0
    _part_id: str = ""
    _parts: tuple[StepPart, ...] = ()

    def take(self, event: Event) -> None:
        """Learn from the next event."""
        self._take_work(event)
        self._take_recovery(event)

    def _take_work(self, event: Event) -> None:
        match event:
            case StepStarted(step_id=step_id):
                self.started[step_id] = event.attempt
                self._part_id = event.part_id or step_id
            case ToolCalled(step_id=step_id, call_id=call_id, tool=tool, arguments=arguments):
                call = ToolCall(call_id=call_id, tool=tool, arguments=arguments)
                self.calls.setdefault(step_id, []).append(MadeCall(call, self._part_id))
            case TransactionSent(signature=signature):
                self.unanswered[signature] = event
                self.senders[signature] = self._call(event.step_id, event.call_id)
            case TransactionReturned(outcome=outcome):
                self.unanswered.pop(outcome.signature, None)
                if outcome.succeeded:
                    self.senders[outcome.signature].done = outcome
            case ToolReturned():
                self._answered(event)
            case StepEnded(step_id=step_id):
                self.ended[step_id] = event
                self._parts = ()
            case _:
                pass

    def _take_recovery(self, event: Event) -> None:
        match event:
            case RecoveryDecided(decision="attempt", parts=parts):
                self._parts = parts
            case RecoveryDecided(step_id=step_id, decision="skip" | "abort"):
                self.chosen[step_id] = event
            case AttemptFailed(step_id=step_id, failure=failure):
                self.failures[step_id] = failure
                # An attempt that found no context has failed before it could begin.
                self.started[step_id] = failure.attempt
            case RecoveryEnded(step_id=step_id, recovery_ms=recovery_ms):
                self.recovered[step_id] = event
                self.recovered_ms += recovery_ms
            case TimePassed(milliseconds=milliseconds):
                self.waited_ms += milliseconds
            case FlowAborted():
                self.aborted = True
            case RolledBack():
                self.rolled_back = True
            case StepCompensated():
                self.compensated += 1
            case _:
                pass

    def interrupted(self) -> Interrupted | None:
        """Return the step that was under way, if one was."""
        step_id = next((step_id for step_id in self.started if step_id not in self.ended), None)
        if step_id is None:
            return None
        return Interrupted(
            step_id=step_id,
            attempts=self.started[step_id],
            failure=self._failure(step_id),
            is_between_attempts=self._has_failed(step_id),
            parts=self._parts_of(step_id),
            recovered=self.recovered.get(step_id),
            chosen=self.chosen.get(step_id),
        )

    def _call(self, step_id: str, call_id: str) -> MadeCall:
        return next(made for made in reversed(self.calls[step_id]) if made.call.call_id == call_id)

    def _answered(self, event: ToolReturned) -> None:
        made = self._call(event.step_id, event.call_id)
        if event.repeated:
            self.calls[event.step_id].remove(made)
            return
        made.result = event.result
        if isinstance(event.result, Observed):
            self.reads.add(primary_name(made.call.tool))

    def _has_failed(self, step_id: str) -> bool:
        """Tell whether the newest attempt is over."""
        failure = self.failures.get(step_id)
        return failure is not None and failure.attempt == self.started[step_id]

    def _failure(self, step_id: str) -> StepFailure:
        if self._has_failed(step_id):
            return self.failures[step_id]
        return StepFailure(
            step_id=step_id,
            attempt=self.started[step_id],
            code="interrupted",
            failure_class=FailureClass.UNKNOWN,
            message="the run was interrupted while this attempt was under way",
        )

    def _parts_of(self, step_id: str) -> tuple[StepPart, ...]:
        """Return what is left of a rewritten step of which something has landed, or may have.

        The step as it stands must then not be attempted: it would do that part again.
        """
        has_landed = any(made.done and made.part_id != step_id for made in self.calls.get(step_id, ()))
        is_open = not self._has_failed(step_id)
        return self._parts if has_landed or (is_open and self._part_id != step_id) else ()


def read_past(events: Sequence[Event]) -> Past:
    """Return what ``events`` tell."""
    past = Past()
    for event in events:
        past.take(event)
    return past
