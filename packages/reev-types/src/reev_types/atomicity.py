"""What a failed step does to its flow."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["AtomicMode"]


class AtomicMode(StrEnum):
    """The three ways in which a flow hangs together."""

    STRICT = "strict"
    """Any failed step ends the flow."""
    CONDITIONAL = "conditional"
    """A failed critical step ends the flow."""
    LENIENT = "lenient"
    """The flow goes on; steps that depend on a failed one are skipped."""
