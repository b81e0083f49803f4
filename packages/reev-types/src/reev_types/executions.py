"""The life of an execution as seen from outside; names follow the original."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from ._model import Model

__all__ = ["ExecutionState", "ExecutionStatus"]


class ExecutionStatus(StrEnum):
    """Where an execution stands."""

    QUEUED = "queued"
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    STOPPED = "stopped"
    TIMEOUT = "timeout"


class ExecutionState(Model):
    """One execution; its id is that of the session and the journal."""

    execution_id: str
    benchmark_id: str
    agent: str
    status: ExecutionStatus = ExecutionStatus.QUEUED
    progress: float | None = None
    error_message: str | None = None
    result_data: dict[str, Any] | None = None
    metadata: dict[str, Any] = {}
    timing: dict[str, Any] = {}
    """``created_at`` and ``updated_at``, ISO 8601."""
