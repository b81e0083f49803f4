"""The steps of a benchmark in order: dependencies, critical steps, and what a failure does to the rest."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import assert_never

from reev_runner.journal import Journal
from reev_runner.judgement import RefusalsDue
from reev_runner.telemetry import SILENT, RunTelemetry
from reev_types.agents import Agent, AgentLimits, AgentRequest, PromptRenderer
from reev_types.atomicity import AtomicMode
from reev_types.benchmarks import TestCase, TestStep
from reev_types.contexts import PreviousResult
from reev_types.events import StepEnded, StepStarted
from reev_types.times import Clock

from ._context import Progress, prompt_context
from ._offer import offered
from ._recorded_tools import RecordedTools
from ._step import ask, ending, summary
from ._world import PreparedWorld

__all__ = ["AfterStep", "Flow"]

AfterStep = Callable[[str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Flow:
    """Everything that the steps of one run share."""

    case: TestCase
    world: PreparedWorld
    agent: Agent
    tools: RecordedTools
    journal: Journal
    renderer: PromptRenderer
    clock: Clock
    sol_reserve_lamports: int
    prices_usd: Mapping[str, Decimal]
    """The market's prices, by mint."""
    refusals_due: RefusalsDue
    """By step, the code with which refusing it is right."""
    limits: AgentLimits = field(default_factory=AgentLimits)
    """What a step may use up; a step's own timeout takes the place of theirs."""
    after_step: AfterStep | None = None
    """Called when a step is over, before the next begins."""
    telemetry: RunTelemetry = SILENT

    async def run(self) -> None:
        """Carry the steps out; what happened is in the journal."""
        results: list[PreviousResult] = []
        aborted = False
        for index, step in enumerate(self.case.steps):
            unmet = _unmet(step, results)
            if aborted or unmet:
                self._skip(step, "flow_aborted" if aborted else "dependency_failed")
                continue
            result = await self._step(
                step, Progress(index, len(self.case.steps), self.case.atomic_mode, tuple(results))
            )
            results.append(result)
            if self.after_step is not None:
                await self.after_step(step.step_id)
            aborted = not result.success and _ends_flow(step, self.case.atomic_mode)

    async def _step(self, step: TestStep, progress: Progress) -> PreviousResult:
        with self.telemetry.step(self.case.id, step) as span:
            request = await self._request(step, progress)
            with self.telemetry.work(self.agent, request):
                outcome = await ask(self.agent, request, self.tools, self.clock)
            status, reason = ending(outcome, self.refusals_due.get(step.step_id), self.tools.results)
            self.journal.append(
                StepEnded(step_id=step.step_id, critical=step.critical, status=status, reason=reason, outcome=outcome)
            )
            span.ended(status, reason)
        return summary(step.step_id, self.world.wallet, status, reason, self.tools.results)

    async def _request(self, step: TestStep, progress: Progress) -> AgentRequest:
        with self.telemetry.context() as span:
            context = await prompt_context(self.world, progress, self.prices_usd, self.sol_reserve_lamports)
            prompt = self.renderer.render_step(step.prompt, context)
            on_offer = offered(self.tools.every, context, step.required_tools)
            span.ready(context, prompt, on_offer)
        self.tools.offer(on_offer)
        self.journal.append(
            StepStarted(
                step_id=step.step_id,
                description=step.description,
                critical=step.critical,
                prompt=prompt,
                tools=on_offer,
            )
        )
        return AgentRequest(
            benchmark_id=self.case.id,
            step_id=step.step_id,
            prompt=prompt,
            context=context,
            limits=self._limits(step),
        )

    def _limits(self, step: TestStep) -> AgentLimits:
        return self.limits.model_copy(update={"timeout_s": step.timeout_s}) if step.timeout_s else self.limits

    def _skip(self, step: TestStep, reason: str) -> None:
        self.journal.append(StepEnded(step_id=step.step_id, critical=step.critical, status="skipped", reason=reason))


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
