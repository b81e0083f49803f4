import pytest

from reev_types.errors import UserError

sdk = pytest.importorskip("opentelemetry.sdk.trace", reason="the OpenTelemetry SDK is not installed")
export = pytest.importorskip("opentelemetry.sdk.trace.export")
memory = pytest.importorskip("opentelemetry.sdk.trace.export.in_memory_span_exporter")

SWAP = "swap 0.1 SOL to USDC"


@pytest.fixture
def exporter():
    return memory.InMemorySpanExporter()


@pytest.fixture
def provider(exporter):
    provider = sdk.TracerProvider()
    provider.add_span_processor(export.SimpleSpanProcessor(exporter))
    return provider


async def test_the_plan_is_made_inside_of_the_prompts_span(make, wallet, exporter, provider):
    await make(tracer_provider=provider).plan(SWAP, wallet)
    spans = {span.name: span for span in exporter.get_finished_spans()}
    assert spans["plan"].parent.span_id == spans["prompt"].context.span_id
    assert spans["plan"].attributes["reev.plan.steps"] == 1


async def test_no_span_repeats_what_was_typed(make, wallet, exporter, provider):
    await make(tracer_provider=provider).plan(SWAP, wallet)
    assert SWAP not in str([span.to_json() for span in exporter.get_finished_spans()])


async def test_a_refusal_marks_its_span_with_the_code(make, wallet, exporter, provider):
    with pytest.raises(UserError):
        await make(tracer_provider=provider).plan("swap", wallet)
    (span,) = exporter.get_finished_spans()
    assert (span.name, span.status.is_ok) == ("prompt", False)
    assert span.attributes["error.type"].startswith("ask_")
