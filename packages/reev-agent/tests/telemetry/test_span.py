import subprocess
import sys

import pytest

from reev_agent.telemetry import OpenSpan, Telemetry, content_is_wanted
from reev_types.errors import UsageError

sdk = pytest.importorskip("opentelemetry.sdk.trace", reason="the OpenTelemetry SDK is not installed")
export = pytest.importorskip("opentelemetry.sdk.trace.export")
memory = pytest.importorskip("opentelemetry.sdk.trace.export.in_memory_span_exporter")

COLLECTING = """
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

exporter = InMemorySpanExporter()
provider = TracerProvider()
provider.add_span_processor(SimpleSpanProcessor(exporter))
trace.set_tracer_provider(provider)
"""
CALLING = """
import sys
from reev_agent.telemetry import Telemetry

with Telemetry().tool("sol_transfer", "step_1.1", {}) as span:
    span.tell({"a": 1})
    span.failed("insufficient_funds")
"""


@pytest.fixture
def collected():
    exporter = memory.InMemorySpanExporter()
    provider = sdk.TracerProvider()
    provider.add_span_processor(export.SimpleSpanProcessor(exporter))
    return provider, exporter.get_finished_spans


def printed(program):
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_where_nothing_is_set_up_the_api_is_not_even_imported():
    assert printed(CALLING + "print('opentelemetry' in sys.modules)") == "False"


def test_the_provider_of_the_process_collects():
    assert printed(COLLECTING + CALLING + "print(*(span.name for span in exporter.get_finished_spans()))") == (
        "execute_tool sol_transfer"
    )


def test_a_provider_that_the_environment_names_is_loaded(monkeypatch):
    monkeypatch.setenv("OTEL_PYTHON_TRACER_PROVIDER", "sdk_tracer_provider")
    program = CALLING + "from opentelemetry import trace; print(type(trace.get_tracer_provider()).__module__)"
    assert printed(program) == "opentelemetry.sdk.trace"


def test_a_process_that_never_imported_the_api_has_no_provider(collected, monkeypatch):
    provider, finished = collected
    monkeypatch.setattr("opentelemetry.trace.get_tracer_provider", lambda: provider)
    monkeypatch.delenv("OTEL_PYTHON_TRACER_PROVIDER", raising=False)
    monkeypatch.delitem(sys.modules, "opentelemetry.trace")
    with Telemetry().tool("pay", "1", {}):
        pass
    assert not finished()


def test_an_exception_leaves_its_code_or_type_and_never_its_message(collected):
    provider, finished = collected
    for error in (UsageError("bad_key", "sk-123"), ValueError("sk-123")):
        with pytest.raises(type(error)), Telemetry(provider).tool("pay", "1", "{}"):
            raise error
    assert [span.attributes["error.type"] for span in finished()] == ["bad_key", "ValueError"]
    assert all(not span.events and span.status.description is None for span in finished())


def test_what_is_not_known_is_left_out(collected):
    provider, finished = collected
    with OpenSpan(provider.get_tracer("reev"), "work", {"a": None, "b": 1}) as span:
        span.tell({"c": None, "d": 2})
        span.note("said", {"e": None, "f": 3})
    (done,) = finished()
    assert dict(done.attributes) == {"b": 1, "d": 2}
    assert [(event.name, dict(event.attributes)) for event in done.events] == [("said", {"f": 3})]


def test_a_span_without_a_tracer_takes_everything_and_does_nothing():
    with OpenSpan(None, "work", {}, with_content=True) as span:
        span.tell({"a": 1})
        span.note("said", {})
        span.failed("broken")
    assert not span.collects_content


@pytest.mark.parametrize(("value", "wanted"), [("on", True), ("YES", True), ("off", False), ("maybe", False)])
def test_content_is_wanted_only_where_the_variable_says_so_plainly(value, wanted):
    assert content_is_wanted({"REEV_OTEL_CONTENT": value}) is wanted
