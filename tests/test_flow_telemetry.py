"""A sentence planned and carried out, as OpenTelemetry sees it: one trace from the prompt down to the tools."""

from __future__ import annotations

import pytest

from reev_orchestrator.mocks import mock_wallet
from reev_runner import DynamicOptions, SuiteOptions
from reev_runner.dynamic import plan_source, run_planned
from reev_types.benchmarks import DynamicFlow

trace = pytest.importorskip("opentelemetry.trace")
sdk = pytest.importorskip("opentelemetry.sdk.trace", reason="the OpenTelemetry SDK is not installed")
export = pytest.importorskip("opentelemetry.sdk.trace.export")
memory = pytest.importorskip("opentelemetry.sdk.trace.export.in_memory_span_exporter")

TREE = """\
flow
  prompt
    context
      context balances
      context prices
      context tokens
    plan
  benchmark dynamic-76b572d972d6
    step swap_1
      context
      invoke_agent deterministic
        execute_tool jupiter_swap
          transaction
    step lend_2
      context
      invoke_agent deterministic
        execute_tool jupiter_lend_earn_deposit
          transaction
"""


@pytest.fixture
def exporter(monkeypatch):
    """Collect what the process's provider is told; whoever set one up before gets it back."""
    exporter = memory.InMemorySpanExporter()
    provider = sdk.TracerProvider()
    provider.add_span_processor(export.SimpleSpanProcessor(exporter))
    monkeypatch.setattr(trace, "get_tracer_provider", lambda: provider)
    return exporter


def tree(spans, parent=None, depth=0):
    lines = []
    for span in sorted(spans, key=lambda span: span.start_time):
        if (span.parent.span_id if span.parent else None) == parent:
            lines += ["  " * depth + span.name, *tree(spans, span.context.span_id, depth + 1)]
    return lines


@pytest.mark.parametrize("mode", ["direct", "bridge"])
def test_planning_and_running_a_sentence_are_one_trace(exporter, tmp_path, mode):
    source = DynamicFlow(prompt="swap 0.1 SOL to USDC then lend it", wallet=mock_wallet().owner)
    options, dynamic = SuiteOptions(out=tmp_path), DynamicOptions(mode=mode)
    (trial,) = run_planned(plan_source(source, options, dynamic), options, dynamic)
    spans = exporter.get_finished_spans()
    assert trial.result.status == "passed"
    assert len({span.context.trace_id for span in spans}) == 1
    assert tree(spans) == TREE.splitlines()
