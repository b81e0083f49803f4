"""What the outcomes of a suite add up to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from reev_runner.suite import BadFile, Outcome, Trial
from reev_types.results import ModelUsage

__all__ = ["Tally", "duration_ms", "exit_status", "tally"]

_STATUSES = {"passed": 0, "failed": 1, "error": 3}
_LONGEST_MS = 10**15


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts over a suite."""

    passed: int
    failed: int
    errors: int
    bad_files: int
    average_score: float | None
    """Over the trials that were judged, rounded to six decimals; None where there are none."""
    duration_ms: Decimal
    model_usage: ModelUsage | None
    """What asking models took; None where none was asked. The cost is None as soon as one price is not known."""

    @property
    def total(self) -> int:
        """The number of benchmarks that were tried."""
        return self.passed + self.failed + self.errors + self.bad_files

    @property
    def all_passed(self) -> bool:
        """Whether nothing but passed trials was counted."""
        return self.passed == self.total


def tally(outcomes: Sequence[Outcome]) -> Tally:
    """Add up ``outcomes``."""
    results = [outcome.result for outcome in outcomes if isinstance(outcome, Trial)]
    statuses = [result.status for result in results]
    scores = [Fraction(result.judgement.score) for result in results if result.judgement]
    return Tally(
        passed=statuses.count("passed"),
        failed=statuses.count("failed"),
        errors=statuses.count("error"),
        bad_files=len(outcomes) - len(results),
        average_score=float(round(sum(scores, Fraction(0)) / len(scores), 6)) if scores else None,
        duration_ms=sum((duration_ms(result.timing) for result in results), Decimal(0)),
        model_usage=_model_usage([result.flow.metrics.model_usage for result in results]),
    )


def exit_status(outcomes: Sequence[Outcome]) -> int:
    """Return 0 when all passed, 1 when some failed, 2 for a bad file, 3 when the environment failed; the highest wins.

    The order is that of doubt: a run in which the environment failed says nothing about the agent.
    """
    return max((_status(outcome) for outcome in outcomes), default=0)


def duration_ms(timing: dict[str, Any]) -> Decimal:
    """Return how long a run took, 0 where its ``timing`` does not say."""
    value = timing.get("duration_ms")
    # A journal that was edited may hold anything; no number beyond these is a time, NaN least of all.
    known = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < _LONGEST_MS
    return Decimal(str(value)) if known else Decimal(0)


def _model_usage(usages: Sequence[ModelUsage | None]) -> ModelUsage | None:
    asked = [usage for usage in usages if usage is not None]
    if not asked:
        return None
    costs = [usage.cost_micro_usd for usage in asked if usage.cost_micro_usd is not None]
    return ModelUsage(
        model_calls=sum(usage.model_calls for usage in asked),
        input_tokens=sum(usage.input_tokens for usage in asked),
        output_tokens=sum(usage.output_tokens for usage in asked),
        cost_micro_usd=sum(costs) if len(costs) == len(asked) else None,
        is_estimated=any(usage.is_estimated for usage in asked),
    )


def _status(outcome: Outcome) -> int:
    return outcome.error.exit_status if isinstance(outcome, BadFile) else _STATUSES[outcome.result.status]
