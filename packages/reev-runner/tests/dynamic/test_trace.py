from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from reev_runner.dynamic._trace import flow_span, within


def test_spans_of_the_run_belong_below_the_flow_although_it_has_ended():
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    with flow_span("default", provider) as flow, provider.get_tracer("t").start_as_current_span("plan"):
        pass
    with within(flow), provider.get_tracer("t").start_as_current_span("benchmark"):
        pass
    spans = {span.name: span for span in exporter.get_finished_spans()}
    assert {spans[name].parent.span_id for name in ("plan", "benchmark")} == {spans["flow"].context.span_id}
    assert spans["flow"].attributes == {"reev.market": "default"}
