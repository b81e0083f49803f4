"""What recovery needs of whoever carries steps out, and what it says when it is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from reev_types.contexts import PromptContext
from reev_types.intents import Intent
from reev_types.recovery import StepFailure, StepPart

__all__ = [
    "AttemptReport",
    "DeadlineReached",
    "Decided",
    "Exhausted",
    "FailedStep",
    "Recovered",
    "Recovery",
    "StepExecutor",
    "Succeeded",
]


@dataclass(frozen=True, slots=True)
class FailedStep:
    """The step that failed, as it was asked for."""

    step_id: str
    description: str
    intent: Intent | None
    """None where the step has no typed form; it can then be attempted again and asked about, and not rewritten."""
    left: tuple[StepPart, ...] = ()
    """The parts with exact intents that are left of a step of which something was done before; empty for all of it."""


@dataclass(frozen=True, slots=True)
class Succeeded:
    """An attempt did what it should."""


AttemptReport = Succeeded | StepFailure


class StepExecutor(Protocol):
    """Carries attempts of one step out for real."""

    async def attempt(self, part: StepPart) -> AttemptReport:
        """Attempt ``part`` on fresh context and a fresh quote, once the fate of everything sent before is known.

        What has landed already is not carried out again. A failure is a report; only cancellation is raised.
        """

    async def context(self) -> PromptContext:
        """Return the context of this moment; raises BackendError."""

    @property
    def fees_lamports(self) -> int:
        """What the step's attempts have paid in fees so far."""


@dataclass(frozen=True, slots=True)
class Recovered:
    """The step was done after all, or as much of it as could be."""

    strategy: str
    changed: tuple[str, ...] = ()
    """What was done differently from what was asked, in words."""
    missed: tuple[str, ...] = ()
    """What was asked and not done, in words."""


@dataclass(frozen=True, slots=True)
class Exhausted:
    """Nothing helped; ``failure`` is the last one."""

    failure: StepFailure
    missed: tuple[str, ...] = ()
    """What was asked and not done, where a part was."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A person, or the declared default, ends the recovery."""

    choice: Literal["skip", "abort"]
    by: Literal["person", "default"]


@dataclass(frozen=True, slots=True)
class DeadlineReached:
    """The time for recovery is over."""

    scope: Literal["step", "flow"]


Recovery = Recovered | Exhausted | Decided | DeadlineReached
