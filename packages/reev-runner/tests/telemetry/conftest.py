from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest


@dataclass(frozen=True)
class Spans:
    """Finished spans."""

    every: tuple[Any, ...]

    def named(self, name: str) -> list[Any]:
        return [span for span in self.every if span.name == name]

    def one(self, name: str) -> Any:
        (span,) = self.named(name)
        return span

    def tree(self, parent: int | None = None, depth: int = 0) -> list[str]:
        """Names in the order of their beginnings, indented below their parents."""
        lines = []
        for span in sorted(self.every, key=lambda span: span.start_time):
            if (span.parent.span_id if span.parent else None) == parent:
                lines += ["  " * depth + span.name, *self.tree(span.context.span_id, depth + 1)]
        return lines


@pytest.fixture
def collected():
    """A tracer provider, and a function that returns what it has collected."""
    sdk = pytest.importorskip("opentelemetry.sdk.trace", reason="the OpenTelemetry SDK is not installed")
    export = pytest.importorskip("opentelemetry.sdk.trace.export")
    memory = pytest.importorskip("opentelemetry.sdk.trace.export.in_memory_span_exporter")
    exporter = memory.InMemorySpanExporter()
    provider = sdk.TracerProvider()
    provider.add_span_processor(export.SimpleSpanProcessor(exporter))
    return provider, lambda: Spans(exporter.get_finished_spans())


@pytest.fixture
def run_traced(still_clock, collected):
    """Run a case in memory and return its spans."""

    async def run_traced(case, agent="deterministic", seed=0, with_content=False):
        from reev_orchestrator import TemplateRenderer
        from reev_runner.execution import TrialRunner, choose_agent, embedded_sandbox
        from reev_runner.telemetry import RunTelemetry

        provider, spans = collected
        telemetry = RunTelemetry(provider, with_content)
        runner = TrialRunner(embedded_sandbox, still_clock, TemplateRenderer(), telemetry=telemetry)
        await runner.run(case, choose_agent(agent), seed)
        return spans()

    return run_traced
