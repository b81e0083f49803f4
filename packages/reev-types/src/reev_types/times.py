"""Time and identity as things that are handed in, so that no result depends on them."""

from __future__ import annotations

from typing import Protocol

__all__ = ["Clock", "IdSource"]


class Clock(Protocol):
    """Wall time for people and monotonic time for limits."""

    def now_iso(self) -> str:
        """Return the present as ISO 8601 in UTC, such as ``2026-11-22T12:00:00.000Z``."""

    def monotonic(self) -> float:
        """Return seconds from an arbitrary origin that never run backwards."""

    async def sleep(self, seconds: float) -> None:
        """Let time pass."""


class IdSource(Protocol):
    """Where session ids come from."""

    def session_id(self) -> str:
        """Return an id never handed out before, safe as a folder name."""
