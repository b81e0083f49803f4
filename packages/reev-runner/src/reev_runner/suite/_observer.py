"""Who is told while a suite runs."""

from __future__ import annotations

from typing import Protocol

from reev_types.events import Event

from ._outcomes import Outcome

__all__ = ["SilentObserver", "SuiteObserver"]


class SuiteObserver(Protocol):
    """Is told what happens while a suite runs."""

    def started(self, total: int) -> None:
        """So many benchmarks are about to run."""

    def trial_started(self, benchmark_id: str) -> None:
        """A benchmark begins."""

    def event(self, benchmark_id: str, event: Event) -> None:
        """Something happened in it."""

    def finished(self, outcome: Outcome) -> None:
        """It is over and on disk, or its file is bad."""


class SilentObserver:
    """An observer that takes no notice."""

    def started(self, total: int) -> None:
        """Take no notice."""

    def trial_started(self, benchmark_id: str) -> None:
        """Take no notice."""

    def event(self, benchmark_id: str, event: Event) -> None:
        """Take no notice."""

    def finished(self, outcome: Outcome) -> None:
        """Take no notice."""
