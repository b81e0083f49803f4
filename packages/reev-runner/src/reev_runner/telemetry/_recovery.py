"""What recovery does, as measurements."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from reev_types.recovery_events import RecoveryDecided, RecoveryEnded, RecoveryEvent

if TYPE_CHECKING:
    from opentelemetry.metrics import Meter, MeterProvider

__all__ = ["measured"]

_SCOPE = "reev"
_PROVIDER_VARIABLE = "OTEL_PYTHON_METER_PROVIDER"
_MS = 1_000


def measured(
    report: Callable[[RecoveryEvent], None], provider: MeterProvider | None = None
) -> Callable[[RecoveryEvent], None]:
    """Return ``report``, which also measures what it is told, at ``provider`` or at the one of the process.

    Counters ``reev.recoveries``, ``reev.recovery.attempts`` and ``reev.recovery.cost`` (lamports), and the histogram
    ``reev.recovery.duration`` (seconds, as the flow counts them). Where nobody collects them, nothing is measured.
    """
    meter = _meter(provider)
    return report if meter is None else _Measured(report, meter)


class _Measured:
    def __init__(self, report: Callable[[RecoveryEvent], None], meter: Meter) -> None:
        self._report = report
        self._recoveries = meter.create_counter("reev.recoveries", "{step}", "Failed steps, by what came of them.")
        self._attempts = meter.create_counter("reev.recovery.attempts", "{attempt}", "Attempts, by strategy.")
        self._cost = meter.create_counter("reev.recovery.cost", "{lamport}", "Fees of the attempts of recovery.")
        self._duration = meter.create_histogram("reev.recovery.duration", "s", "Time of a recovery.")

    def __call__(self, event: RecoveryEvent) -> None:
        self._report(event)
        if isinstance(event, RecoveryDecided) and event.decision == "attempt":
            self._attempts.add(1, {"reev.recovery.strategy": event.strategy})
        elif isinstance(event, RecoveryEnded):
            attributes = {
                "reev.recovery.outcome": event.outcome,
                "reev.recovery.strategy": event.strategy or "none",
                "reev.failure_class": event.failure_class,
            }
            self._recoveries.add(1, attributes)
            self._cost.add(event.cost_lamports, attributes)
            self._duration.record(event.recovery_ms / _MS, attributes)


def _meter(provider: MeterProvider | None) -> Meter | None:
    if provider is not None:
        return provider.get_meter(_SCOPE)
    # Importing the API takes longer than a run, and who sets a provider up by other means has imported it.
    if "opentelemetry.metrics" not in sys.modules and _PROVIDER_VARIABLE not in os.environ:
        return None
    from opentelemetry import metrics

    return metrics.get_meter(_SCOPE)
