"""The steps of a benchmark in order: dependencies, critical steps, recovery, and what a failure does to the rest."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import assert_never

from reev_orchestrator.recovery import RecoveryEngine
from reev_types.atomicity import AtomicMode, OnAbort
from reev_types.benchmarks import TestStep
from reev_types.contexts import PreviousResult
from reev_types.events import StepEnded
from reev_types.intents import Intent
from reev_types.recovery_events import FlowAborted

from ._attempts import StepAttempts
from ._context import Progress
from ._intents import with_addresses
from ._progress import FlowProgress
from ._recovering import ABORTED_BY_PERSON, carried_through
from ._stage import Stage
from ._step import summary
from ._undoing import Undoing

__all__ = ["AfterStep", "Flow"]

AfterStep = Callable[[str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Flow:
    """One run of a flow, from its beginning or from where ``progress`` says that it was interrupted."""

    stage: Stage
    undoing: Undoing
    """What becomes of a flow that is aborted."""
    engine: RecoveryEngine | None = None
    """Recovers failed steps; without it they fail."""
    after_step: AfterStep | None = None
    """Called when a step is over, before the next begins."""
    progress: FlowProgress = field(default_factory=FlowProgress)

    async def run(self) -> None:
        """Carry the steps out; what happened is in the journal. Raises BackendError."""
        progress = self.progress
        for index, step in enumerate(self.stage.case.steps):
            if step.step_id not in progress.ended:
                await self._turn(step, index)
            if not progress.aborted and self._ends_with(step):
                self._abort(step)
        if progress.aborted and not progress.rolled_back:
            await self.undoing.undo(self.stage, self.engine, progress)

    async def _turn(self, step: TestStep, index: int) -> None:
        unmet = _unmet(step, self.progress.results)
        if self.progress.aborted or unmet:
            self._skip(step, "flow_aborted" if self.progress.aborted else "dependency_failed")
            return
        await self._step(step, index)
        if self.after_step is not None:
            await self.after_step(step.step_id)

    def _ends_with(self, step: TestStep) -> bool:
        """Tell whether the flow ends with this step."""
        reason = self.progress.failed.get(step.step_id)
        if reason is None:
            return False
        return reason == ABORTED_BY_PERSON or _ends_flow(step, self.stage.case.atomic_mode)

    async def _step(self, step: TestStep, index: int) -> None:
        stage, progress = self.stage, self.progress
        memory = progress.memory_of(step.step_id)
        place = Progress(index, len(stage.case.steps), stage.case.atomic_mode, tuple(progress.results))
        interrupted = progress.take_interrupted(step.step_id)
        attempts = StepAttempts(
            stage,
            step,
            place,
            memory=memory,
            made=interrupted.attempts if interrupted else 0,
            failure=interrupted.failure if interrupted else None,
        )
        with stage.telemetry.step(stage.case.id, step) as span:
            ended = await carried_through(self.engine, attempts, self._intent(step), interrupted)
            await stage.tools.settle(stage.time, memory)
            stage.journal.append(
                StepEnded(
                    step_id=step.step_id,
                    critical=step.critical,
                    status=ended.status,
                    reason=ended.reason,
                    outcome=ended.outcome,
                )
            )
            span.ended(ended.status, ended.reason)
        if ended.status == "failed":
            progress.failed[step.step_id] = ended.reason
        changes = memory.changes(stage.world.wallet)
        progress.results.append(summary(step.step_id, ended.status, ended.reason, changes))

    def _intent(self, step: TestStep) -> Intent | None:
        return None if step.intent is None else with_addresses(step.intent, self.stage.world.addresses)

    def _abort(self, step: TestStep) -> None:
        self.progress.aborted = True
        if self.stage.survives or self.undoing.on_abort is not OnAbort.LEAVE:
            aborted = FlowAborted(step_id=step.step_id, reason="step_failed", on_abort=self.undoing.on_abort)
            self.stage.journal.append(aborted)

    def _skip(self, step: TestStep, reason: str) -> None:
        ended = StepEnded(step_id=step.step_id, critical=step.critical, status="skipped", reason=reason)
        self.stage.journal.append(ended)


def _ends_flow(step: TestStep, mode: AtomicMode) -> bool:
    """Tell whether a flow of this mode ends when the step has failed."""
    match mode:
        case AtomicMode.STRICT:
            return True
        case AtomicMode.CONDITIONAL:
            return step.critical
        case AtomicMode.LENIENT:
            return False
        case _:
            assert_never(mode)


def _unmet(step: TestStep, results: list[PreviousResult]) -> bool:
    succeeded = {result.step_id for result in results if result.success}
    return any(dependency not in succeeded for dependency in step.depends_on)
