import asyncio

import pytest

from reev_orchestrator.recovery import Succeeded

sdk = pytest.importorskip("opentelemetry.sdk.trace", reason="the OpenTelemetry SDK is not installed")
export = pytest.importorskip("opentelemetry.sdk.trace.export")
memory = pytest.importorskip("opentelemetry.sdk.trace.export.in_memory_span_exporter")


@pytest.fixture
def exporter():
    return memory.InMemorySpanExporter()


@pytest.fixture
def provider(exporter):
    provider = sdk.TracerProvider()
    provider.add_span_processor(export.SimpleSpanProcessor(exporter))
    return provider


async def test_every_attempt_is_a_span_within_that_of_the_recovery(engine, executor, step, fail, provider, exporter):
    await engine(tracer_provider=provider).recover(step, fail(), executor(fail("server_error"), True))
    first, second, recovery = exporter.get_finished_spans()
    assert (first.name, second.name, recovery.name) == ("recovery_attempt", "recovery_attempt", "recovery")
    assert first.parent.span_id == second.parent.span_id == recovery.context.span_id
    assert dict(recovery.attributes) == {
        "reev.step_id": "swap_1",
        "reev.failure_class": "rate_limit",
        "reev.recovery.outcome": "recovered",
        "reev.recovery.attempts": 2,
    }
    assert dict(second.attributes) == {
        "reev.step_id": "swap_1",
        "reev.part_id": "swap_1",
        "reev.recovery.strategy": "retry",
        "reev.attempt": 3,
    }


async def test_a_failed_attempt_is_marked_by_its_code(engine, executor, step, fail, provider, exporter):
    made = engine(tracer_provider=provider, retry_attempts=1)
    await made.recover(step, fail(), executor(fail("server_error", message="said by a server")))
    attempt, _ = exporter.get_finished_spans()
    assert (attempt.attributes["error.type"], attempt.status.is_ok) == ("server_error", False)
    assert attempt.attributes["reev.failure_class"] == "transport"
    assert "said by a server" not in attempt.to_json()


async def test_the_work_of_an_attempt_belongs_to_its_span(engine, executor, step, fail, provider, exporter):
    steps = executor()

    async def attempt(part):
        with provider.get_tracer("test").start_as_current_span("step"):
            await asyncio.sleep(0)
        return Succeeded()

    steps.attempt = attempt
    await engine(tracer_provider=provider).recover(step, fail(), steps)
    work, attempt, _ = exporter.get_finished_spans()
    assert (work.name, work.parent.span_id) == ("step", attempt.context.span_id)


async def test_an_attempt_that_the_deadline_interrupts_has_ended_too(engine, executor, step, fail, provider, exporter):
    made = engine(tracer_provider=provider, max_step_recovery_time_ms=3_000, base_retry_delay_ms=0)
    await made.recover(step, fail(), executor(True, seconds=60))
    attempt, recovery = exporter.get_finished_spans()
    assert attempt.attributes["error.type"] == "CancelledError"
    assert recovery.attributes["reev.recovery.outcome"] == "deadline"
