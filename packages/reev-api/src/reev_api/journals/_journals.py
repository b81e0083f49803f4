"""What streams need of journals."""

from __future__ import annotations

from typing import NamedTuple, Protocol

__all__ = ["JournalLine", "Journals"]


class JournalLine(NamedTuple):
    """One event: its number, its type, and all of it as JSON."""

    seq: int
    type: str
    data: str


class Journals(Protocol):
    """Where journals are read. Workers write an event before they announce it."""

    async def read(self, session_id: str, start: int, limit: int) -> tuple[JournalLine, ...]:
        """Return at most ``limit`` events from number ``start`` on; none where there are none yet."""
