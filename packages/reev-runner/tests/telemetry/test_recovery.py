"""Recovery is measured where somebody collects measurements, and nothing happens elsewhere."""

import subprocess
import sys

import pytest

from reev_runner.telemetry import SILENT, RunTelemetry
from reev_types.recovery_events import RecoveryDecided, RecoveryEnded

meters = pytest.importorskip("opentelemetry.sdk.metrics", reason="the OpenTelemetry SDK is not installed")
export = pytest.importorskip("opentelemetry.sdk.metrics.export")

ENDED = RecoveryEnded(
    step_id="s",
    outcome="failed",
    failure_class="slippage",
    attempts=2,
    cost_lamports=10_000,
    timing={"recovery_ms": 1_500},
)


@pytest.fixture
def collected():
    reader = export.InMemoryMetricReader()
    report = RunTelemetry(meter_provider=meters.MeterProvider([reader])).measured(lambda event: None)

    def collected(*events):
        for event in events:
            report(event)
        data = reader.get_metrics_data()
        if data is None:
            return {}
        (scope,) = data.resource_metrics[0].scope_metrics
        return {metric.name: list(metric.data.data_points) for metric in scope.metrics}

    return collected


def test_what_is_measured_is_reported_all_the_same():
    heard = []
    report = RunTelemetry(meter_provider=meters.MeterProvider()).measured(heard.append)
    report(ENDED)
    assert heard == [ENDED]


def test_a_recovery_that_failed_has_no_strategy_and_its_time_in_seconds(collected):
    measured = collected(ENDED)
    (duration,), (cost,) = measured["reev.recovery.duration"], measured["reev.recovery.cost"]
    assert (duration.sum, cost.value) == (1.5, 10_000)
    assert dict(cost.attributes) == {
        "reev.recovery.outcome": "failed",
        "reev.recovery.strategy": "none",
        "reev.failure_class": "slippage",
    }


def test_only_attempts_count_as_attempts(collected):
    decided = [RecoveryDecided(step_id="s", strategy="retry", decision=kind) for kind in ("wait", "attempt", "pass")]
    (attempts,) = collected(*decided)["reev.recovery.attempts"]
    assert (attempts.value, dict(attempts.attributes)) == (1, {"reev.recovery.strategy": "retry"})


def test_silence_leaves_a_report_as_it_is():
    report = print
    assert SILENT.measured(report) is report


def test_without_a_provider_the_api_is_not_even_imported():
    code = (
        "import sys; from reev_runner.telemetry import RunTelemetry\n"
        "assert RunTelemetry().measured(print) is print\n"
        "assert 'opentelemetry.metrics' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_a_named_provider_is_used(monkeypatch):
    monkeypatch.setenv("OTEL_PYTHON_METER_PROVIDER", "default_meter_provider")
    assert RunTelemetry().measured(print) is not print


def test_where_nobody_collects_the_report_is_handed_on_as_it_is(monkeypatch):
    monkeypatch.delitem(sys.modules, "opentelemetry.metrics", raising=False)
    monkeypatch.delenv("OTEL_PYTHON_METER_PROVIDER", raising=False)
    heard = []
    RunTelemetry().measured(heard.append)(ENDED)
    assert heard == [ENDED]
    assert "opentelemetry.metrics" not in sys.modules
