"""The engine: strategies in order, each until it helps, within the time for the step and for the flow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Literal, assert_never

from reev_orchestrator._spans import Spans
from reev_types.alternatives import AlternativeFlow
from reev_types.recovery import Asker, RecoveryConfig, StepFailure
from reev_types.recovery_events import RecoveryEnded, RecoveryEvent
from reev_types.times import Timekeeper

from ._alternatives import AlternativeFlowStrategy
from ._attempts import Rescue
from ._builtin import BUILT_IN_ALTERNATIVES
from ._fulfillment import UserFulfillmentStrategy
from ._retry import RetryStrategy
from ._steps import DeadlineReached, Decided, Exhausted, FailedStep, Recovered, Recovery, StepExecutor
from ._strategy import Passed, Repaired, Strategy

if TYPE_CHECKING:
    from opentelemetry.trace import TracerProvider

__all__ = ["RecoveryEngine"]

_Outcome = Literal["recovered", "failed", "skipped", "aborted", "deadline"]


class RecoveryEngine:
    """Recovers the failed steps of one flow; ``recovered_ms`` is the time that recovery has taken of it so far."""

    def __init__(
        self,
        strategies: Sequence[Strategy],
        config: RecoveryConfig,
        time: Timekeeper,
        journal: Callable[[RecoveryEvent], None],
        *,
        recovered_ms: int = 0,
        tracer_provider: TracerProvider | None = None,
    ) -> None:
        self.recovered_ms = recovered_ms
        self._strategies = tuple(strategies)
        self._config = config
        self._time = time
        self._journal = journal
        self._tracer_provider = tracer_provider

    @classmethod
    def from_config(
        cls,
        config: RecoveryConfig,
        time: Timekeeper,
        journal: Callable[[RecoveryEvent], None],
        *,
        seed: int,
        flow: str,
        asker: Asker | None = None,
        alternatives: Sequence[AlternativeFlow] = BUILT_IN_ALTERNATIVES,
        own: Sequence[Strategy] = (),
        recovered_ms: int = 0,
        tracer_provider: TracerProvider | None = None,
    ) -> RecoveryEngine:
        """Return an engine with the strategies that ``config`` enables: retry, alternatives, a person.

        ``own`` come before the person. ``seed`` and ``flow`` decide the jitter of delays.
        """
        strategies: list[Strategy] = []
        if config.enable_retry:
            strategies.append(RetryStrategy(config, seed=seed, flow=flow))
        if config.enable_alternative_flows:
            strategies.append(AlternativeFlowStrategy(alternatives, config))
        strategies += own
        if config.enable_user_fulfillment:
            strategies.append(UserFulfillmentStrategy(asker, config))
        return cls(strategies, config, time, journal, recovered_ms=recovered_ms, tracer_provider=tracer_provider)

    async def recover(self, step: FailedStep, failure: StepFailure, executor: StepExecutor) -> Recovery:
        """Recover ``step``, which ended in ``failure``, through ``executor``.

        Its decisions and its end are on record when this returns. Cancellation, and errors that are nobody's report
        of a failed attempt, pass through.
        """
        spans = Spans(self._tracer_provider)  # not before something fails: who collects them is dear to find out
        rescue = Rescue(step, failure, self._time, executor, self._journal, spans)
        began_s, paid_lamports = self._time.monotonic(), executor.fees_lamports
        attributes = {"reev.step_id": step.step_id, "reev.failure_class": failure.failure_class}
        with spans.span("recovery", attributes) as span:
            result = await self._limited(rescue)
            recovery_ms = round((self._time.monotonic() - began_s) * 1_000)
            self.recovered_ms += recovery_ms
            cost_lamports = executor.fees_lamports - paid_lamports
            ended = _ended(rescue, failure, result, recovery_ms, cost_lamports)
            self._journal(ended)
            span.set_attributes({"reev.recovery.outcome": ended.outcome, "reev.recovery.attempts": ended.attempts})
        return result

    async def _limited(self, rescue: Rescue) -> Recovery:
        flow_ms = self._config.max_recovery_time_ms - self.recovered_ms
        step_ms = self._config.max_step_recovery_time_ms
        try:
            return await self._time.within(min(flow_ms, step_ms) / 1_000, self._through(rescue))
        except TimeoutError:
            scope: Literal["step", "flow"] = "flow" if flow_ms <= step_ms else "step"
            rescue.decide("give_up", reason=f"{scope}_deadline")
            return DeadlineReached(scope)

    async def _through(self, rescue: Rescue) -> Recovery:
        for strategy in self._strategies:
            rescue.strategy = strategy.name
            result = await strategy.recover(rescue)
            match result:
                case Repaired():
                    return Recovered(strategy.name, tuple(rescue.changed), tuple(rescue.missed))
                case Decided():
                    return result
                case Passed():
                    continue
                case _:
                    assert_never(result)
        rescue.decide("give_up", reason="nothing_helped")
        return Exhausted(rescue.failure, rescue.not_done)


def _ended(rescue: Rescue, first: StepFailure, result: Recovery, recovery_ms: int, cost_lamports: int) -> RecoveryEnded:
    outcome, strategy = _outcome(result, rescue)
    return RecoveryEnded(
        step_id=rescue.step.step_id,
        outcome=outcome,
        strategy=strategy,
        failure_class=first.failure_class,
        attempts=rescue.attempts,
        timing={"recovery_ms": recovery_ms},
        cost_lamports=cost_lamports,
        changed=tuple(rescue.changed),
        missed=tuple(rescue.missed) if outcome == "recovered" else rescue.not_done,
    )


def _outcome(result: Recovery, rescue: Rescue) -> tuple[_Outcome, str | None]:
    match result:
        case Recovered(strategy=strategy):
            return "recovered", strategy
        case Decided(choice=choice):
            return ("skipped" if choice == "skip" else "aborted"), rescue.strategy
        case Exhausted():
            return "failed", None
        case DeadlineReached():
            return "deadline", None
        case _:
            assert_never(result)
