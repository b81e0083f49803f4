"""A benchmark carried out by a language model behind an endpoint, as OpenTelemetry sees it."""

import json

import pytest

from reev_agent.testing import StubAnswer, StubServer
from reev_orchestrator import TemplateRenderer
from reev_runner.execution import ModelOptions, TrialRunner, choose_agent, embedded_sandbox
from reev_runner.files import find_benchmarks, load_case
from reev_runner.journal import fold
from reev_runner.system import SystemClock
from reev_runner.telemetry import RunTelemetry
from reev_types.models import Sampling

sdk = pytest.importorskip("opentelemetry.sdk.trace", reason="the OpenTelemetry SDK is not installed")
export = pytest.importorskip("opentelemetry.sdk.trace.export")
memory = pytest.importorskip("opentelemetry.sdk.trace.export.in_memory_span_exporter")
meters = pytest.importorskip("opentelemetry.sdk.metrics")
metrics = pytest.importorskip("opentelemetry.sdk.metrics.export")

KEY = "sk-only-for-the-endpoint-5f3a"
PAY = {"recipient": "RECIPIENT_WALLET_PUBKEY", "amount": "0.1"}
REQUIRED = {
    "chat": {"gen_ai.operation.name", "gen_ai.provider.name", "gen_ai.request.model"},
    "execute_tool": {"gen_ai.operation.name", "gen_ai.tool.name", "gen_ai.tool.type", "gen_ai.tool.call.id"},
    "invoke_agent": {"gen_ai.operation.name", "gen_ai.provider.name", "gen_ai.agent.name", "gen_ai.request.model"},
}
"""Attributes that the conventions for generative AI require or recommend, by operation."""


def completion(body):
    """Pay once and then say so, with the key repeated as a careless proxy might."""
    paid = any(message["role"] == "tool" for message in body["messages"])
    call = {"id": "call_1", "type": "function", "function": {"name": "sol_transfer", "arguments": json.dumps(PAY)}}
    message = {"role": "assistant", "content": f"paid, by {KEY}" if paid else "", "tool_calls": [] if paid else [call]}
    return StubAnswer(
        {
            "id": "chatcmpl-1",
            "model": "small-2026-11-01",
            "choices": [{"index": 0, "message": message, "finish_reason": "stop" if paid else "tool_calls"}],
            "usage": {"prompt_tokens": 300, "completion_tokens": 20},
        }
    )


def refused(body):
    return StubAnswer({"error": {"code": "invalid_api_key", "message": f"wrong key {KEY}"}}, status=401)


@pytest.fixture
def run_traced():
    async def run_traced(answers, with_content=False):
        exporter = memory.InMemorySpanExporter()
        provider = sdk.TracerProvider()
        provider.add_span_processor(export.SimpleSpanProcessor(exporter))
        telemetry = RunTelemetry(provider, with_content)
        runner = TrialRunner(embedded_sandbox, SystemClock(), TemplateRenderer(), telemetry=telemetry)
        async with StubServer(answers) as server:
            options = ModelOptions(environment={"LLM_API_KEY": KEY}, sampling=Sampling(temperature=0.0, seed=7))
            choice = choose_agent(f"{server.url}#small", options)
            case = load_case(find_benchmarks(["001"])[0])
            events = await runner.run(case, choice, 0)
            return choice.name, fold(events), exporter.get_finished_spans()

    return run_traced


def tree(spans, parent=None, depth=0):
    lines = []
    for span in sorted(spans, key=lambda span: span.start_time):
        if (span.parent.span_id if span.parent else None) == parent:
            lines += ["  " * depth + span.name, *tree(spans, span.context.span_id, depth + 1)]
    return lines


def everything(spans):
    return "\n".join(span.to_json() for span in spans)


async def test_the_tree_of_a_models_run(run_traced):
    agent, result, spans = await run_traced(completion)
    assert result.status == "passed"
    assert tree(spans) == [
        "benchmark 001-sol-transfer",
        "  step step_1",
        "    context",
        f"    invoke_agent {agent}",
        "      chat small",
        "      execute_tool sol_transfer",
        "        transaction",
        "      chat small",
    ]


async def test_every_span_of_the_conventions_has_its_attributes(run_traced):
    _, _, spans = await run_traced(completion)
    seen = set()
    for span in spans:
        operation = span.attributes.get("gen_ai.operation.name")
        if operation is not None:
            seen.add(operation)
            assert span.name.startswith(f"{operation} ")
            assert set(span.attributes) >= REQUIRED[operation]
            assert span.kind.name == ("CLIENT" if operation == "chat" else "INTERNAL")
    assert seen == set(REQUIRED)


