"""The one error of reaching a foreign agent; what it answers badly is its own failure and no error of reev."""

from __future__ import annotations

from reev_types.errors import BackendError

__all__ = ["ForeignAgentError"]


class ForeignAgentError(BackendError):
    """There is no connection to the agent (``agent_unreachable``), which says nothing about what it can do."""
