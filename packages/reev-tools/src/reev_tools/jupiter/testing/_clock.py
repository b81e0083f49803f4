"""Time that a test lets pass."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

__all__ = ["ManualClock"]

_START = datetime(2026, 11, 22, 12, tzinfo=UTC)


class ManualClock:
    """A ``Clock`` from 2026-11-22T12:00Z on which nothing takes time but sleeping; ``slept`` lists every sleep."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    def now_iso(self) -> str:
        """Return the start plus all sleeps."""
        now = _START + timedelta(seconds=self.monotonic())
        return now.isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def monotonic(self) -> float:
        """Return the seconds slept so far."""
        return sum(self.slept)

    async def sleep(self, seconds: float) -> None:
        """Let ``seconds`` pass at once."""
        self.slept.append(seconds)
