"""Who opens the spans of a run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from reev_agent.telemetry import OpenSpan, Telemetry, content_is_wanted
from reev_types.agents import Agent, AgentRequest
from reev_types.benchmarks import TestStep
from reev_types.recovery_events import RecoveryEvent

from ._recovery import measured
from ._spans import BenchmarkSpan, ContextSpan, StepSpan, TransactionSpan

if TYPE_CHECKING:
    from opentelemetry.metrics import MeterProvider
    from opentelemetry.trace import Tracer, TracerProvider

__all__ = ["SILENT", "RunTelemetry"]


class RunTelemetry(Telemetry):
    """Opens the spans of a run, and those of agents that do not open their own.

    An agent with a true attribute ``traces_itself`` opens ``invoke_agent`` and ``execute_tool`` itself.
    """

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> RunTelemetry:
        """Return spans at the process's provider, with content where ``REEV_OTEL_CONTENT`` is on."""
        return cls(with_content=content_is_wanted(environment))

    def __init__(
        self,
        provider: TracerProvider | None = None,
        with_content: bool = False,
        meter_provider: MeterProvider | None = None,
    ) -> None:
        super().__init__(provider, with_content)
        self.tracer_provider = provider
        """Where spans go; None for the provider of the process."""
        self._meter_provider = meter_provider

    def measured(self, report: Callable[[RecoveryEvent], None]) -> Callable[[RecoveryEvent], None]:
        """Return ``report``, which also measures what recovery tells it."""
        return measured(report, self._meter_provider)

    def benchmark(self, benchmark_id: str, agent: str, seed: int) -> BenchmarkSpan:
        """Return the span of a run."""
        attributes = {
            "reev.benchmark_id": benchmark_id,
            "gen_ai.agent.name": agent,
            # Exporters take integers of 63 bits, and a seed has 64.
            "reev.seed": str(seed),
        }
        return self._open(BenchmarkSpan, f"benchmark {benchmark_id}", attributes)

    def step(self, benchmark_id: str, step: TestStep) -> StepSpan:
        """Return the span of a step."""
        attributes = {
            "reev.benchmark_id": benchmark_id,
            "reev.step_id": step.step_id,
            "reev.step.critical": step.critical,
        }
        return self._open(StepSpan, f"step {step.step_id}", attributes)

    def context(self) -> ContextSpan:
        """Return the span in which the wallet is read and the prompt is rendered."""
        return self._open(ContextSpan, "context", {})

    def of(self, agent: Agent) -> RunTelemetry:
        """Return who opens the spans of what ``agent`` does."""
        return SILENT if getattr(agent, "traces_itself", False) else self

    def work(self, agent: Agent, request: AgentRequest) -> OpenSpan:
        """Return the span of ``agent`` at work on a step."""
        return self.of(agent).agent(agent.name, request)

    def transaction(self, signature: str) -> TransactionSpan:
        """Return the span of a transaction."""
        return self._open(TransactionSpan, "transaction", {"reev.transaction.signature": signature})


class _Silent(RunTelemetry):
    def measured(self, report: Callable[[RecoveryEvent], None]) -> Callable[[RecoveryEvent], None]:
        """Return ``report`` as it is."""
        return report

    def _tracer(self) -> Tracer | None:
        return None


SILENT = _Silent()
"""Opens no spans."""
