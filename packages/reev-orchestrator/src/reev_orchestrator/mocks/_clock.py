"""Time that stands still until somebody lets it pass."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

__all__ = ["PausedClock"]

_START = datetime(2026, 1, 1, tzinfo=UTC)
_TURNS = 50


class PausedClock:
    """A ``Clock`` that only ``advance`` moves; who sleeps on it waits for that."""

    def __init__(self) -> None:
        self._passed_s = 0.0
        self._sleepers: list[tuple[float, asyncio.Future[None]]] = []

    def now_iso(self) -> str:
        """Return the present as ISO 8601 in UTC with milliseconds."""
        now = _START + timedelta(seconds=self._passed_s)
        return now.isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def monotonic(self) -> float:
        """Return the seconds that have passed."""
        return self._passed_s

    async def sleep(self, seconds: float) -> None:
        """Wait until ``seconds`` have passed."""
        awake = asyncio.get_running_loop().create_future()
        self._sleepers.append((self._passed_s + seconds, awake))
        await awake

    async def advance(self, seconds: float) -> None:
        """Let time pass: everything under way gets its turn before and after, and wakes those whose time has come."""
        await _turns()
        self._passed_s += seconds
        for until, awake in self._sleepers:
            if until <= self._passed_s and not awake.done():
                awake.set_result(None)
        self._sleepers = [(until, awake) for until, awake in self._sleepers if not awake.done()]
        await _turns()


async def _turns() -> None:
    for _ in range(_TURNS):
        await asyncio.sleep(0)
