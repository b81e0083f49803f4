"""The attempts of one step: each asks the agent for real, on fresh context, and repeats nothing that has landed."""

from __future__ import annotations

from dataclasses import dataclass

from reev_orchestrator.recovery import AttemptReport, Succeeded, classify
from reev_types.agents import AgentRequest, GaveUp, StepOutcome
from reev_types.benchmarks import TestStep
from reev_types.contexts import PromptContext
from reev_types.errors import BackendError, StorageError
from reev_types.events import StepStarted
from reev_types.recovery import StepFailure, StepPart
from reev_types.recovery_events import AttemptFailed
from reev_types.results import StepStatus
from reev_types.tools import Failed, Refused

from ._context import Progress, prompt_context
from ._memory import StepMemory
from ._offer import offered
from ._stage import Stage
from ._step import ask, ending

__all__ = ["Ended", "StepAttempts"]


@dataclass(frozen=True, slots=True)
class Ended:
    """How an attempt ended, and with it the step unless it is recovered."""

    status: StepStatus
    reason: str = ""
    outcome: StepOutcome | None = None
    message: str = ""
    retry_after_ms: int | None = None


class StepAttempts:
    """Implements ``reev_orchestrator.recovery.StepExecutor`` for ``step``."""

    def __init__(
        self,
        stage: Stage,
        step: TestStep,
        progress: Progress,
        *,
        memory: StepMemory | None = None,
        made: int = 0,
        failure: StepFailure | None = None,
    ) -> None:
        self._stage = stage
        self.step = step
        self._progress = progress
        self.memory = memory or StepMemory()
        self._made = made
        self.failure = failure
        """Of the newest attempt."""
        self.ended = Ended("failed", "not_attempted")
        """How the newest attempt ended."""
        self.has_landed_unheard = False
        """Whether the newest attempt failed, and has done something all the same that it did not hear of."""

    async def whole(self) -> Ended:
        """Attempt the step as it stands."""
        await self.attempt(StepPart(part_id=self.step.step_id))
        return self.ended

    async def attempt(self, part: StepPart) -> AttemptReport:
        """Attempt ``part``, and find out what became of everything that it sent.

        A part that turns out to have landed although its attempt failed is asked for once more, and answered from
        memory. Raises BackendError where the stage does not survive it, and ChainError ``fate_unknown`` in any case.
        """
        await self._settle()
        known = len(self.memory.done)
        report = await self._attempted(part)
        if isinstance(report, Succeeded) or part.part_id == self.step.step_id or len(self.memory.done) == known:
            return report
        return await self._attempted(part)

    async def _attempted(self, part: StepPart) -> AttemptReport:
        self._made += 1
        self.ended = Ended("failed", "broken_off")
        self.ended = await self._carried_out(part)
        if self.ended.status == "succeeded":
            return Succeeded()
        if self._stage.survives:
            heard = len(self.memory.done)
            await self._settle()
            self.has_landed_unheard = len(self.memory.done) > heard
        self.failure = self._failure(self.ended)
        if self._stage.survives:
            failed = AttemptFailed(
                step_id=self.step.step_id, part_id=part.part_id, failure=self.failure, outcome=self.ended.outcome
            )
            self._stage.journal.append(failed)
        return self.failure

    async def _settle(self) -> None:
        await self._stage.tools.settle(self._stage.time, self.memory)

    async def context(self) -> PromptContext:
        """Return the context of this moment; raises BackendError."""
        stage = self._stage
        return await prompt_context(stage.world, self._progress, stage.prices_usd, stage.sol_reserve_lamports)

    @property
    def fees_lamports(self) -> int:
        """What the step's attempts have paid in fees so far."""
        submissions = self._stage.tools.submissions
        return sum(sent.outcome.fee_lamports for sent in submissions if sent.step_id == self.step.step_id)

    async def _carried_out(self, part: StepPart) -> Ended:
        stage = self._stage
        if stage.faults is not None:
            stage.faults.at(self.step.step_id, self._made)
        if part.intent is not None:
            stage.intents[part.part_id] = (part.intent,)
        try:
            request = await self._request(part)
            with stage.telemetry.work(stage.agent, request):
                outcome = await ask(stage.agent, request, stage.tools, stage.time, self.step.step_id, self.memory)
        except StorageError:
            raise
        except BackendError as error:
            if not stage.survives:
                raise
            return Ended("failed", error.code, message=error.message)
        status, reason = ending(outcome, stage.refusals_due.get(self.step.step_id), stage.tools.results)
        return self._told(status, reason, outcome)

    def _told(self, status: StepStatus, reason: str, outcome: StepOutcome) -> Ended:
        """Return the ending with what the newest failed call said of it."""
        results = [result for _, result in self._stage.tools.results]
        said = next((result for result in reversed(results) if isinstance(result, Refused | Failed)), None)
        message = said.message if said else outcome.reason if isinstance(outcome, GaveUp) else ""
        retry_after_ms = said.retry_after_ms if isinstance(said, Refused) else None
        return Ended(status, reason, outcome, message, retry_after_ms)

    def _failure(self, ended: Ended) -> StepFailure:
        return StepFailure(
            step_id=self.step.step_id,
            attempt=self._made,
            code=ended.reason,
            failure_class=classify(ended.reason),
            message=ended.message,
            retry_after_ms=ended.retry_after_ms,
            landed=self.memory.landed(self._stage.world.wallet),
        )

    def _failure_by_now(self) -> StepFailure | None:
        """Return the newest failure with all that has landed, which may be more than was known when it was noted."""
        if self.failure is None:
            return None
        return self.failure.model_copy(update={"landed": self.memory.landed(self._stage.world.wallet)})

    async def _request(self, part: StepPart) -> AgentRequest:
        stage, step, failure = self._stage, self.step, self._failure_by_now()
        with stage.telemetry.context() as span:
            context = await self.context()
            prompt = stage.renderer.render_step(part.prompt or step.prompt, context)
            on_offer = offered(stage.tools.every, context, step.required_tools)
            span.ready(context, prompt, on_offer)
        stage.tools.offer(on_offer)
        stage.journal.append(
            StepStarted(
                step_id=step.step_id,
                description=step.description,
                critical=step.critical,
                prompt=prompt,
                tools=on_offer,
                attempt=self._made,
                part_id=None if part.part_id == step.step_id else part.part_id,
            )
        )
        return AgentRequest(
            benchmark_id=stage.case.id,
            step_id=part.part_id,
            prompt=prompt,
            context=context,
            limits=stage.limits.model_copy(update={"timeout_s": step.timeout_s}) if step.timeout_s else stage.limits,
            attempt=self._made,
            failure=failure,
        )
