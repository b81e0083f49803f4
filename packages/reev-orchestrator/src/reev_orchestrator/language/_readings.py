"""What a sentence was read as."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from reev_types.errors import TextPlace
from reev_types.intents import Intent

from ._scenarios import Strategy

__all__ = ["Correction", "GoalWish", "ReadStep", "Reading"]


class Correction(NamedTuple):
    """A misspelt word and the word it was taken for."""

    typed: str
    meant: str
    place: TextPlace


class GoalWish(NamedTuple):
    """A multiple of a holding that a step should bring about, such as ``1.5x`` of the USDC."""

    mint: str
    multiple: Decimal
    step_id: str
    place: TextPlace


class ReadStep(NamedTuple):
    """One thing to do: its id (``swap_1``), its intent, and where the sentence says so."""

    step_id: str
    intent: Intent
    place: TextPlace


class Reading(NamedTuple):
    """A sentence understood; ``normalised`` says the same in the one form that the grammar prefers."""

    text: str
    steps: tuple[ReadStep, ...]
    goals: tuple[GoalWish, ...]
    corrections: tuple[Correction, ...]
    normalised: str
    read_by: str | None = None
    """The language model that read it, or None where the grammar did."""
    strategy: Strategy | None = None
    """What is to be brought about where no steps are named; the wallet decides which they are."""

    @property
    def intents(self) -> tuple[Intent, ...]:
        """What is to be done, in order."""
        return tuple(step.intent for step in self.steps)
