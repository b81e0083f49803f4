"""A clock that moves only when somebody sleeps on it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

__all__ = ["SteppedClock"]

_START = datetime(2026, 1, 1, tzinfo=UTC)


class SteppedClock:
    """Sleeps end at once and move the time; ``sleeps`` remembers them in seconds."""

    def __init__(self) -> None:
        self.passed_s = 0.0
        self.sleeps: list[float] = []

    def now_iso(self) -> str:
        """Return the present as ISO 8601 in UTC with milliseconds."""
        present = _START + timedelta(seconds=self.passed_s)
        return present.isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def monotonic(self) -> float:
        """Return the seconds slept so far."""
        return self.passed_s

    async def sleep(self, seconds: float) -> None:
        """Move the time, after everybody else had a turn."""
        await asyncio.sleep(0)
        self.sleeps.append(seconds)
        self.passed_s += seconds
