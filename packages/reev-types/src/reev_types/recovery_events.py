"""Events of flows that recover: part of ``reev_types.events.Event``, and found only in journals of such flows."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from ._model import Model
from .agents import StepOutcome
from .amounts import Lamports
from .atomicity import OnAbort
from .chain import AccountState
from .recovery import Answer, Question, StepFailure, StepPart

__all__ = [
    "AttemptFailed",
    "FaultInjected",
    "FlowAborted",
    "FlowResumed",
    "QuestionAnswered",
    "QuestionAsked",
    "RecoveryDecided",
    "RecoveryEnded",
    "RecoveryEvent",
    "RolledBack",
    "StepCompensated",
    "TimePassed",
    "TransactionResent",
    "TransactionUnanswered",
]


class _Event(Model):
    seq: int = 0
    timing: dict[str, Any] = Field(default_factory=dict)


class FlowResumed(_Event):
    """The flow goes on after an interruption, on a chain rebuilt from the events before this one."""

    type: Literal["flow_resumed"] = "flow_resumed"
    interrupted_at: int
    """How many events there were."""
    replayed: int
    """How many transactions were carried out again to rebuild the chain; 0 where it had survived."""


class FaultInjected(_Event):
    """The sandbox broke something on purpose."""

    type: Literal["fault_injected"] = "fault_injected"
    step_id: str
    attempt: int
    kind: str
    detail: str = ""
    accounts: tuple[AccountState, ...] = ()
    """What was set by decree; one without lamports was removed."""
    slots: Annotated[int, Field(ge=0)] = 0
    seconds: Annotated[int, Field(ge=0)] = 0
    """What was added to the chain's clock at once, waiting aside."""


class TimePassed(_Event):
    """The sandbox chain's time moved on because somebody waited."""

    type: Literal["time_passed"] = "time_passed"
    milliseconds: Annotated[int, Field(ge=0)]
    slots: Annotated[int, Field(ge=0)]
    seconds: Annotated[int, Field(ge=0)]
    """What was added to the chain's clock."""


class TransactionUnanswered(_Event):
    """It was sent, and nobody said what became of it."""

    type: Literal["transaction_unanswered"] = "transaction_unanswered"
    step_id: str
    call_id: str
    signature: str
    code: str


class TransactionResent(_Event):
    """The very same bytes are sent again: they cannot be carried out twice."""

    type: Literal["transaction_resent"] = "transaction_resent"
    step_id: str
    signature: str


class AttemptFailed(_Event):
    """An attempt of a step did not succeed; recovery decides what follows."""

    type: Literal["attempt_failed"] = "attempt_failed"
    step_id: str
    part_id: str
    failure: StepFailure
    outcome: StepOutcome | None = None
    """How the agent ended the attempt; None when it was broken off."""


class RecoveryDecided(_Event):
    """What a strategy is about to do, or why it does nothing."""

    type: Literal["recovery_decided"] = "recovery_decided"
    step_id: str
    strategy: str
    decision: Literal["attempt", "wait", "pass", "ask", "skip", "abort", "give_up"]
    """``pass`` hands the failure to the next strategy."""
    reason: str = ""
    """A stable code, such as ``permanent`` or ``attempts_used_up``."""
    wait_ms: int = 0
    changed: str = ""
    """What is done differently, in words."""
    alternative: str | None = None
    parts: tuple[StepPart, ...] = ()


class QuestionAsked(_Event):
    """A person is asked."""

    type: Literal["question_asked"] = "question_asked"
    question: Question


class QuestionAnswered(_Event):
    """A person answered, or nobody did and the declared default holds."""

    type: Literal["question_answered"] = "question_answered"
    question_id: str
    answer: Answer
    by: Literal["person", "default"]


class RecoveryEnded(_Event):
    """What recovery came to for a step."""

    type: Literal["recovery_ended"] = "recovery_ended"
    step_id: str
    outcome: Literal["recovered", "failed", "skipped", "aborted", "deadline"]
    strategy: str | None = None
    """The strategy that recovered it, or whose decision it was."""
    failure_class: str
    """Of the failure that recovery began with."""
    attempts: int = 0
    """Attempts after the first."""
    cost_lamports: Lamports = 0
    """Fees of the attempts that recovery made."""
    changed: tuple[str, ...] = ()
    """What was done differently from what was asked."""
    missed: tuple[str, ...] = ()
    """What was asked and not done."""

    @property
    def recovery_ms(self) -> int:
        """Time that recovery took as the flow counts it, waiting that took none included; part of ``timing``."""
        taken = self.timing.get("recovery_ms")
        return taken if isinstance(taken, int) else 0


class FlowAborted(_Event):
    """The flow ends before its last step."""

    type: Literal["flow_aborted"] = "flow_aborted"
    step_id: str
    reason: str
    on_abort: OnAbort


class RolledBack(_Event):
    """The chain is where it was when the flow began; equal hashes are the proof."""

    type: Literal["rolled_back"] = "rolled_back"
    hash_before_flow: str
    hash_now: str


class StepCompensated(_Event):
    """An earlier step was undone, as far as it can be."""

    type: Literal["step_compensated"] = "step_compensated"
    step_id: str
    by_step: str | None
    """The step that undid it; None where nothing can."""
    reason: str = ""
    """Why it could not be undone."""
    cost_lamports: Lamports = 0
    not_returned_raw: dict[str, int] = {}
    """By mint, what the step had spent and did not come back."""


RecoveryEvent = (
    FlowResumed
    | FaultInjected
    | TimePassed
    | TransactionUnanswered
    | TransactionResent
    | AttemptFailed
    | RecoveryDecided
    | QuestionAsked
    | QuestionAnswered
    | RecoveryEnded
    | FlowAborted
    | RolledBack
    | StepCompensated
)
"""One of the events above."""
