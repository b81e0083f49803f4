import pytest

from reev_runner.dynamic._trace import flow_span, within

sdk = pytest.importorskip("opentelemetry.sdk.trace", reason="the OpenTelemetry SDK is not installed")
export = pytest.importorskip("opentelemetry.sdk.trace.export")
memory = pytest.importorskip("opentelemetry.sdk.trace.export.in_memory_span_exporter")


def test_spans_of_the_run_belong_below_the_flow_although_it_has_ended():
    exporter = memory.InMemorySpanExporter()
    provider = sdk.TracerProvider()
    provider.add_span_processor(export.SimpleSpanProcessor(exporter))
    with flow_span("default", provider) as flow, provider.get_tracer("t").start_as_current_span("plan"):
        pass
    with within(flow), provider.get_tracer("t").start_as_current_span("benchmark"):
        pass
    spans = {span.name: span for span in exporter.get_finished_spans()}
    assert {spans[name].parent.span_id for name in ("plan", "benchmark")} == {spans["flow"].context.span_id}
    assert spans["flow"].attributes == {"reev.market": "default"}
