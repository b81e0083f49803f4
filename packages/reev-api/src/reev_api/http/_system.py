"""Whether the server works."""

from __future__ import annotations

from importlib.metadata import version
from typing import Literal

from fastapi import APIRouter

from reev_api._model import ApiModel

from ._services import Served

__all__ = ["router"]

router = APIRouter(tags=["system"])


class Health(ApiModel):
    """A server that answers."""

    status: Literal["healthy"] = "healthy"
    version: str
    timestamp: str
    running: int
    """Flows under way."""
    waiting: int
    """Flows that wait for their turn."""


@router.get("/health")
async def health(services: Served) -> Health:
    """Say that the server works; this takes no token."""
    room = services.executions.room
    return Health(
        version=version("reev-api"),
        timestamp=services.clock.now_iso(),
        running=room.running,
        waiting=room.waiting,
    )
