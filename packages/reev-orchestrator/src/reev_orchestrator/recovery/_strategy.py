"""What a strategy is, and what it can come to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from ._attempts import Rescue
from ._steps import Decided

__all__ = ["Passed", "Repaired", "Strategy", "StrategyResult"]


@dataclass(frozen=True, slots=True)
class Repaired:
    """The step was done, or as much of it as the strategy set out to do; ``Rescue`` knows the differences."""


@dataclass(frozen=True, slots=True)
class Passed:
    """It did not help, or does not apply: the next strategy gets the newest failure."""


StrategyResult = Repaired | Passed | Decided


class Strategy(Protocol):
    """One way to recover a step."""

    @property
    def name(self) -> str:
        """The name that decisions are recorded under."""

    async def recover(self, rescue: Rescue) -> StrategyResult:
        """Recover what is left of the step by ``rescue.attempt``, and put every decision on record.

        It is cancelled when the time for recovery is over. Raises nothing else but what it cannot help.
        """
