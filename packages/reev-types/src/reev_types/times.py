"""Time and identity as things that are handed in, so that no result depends on them."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, Protocol, TypeVar

__all__ = ["Clock", "IdSource", "Timekeeper"]

T = TypeVar("T")


class Clock(Protocol):
    """Wall time for people and monotonic time for limits."""

    def now_iso(self) -> str:
        """Return the present as ISO 8601 in UTC, such as ``2026-11-22T12:00:00.000Z``."""

    def monotonic(self) -> float:
        """Return seconds from an arbitrary origin that never run backwards."""

    async def sleep(self, seconds: float) -> None:
        """Let time pass."""


class Timekeeper(Clock, Protocol):
    """A clock whose limits bind: ``sleep`` may let time pass without taking any, and still reaches them."""

    async def within(
        self, seconds: float, work: Coroutine[Any, Any, T], stopping: Callable[[], None] | None = None
    ) -> T:
        """Return what ``work`` comes to; cancel it and raise TimeoutError when ``seconds`` are over first.

        ``stopping`` is called before work that is not done is cancelled, for whatever reason.
        """


class IdSource(Protocol):
    """Where session ids come from."""

    def session_id(self) -> str:
        """Return an id never handed out before, safe as a folder name."""
