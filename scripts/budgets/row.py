"""What a budget is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One budget: ``limit`` is the most that may be measured, or the least when ``least`` is set."""

    name: str
    unit: str
    limit: float
    measure: Callable[[], float]
    least: bool = False

    def holds(self, value: float) -> bool:
        return value >= self.limit if self.least else value <= self.limit
