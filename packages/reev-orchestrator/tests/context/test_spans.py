import pytest

from reev_types.errors import SourceError

sdk = pytest.importorskip("opentelemetry.sdk.trace", reason="the OpenTelemetry SDK is not installed")
export = pytest.importorskip("opentelemetry.sdk.trace.export")
memory = pytest.importorskip("opentelemetry.sdk.trace.export.in_memory_span_exporter")


@pytest.fixture
def exporter():
    return memory.InMemorySpanExporter()


@pytest.fixture
def traced(open_resolver, exporter):
    provider = sdk.TracerProvider()
    provider.add_span_processor(export.SimpleSpanProcessor(exporter))
    return open_resolver(tracer_provider=provider)


async def test_a_resolution_is_a_span_with_one_for_each_source(traced, exporter, wallet):
    await traced.resolve(wallet)
    spans = {span.name: span for span in exporter.get_finished_spans()}
    assert set(spans) == {"context", "context balances", "context prices", "context tokens"}
    root = spans.pop("context")
    assert root.parent is None
    assert {span.parent.span_id for span in spans.values()} == {root.context.span_id}
    assert dict(root.attributes) == {"reev.wallet": wallet, "reev.context.tokens": 2, "reev.context.stale": False}
    assert spans["context prices"].attributes["reev.context.mints"] == 12


async def test_a_cached_resolution_has_no_spans_of_sources(traced, exporter, wallet):
    await traced.resolve(wallet)
    exporter.clear()
    await traced.resolve(wallet)
    assert [span.name for span in exporter.get_finished_spans()] == ["context"]


async def test_a_failure_is_marked_by_its_code_and_not_its_words(traced, exporter, sources, wallet):
    sources.faults["balances"] = SourceError("rate_limited", "said by a server")
    with pytest.raises(SourceError):
        await traced.resolve(wallet)
    failed = [span for span in exporter.get_finished_spans() if not span.status.is_ok]
    assert {span.name for span in failed} == {"context", "context balances"}
    assert {span.attributes["error.type"] for span in failed} == {"rate_limited"}
    assert not any("said by a server" in span.to_json() for span in failed)


async def test_a_bug_is_marked_by_its_type(traced, exporter, sources, wallet):
    sources.faults["prices"] = ZeroDivisionError("x")
    with pytest.raises(ZeroDivisionError):
        await traced.resolve(wallet)
    failed = [span for span in exporter.get_finished_spans() if not span.status.is_ok]
    assert {span.attributes["error.type"] for span in failed} == {"ZeroDivisionError"}
