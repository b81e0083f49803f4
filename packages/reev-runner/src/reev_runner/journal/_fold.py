"""Events into a result: the one place where a ``TrialResult`` is made."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from reev_types.errors import StorageError
from reev_types.events import (
    Event,
    RunEnded,
    RunStarted,
    StepEnded,
    StepStarted,
    TransactionReturned,
)
from reev_types.models import ModelRecord
from reev_types.results import FlowMetrics, FlowResult, Judgement, StepResult, TrialResult

from ._journal import elapsed_ms
from ._recoveries import Recoveries
from ._usage import usage_of

__all__ = ["fold", "fold_steps"]


class _Fold:
    """What has been learned of a run so far."""

    def __init__(self) -> None:
        self.started: RunStarted | None = None
        self.ended: RunEnded | None = None
        self.judgement: Judgement | None = None
        self.steps: list[StepResult] = []
        self.step_began_ms = 0.0
        self.tools: list[str] = []
        self.total_tools = 0
        self.transactions: list[TransactionReturned] = []
        self.records: list[ModelRecord] = []
        self.records_before = 0
        self.attempts: dict[str, int] = {}
        self.recoveries = Recoveries()

    def take(self, event: Event) -> None:
        self.recoveries.take(event)
        match event.type:
            case "run_started":
                self.started = event
            case "step_started":
                self._attempt(event)
            case "model_exchanged":
                self.records.append(event.record)
            case "tool_called":
                self.tools.append(event.tool)
                self.total_tools += 1
            case "transaction_returned":
                self.transactions.append(event)
            case "step_ended":
                self.steps.append(self._step(event))
            case "run_judged":
                self.judgement = event.judgement
            case "run_ended":
                self.ended = event
            case "flow_resumed":
                self.ended = None
            case _:
                pass

    def _attempt(self, event: StepStarted) -> None:
        if event.step_id not in self.attempts:
            self.step_began_ms = elapsed_ms(event)
            self.tools = []
            self.records_before = len(self.records)
        self.attempts[event.step_id] = event.attempt

    def _step(self, event: StepEnded) -> StepResult:
        skipped = event.status == "skipped"
        took_ms = elapsed_ms(event) - self.step_began_ms
        return StepResult(
            step_id=event.step_id,
            critical=event.critical,
            status=event.status,
            reason=event.reason,
            outcome=event.outcome,
            tool_calls=() if skipped else tuple(self.tools),
            model_usage=None if skipped else usage_of(self.records[self.records_before :]),
            recovery_attempts=max(self.attempts.get(event.step_id, 1) - 1, 0),
            timing={} if skipped else {"duration_ms": round(took_ms, 3)},
        )

    def metrics(self) -> FlowMetrics:
        outcomes = [event.outcome for event in self.transactions]
        statuses = [step.status for step in self.steps]
        return FlowMetrics(
            successful_steps=statuses.count("succeeded"),
            failed_steps=statuses.count("failed"),
            skipped_steps=statuses.count("skipped"),
            critical_failures=sum(step.critical and step.status == "failed" for step in self.steps),
            total_tool_calls=self.total_tools,
            transactions=len(outcomes),
            failed_transactions=sum(not outcome.succeeded for outcome in outcomes),
            fee_lamports=sum(outcome.fee_lamports for outcome in outcomes),
            compute_units=sum(outcome.compute_units for outcome in outcomes),
            model_usage=usage_of(self.records),
        )


_INTERRUPTED = RunEnded(status="error", run_hash="", error="the run was interrupted: its journal has no end")


def fold(events: Iterable[Event]) -> TrialResult:
    """Return what a run came to; one that was interrupted has the status ``error``.

    Raises StorageError ``incomplete_journal`` when the beginning is missing.
    """
    state = _Fold()
    for event in events:
        state.take(event)
    if state.started is None:
        raise StorageError("incomplete_journal", "this journal has no beginning")
    return _result(state, state.started, state.ended or _INTERRUPTED)


def fold_steps(events: Iterable[Event]) -> tuple[StepResult, ...]:
    """Return how the steps of a run that is still going on have ended so far."""
    state = _Fold()
    for event in events:
        state.take(event)
    return tuple(state.steps)


def _result(state: _Fold, started: RunStarted, ended: RunEnded) -> TrialResult:
    flow = FlowResult(
        flow_id=started.benchmark_id,
        user_prompt=started.prompt,
        success=all(step.success for step in state.steps if step.critical) and ended.error is None,
        step_results=tuple(state.steps),
        metrics=state.metrics(),
        recovery=state.recoveries.metrics(),
        error_message=ended.error,
    )
    timing: dict[str, Any] = {**started.timing, "duration_ms": elapsed_ms(ended)}
    timing.pop("elapsed_ms", None)
    return TrialResult(
        benchmark_id=started.benchmark_id,
        description=started.description,
        agent=started.agent,
        seed=started.seed,
        status=ended.status,
        flow=flow,
        judgement=state.judgement,
        run_hash=ended.run_hash,
        timing=timing,
    )