async def test_an_exchange_tells_what_was_asked_and_what_it_took(run_traced):
    _, _, spans = await run_traced(completion)
    chat = next(span for span in spans if span.name == "chat small")
    assert dict(chat.attributes) == {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": "openai-compatible",
        "gen_ai.request.model": "small",
        "gen_ai.request.temperature": 0.0,
        "gen_ai.request.seed": 7,
        "gen_ai.response.model": "small-2026-11-01",
        "gen_ai.response.id": "chatcmpl-1",
        "gen_ai.response.finish_reasons": ("tool_calls",),
        "gen_ai.usage.input_tokens": 300,
        "gen_ai.usage.output_tokens": 20,
        "gen_ai.usage.cache_read.input_tokens": 0,
    }


async def test_the_score_is_an_evaluation_of_the_run(run_traced):
    _, result, spans = await run_traced(completion)
    root = next(span for span in spans if span.parent is None)
    (event,) = root.events
    assert event.name == "gen_ai.evaluation.result"
    assert event.attributes["gen_ai.evaluation.score.value"] == result.judgement.score
    assert event.attributes["gen_ai.evaluation.score.label"] == "pass"
    assert root.attributes["reev.run_hash"] == result.run_hash


async def test_an_endpoint_that_refuses_is_an_error_all_the_way_up(run_traced):
    _, result, spans = await run_traced(refused)
    assert result.status == "error"
    assert [span.attributes.get("error.type") for span in spans if span.name != "context"] == ["model_auth"] * 4


@pytest.mark.parametrize("answers", [completion, refused])
@pytest.mark.parametrize("with_content", [True, False])
async def test_no_span_holds_the_key(run_traced, answers, with_content):
    _, _, spans = await run_traced(answers, with_content)
    assert KEY not in everything(spans)


async def test_what_was_said_is_told_only_where_it_is_asked_for(run_traced):
    _, _, spans = await run_traced(completion)
    assert "RECIPIENT_WALLET_PUBKEY" not in everything(spans)
    _, _, spans = await run_traced(completion, with_content=True)
    assert "RECIPIENT_WALLET_PUBKEY" in everything(spans)
    assert "paid, by [redacted]" in everything(spans)


RECOVERED = """\
benchmark 429-too-many-requests
  step step_1
    context
    invoke_agent deterministic
      execute_tool jupiter_swap
    recovery
      recovery_attempt
        context
        invoke_agent deterministic
          execute_tool jupiter_swap
            transaction
"""


@pytest.fixture
def run_recovered():
    async def run_recovered(benchmark):
        exporter, reader = memory.InMemorySpanExporter(), metrics.InMemoryMetricReader()
        provider = sdk.TracerProvider()
        provider.add_span_processor(export.SimpleSpanProcessor(exporter))
        telemetry = RunTelemetry(provider, meter_provider=meters.MeterProvider([reader]))
        runner = TrialRunner(embedded_sandbox, SystemClock(), TemplateRenderer(), telemetry=telemetry)
        case = load_case(find_benchmarks([benchmark])[0])
        await runner.run(case, choose_agent("deterministic"), 0)
        return exporter.get_finished_spans(), reader.get_metrics_data()

    return run_recovered


def points(data):
    (scope,) = data.resource_metrics[0].scope_metrics
    return {
        metric.name: [(dict(point.attributes), point) for point in metric.data.data_points] for metric in scope.metrics
    }


async def test_every_attempt_of_recovery_has_a_span_over_its_tools(run_recovered):
    spans, _ = await run_recovered("429")
    assert tree(spans) == RECOVERED.splitlines()
    recovery = next(span for span in spans if span.name == "recovery")
    assert recovery.attributes["reev.recovery.outcome"] == "recovered"
    assert recovery.attributes["reev.failure_class"] == "rate_limit"


async def test_recovery_is_counted_and_timed(run_recovered):
    _, data = await run_recovered("429")
    measured = points(data)
    ended = {
        "reev.recovery.outcome": "recovered",
        "reev.recovery.strategy": "retry",
        "reev.failure_class": "rate_limit",
    }
    assert [(attributes, point.value) for attributes, point in measured["reev.recoveries"]] == [(ended, 1)]
    assert [(attributes, point.value) for attributes, point in measured["reev.recovery.cost"]] == [(ended, 5_000)]
    attempts = [(attributes, point.value) for attributes, point in measured["reev.recovery.attempts"]]
    assert attempts == [({"reev.recovery.strategy": "retry"}, 1)]
    ((attributes, point),) = measured["reev.recovery.duration"]
    assert (attributes, point.count) == (ended, 1)
