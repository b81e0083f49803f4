"""What becomes of a benchmark in a suite."""

from __future__ import annotations

from dataclasses import dataclass

from reev_types.errors import ReevError
from reev_types.events import Event
from reev_types.results import TrialResult

__all__ = ["BadFile", "Outcome", "Trial", "passed"]


@dataclass(frozen=True, slots=True)
class Trial:
    """A finished run: its result and the journal that the result is derived from."""

    result: TrialResult
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class BadFile:
    """A benchmark that could not be loaded, and why."""

    path: str
    error: ReevError


Outcome = Trial | BadFile


def passed(outcome: Outcome) -> bool:
    """Tell whether a benchmark ran and passed."""
    return isinstance(outcome, Trial) and outcome.result.status == "passed"
