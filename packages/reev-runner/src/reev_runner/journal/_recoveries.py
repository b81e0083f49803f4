"""What recovery came to over a flow, added up from its events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from reev_types.events import Event, StepEnded, StepStarted, TransactionReturned
from reev_types.recovery_events import FlowResumed, RecoveryDecided, RecoveryEnded
from reev_types.results import RecoveryMetrics

__all__ = ["Recoveries"]


class Recoveries:
    """The recoveries of a flow so far."""

    def __init__(self) -> None:
        self._ended: list[RecoveryEnded] = []
        self._strategy: str | None = None
        """The strategy at work."""
        self._attempts: Counter[str] = Counter()
        self._cost_lamports: Counter[str] = Counter()

    def take(self, event: Event) -> None:
        """Learn from the next event."""
        match event:
            case RecoveryDecided(strategy=strategy):
                self._strategy = strategy
            case StepStarted() if self._strategy is not None:
                self._attempts[self._strategy] += 1
            case TransactionReturned(outcome=outcome) if self._strategy is not None:
                self._cost_lamports[self._strategy] += outcome.fee_lamports
            case RecoveryEnded():
                self._ended.append(event)
                self._strategy = None
            case StepEnded() | FlowResumed():
                self._strategy = None
            case _:
                pass

    def metrics(self) -> RecoveryMetrics | None:
        """Return the sums, or None when nothing was recovered or tried to be."""
        if not self._ended:
            return None
        recovered = [event for event in self._ended if event.outcome == "recovered"]
        failed = [event for event in self._ended if event.outcome != "recovered"]
        return RecoveryMetrics(
            total_attempts=sum(event.attempts for event in self._ended),
            successful_recoveries=len(recovered),
            failed_recoveries=len(failed),
            recoveries_by_strategy=_counts(event.strategy or "" for event in recovered),
            recoveries_by_failure=_counts(event.failure_class for event in recovered),
            failures_by_failure=_counts(event.failure_class for event in failed),
            attempts_by_strategy=dict(sorted(self._attempts.items())),
            cost_lamports_by_strategy=dict(sorted(self._cost_lamports.items())),
            timing={"recovery_ms": sum(event.recovery_ms for event in self._ended)},
        )


def _counts(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items()))
