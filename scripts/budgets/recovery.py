"""Recovery where nothing breaks, and the limits on it where nothing helps."""

from __future__ import annotations

import asyncio
import statistics
import time
from typing import TYPE_CHECKING

from .payments import three_payments
from .row import Row

if TYPE_CHECKING:
    from reev_orchestrator.recovery import AttemptReport
    from reev_runner.execution import TrialRunner
    from reev_types.benchmarks import TestCase
    from reev_types.contexts import PromptContext
    from reev_types.recovery import StepPart

_PAIRS = 150
_LIMIT_MS = 200
_DEADLINES = 15
_MINUTE_MS = 60_000


def overhead_ms() -> float:
    """A flow of three payments with recovery beyond the same one without, nothing going wrong, nothing kept on disk.

    The median over pairs, in milliseconds of this process. What the disk takes has budgets of its own.
    """
    return statistics.median(asyncio.run(_overheads_ms()))


async def _overheads_ms() -> list[float]:
    from reev_orchestrator import TemplateRenderer
    from reev_runner.execution import FlowSetup, TrialRunner, embedded_sandbox
    from reev_runner.system import SystemClock
    from reev_types.recovery import RecoveryConfig

    case, clock, renderer = three_payments(), SystemClock(), TemplateRenderer()
    setup = FlowSetup(recovery=RecoveryConfig(enable_alternative_flows=True, enable_user_fulfillment=True))
    direct = TrialRunner(embedded_sandbox, clock, renderer)
    recovering = TrialRunner(embedded_sandbox, clock, renderer, setup=setup)
    for runner in (direct, recovering):
        await _taken_ms(runner, case)  # with imports, the VM and the reference solution
    return [await _taken_ms(recovering, case) - await _taken_ms(direct, case) for _ in range(_PAIRS)]


async def _taken_ms(runner: TrialRunner, case: TestCase) -> float:
    from reev_runner.execution import choose_agent
    from reev_types.events import RunEnded

    started = time.process_time()
    events = await runner.run(case, choose_agent("deterministic"), 0)
    taken_ms = (time.process_time() - started) * 1_000
    if not isinstance(events[-1], RunEnded) or events[-1].status != "passed":
        raise SystemExit("a flow of three payments did not pass; its time means nothing")
    return taken_ms


def attempt_overshoot_ms() -> float:
    """How long after its deadline recovery ends whose attempt hangs; the 95th percentile, in real time."""
    return _overshoot_p95_ms(pause_ms=0)


def sleep_overshoot_ms() -> float:
    """How long after its deadline recovery ends that would sleep for a minute; the 95th percentile, in real time."""
    return _overshoot_p95_ms(pause_ms=_MINUTE_MS)


def _overshoot_p95_ms(pause_ms: int) -> float:
    times = [asyncio.run(_recovery_ms(pause_ms)) - _LIMIT_MS for _ in range(_DEADLINES)]
    return statistics.quantiles(times, n=20)[-1]


async def _recovery_ms(pause_ms: int) -> float:
    from reev_orchestrator.recovery import DeadlineReached, FailedStep, FlowTime, RecoveryEngine
    from reev_runner.system import SystemClock
    from reev_types.recovery import FailureClass, RecoveryConfig, StepFailure

    config = RecoveryConfig(
        base_retry_delay_ms=pause_ms, max_retry_delay_ms=pause_ms, max_step_recovery_time_ms=_LIMIT_MS
    )
    engine = RecoveryEngine.from_config(config, FlowTime(SystemClock()), lambda event: None, seed=0, flow="bench")
    failure = StepFailure(step_id="step_1", attempt=1, code="unreachable", failure_class=FailureClass.TRANSPORT)
    started = time.perf_counter()
    recovery = await engine.recover(FailedStep("step_1", "hang", None), failure, _Hanging())
    taken_ms = (time.perf_counter() - started) * 1_000
    if not isinstance(recovery, DeadlineReached):
        raise SystemExit("recovery did not come to its deadline; its time means nothing")
    return taken_ms


class _Hanging:
    """Attempts that nothing comes of, until they are cancelled."""

    fees_lamports = 0

    async def attempt(self, part: StepPart) -> AttemptReport:
        never: asyncio.Future[AttemptReport] = asyncio.get_running_loop().create_future()
        return await never

    async def context(self) -> PromptContext:
        raise AssertionError("nothing is rewritten here")


ROWS = (
    Row("recovery of a flow in which nothing fails", "ms", 3, overhead_ms),
    Row("recovery past its deadline: hanging attempt, p95", "ms", 50, attempt_overshoot_ms),
    Row("recovery past its deadline: long sleep, p95", "ms", 50, sleep_overshoot_ms),
)
