"""What a failed step does to its flow, and what becomes of a flow that ends early."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["AtomicMode", "OnAbort"]


class AtomicMode(StrEnum):
    """The three ways in which a flow hangs together."""

    STRICT = "strict"
    """Any failed step ends the flow."""
    CONDITIONAL = "conditional"
    """A failed critical step ends the flow."""
    LENIENT = "lenient"
    """The flow goes on; steps that depend on a failed one are skipped."""


class OnAbort(StrEnum):
    """What becomes of the steps that were carried out before a flow was aborted."""

    LEAVE = "leave"
    """They stay as they are."""
    ROLLBACK = "rollback"
    """The chain goes back to where the flow began; only a sandbox can."""
    COMPENSATE = "compensate"
    """They are undone by steps of their own, such as swapping back, at a cost that is reported."""
