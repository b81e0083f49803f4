"""The recovery of one step as its strategies see it: what is left to do, attempts for real, and decisions on record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from reev_orchestrator._spans import Spans, failed
from reev_types.contexts import PromptContext
from reev_types.intents import Intent
from reev_types.recovery import StepFailure, StepPart
from reev_types.recovery_events import RecoveryDecided, RecoveryEvent
from reev_types.times import Timekeeper

from ._exact import Counted, together
from ._steps import AttemptReport, FailedStep, StepExecutor, Succeeded
from ._words import prompt_of, undone

__all__ = ["Decision", "Rescue"]

Decision = Literal["attempt", "wait", "pass", "ask", "skip", "abort", "give_up"]


@dataclass
class Rescue:
    """The recovery of ``step``; ``failure`` is always the newest.

    What is left to do begins as the step as it was asked for, and shrinks when a part of it was done.
    """

    step: FailedStep
    failure: StepFailure
    time: Timekeeper
    executor: StepExecutor
    journal: Callable[[RecoveryEvent], None]
    spans: Spans
    strategy: str = ""
    """The strategy at work."""
    attempts: int = 0
    """Those that recovery has made."""
    changed: list[str] = field(default_factory=list)
    """What was done differently from what was asked."""
    missed: list[str] = field(default_factory=list)
    """What was asked and is not going to be done."""
    wanted: Counted | None = None
    """What was left when a person first gave another amount for it."""
    _to_do: tuple[StepPart, ...] = ()
    _change: str = ""
    _left_out: Counted | None = None
    _parts: int = 0
    _done: int = 0

    def __post_init__(self) -> None:
        if self.step.left:
            self._to_do = self.step.left
            self._done = len(self.failure.landed)
            self._parts = max(int(part.part_id.rpartition("_")[2]) for part in self._to_do)

    @property
    def intent(self) -> Intent | None:
        """What is left to do in typed form, or None where the step has none."""
        intents = [part.intent for part in self._to_do if isinstance(part.intent, Counted)]
        return together(intents) if intents else self.step.intent

    @property
    def rest(self) -> tuple[StepPart, ...]:
        """What is left to do, in order, as parts to attempt; the same ones until that changes."""
        return self._to_do or (StepPart(part_id=self.step.step_id),)

    @property
    def not_done(self) -> tuple[str, ...]:
        """What was asked and will not be done if recovery ends here, where a part of it was."""
        rest = (self.intent,) if self._done and self.intent is not None else ()
        return (*self.missed, *(undone(each) for each in (*rest, self._left_out) if each is not None))

    @property
    def has_landed_otherwise(self) -> bool:
        """Whether something has landed that is no part of what was done, so that amounts cannot be reckoned with."""
        return len(self.failure.landed) > self._done

    def did(self, part: StepPart, to_do: tuple[StepPart, ...]) -> None:
        """Note that ``part`` was done, and that ``to_do``, of which there is some, is left."""
        self._done += 1
        self._to_do = to_do
        self.changed.append(f"done in part: {part.prompt}")

    def instead(self, to_do: tuple[StepPart, ...], changed: str, left_out: Counted | None) -> None:
        """Make ``to_do`` what is left; when it is done, that is a change, and ``left_out`` is missed."""
        self._to_do = to_do
        self._change, self._left_out = changed, left_out

    def finish(self) -> None:
        """Note that what was left is done, as it has become."""
        self.changed += [self._change] if self._change else []
        self.missed += [undone(self._left_out)] if self._left_out else []

    async def attempt(self, part: StepPart) -> AttemptReport:
        """Attempt ``part`` for real, in a span of its own; a failure becomes the newest one."""
        self.attempts += 1
        attributes: dict[str, str | int] = {
            "reev.step_id": self.step.step_id,
            "reev.part_id": part.part_id,
            "reev.recovery.strategy": self.strategy,
            "reev.attempt": self.failure.attempt + 1,
        }
        with self.spans.span("recovery_attempt", attributes) as span:
            report = await self.executor.attempt(part)
            if isinstance(report, StepFailure):
                failed(span, report.code)
                span.set_attribute("reev.failure_class", report.failure_class)
        if not isinstance(report, Succeeded):
            self.failure = report
        return report

    async def attempt_rest(self, reason: str = "", alternative: str | None = None) -> AttemptReport:
        """Attempt what is left to do, part by part, and put the decision on record; end with the first failure."""
        self.decide("attempt", reason=reason, alternative=alternative, parts=self.rest)
        while True:
            part, *others = self.rest
            report = await self.attempt(part)
            if not isinstance(report, Succeeded):
                return report
            if not others:
                self.finish()
                return report
            self.did(part, tuple(others))

    async def context(self) -> PromptContext:
        """Return the context of this moment; raises BackendError."""
        return await self.executor.context()

    def new_part(self, intent: Counted) -> StepPart:
        """Return a part of the step with an id of its own; raises TokenError for a mint outside the registry."""
        self._parts += 1
        return StepPart(part_id=f"{self.step.step_id}_part_{self._parts}", prompt=prompt_of(intent), intent=intent)

    def decide(
        self,
        decision: Decision,
        *,
        reason: str = "",
        wait_ms: int = 0,
        changed: str = "",
        alternative: str | None = None,
        parts: tuple[StepPart, ...] = (),
    ) -> None:
        """Put a decision of the strategy at work on record, in the terms of ``RecoveryDecided``."""
        event = RecoveryDecided(
            step_id=self.step.step_id,
            strategy=self.strategy,
            decision=decision,
            reason=reason,
            wait_ms=wait_ms,
            changed=changed,
            alternative=alternative,
            parts=parts,
        )
        self.journal(event)
