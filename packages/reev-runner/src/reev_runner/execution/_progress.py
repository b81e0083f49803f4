"""How far a flow has come."""

from __future__ import annotations

from dataclasses import dataclass, field

from reev_types.contexts import PreviousResult
from reev_types.recovery import StepFailure, StepPart
from reev_types.recovery_events import RecoveryDecided, RecoveryEnded

from ._memory import StepMemory

__all__ = ["FlowProgress", "Interrupted"]


@dataclass(frozen=True, slots=True)
class Interrupted:
    """The step that was under way when a run was interrupted."""

    step_id: str
    attempts: int
    """How many attempts had begun."""
    failure: StepFailure
    """Why the newest attempt is not the last one."""
    is_between_attempts: bool = False
    """Whether that attempt was over, so that recovery had the word."""
    parts: tuple[StepPart, ...] = ()
    """The parts of the alternative that was under way, if one was."""
    recovered: RecoveryEnded | None = None
    """What recovery had come to, if it had."""
    chosen: RecoveryDecided | None = None
    """That the step is to be skipped or the flow to be aborted, if somebody had decided so."""


@dataclass(slots=True)
class FlowProgress:
    """What is behind a flow; empty at its beginning."""

    results: list[PreviousResult] = field(default_factory=list)
    """Of the steps that were carried out, in their order."""
    memories: dict[str, StepMemory] = field(default_factory=dict)
    """By step, what its attempts have done."""
    ended: set[str] = field(default_factory=set)
    """The steps that are over, skipped ones and those that undo others included."""
    compensated: int = 0
    """How many calls have been reported as undone, or as impossible to undo."""
    failed: dict[str, str] = field(default_factory=dict)
    """By step, why it failed."""
    aborted: bool = False
    rolled_back: bool = False
    interrupted: Interrupted | None = None

    def memory_of(self, step_id: str) -> StepMemory:
        """Return what the attempts of a step have done so far."""
        return self.memories.setdefault(step_id, StepMemory())

    def take_interrupted(self, step_id: str) -> Interrupted | None:
        """Return how a step was interrupted, once."""
        found = self.interrupted
        if found is None or found.step_id != step_id:
            return None
        self.interrupted = None
        return found
