"""Fewer requests than the gateway counts."""

from __future__ import annotations

from collections import deque

from reev_types.times import Clock

__all__ = ["RateLimiter"]

_WINDOW_SECONDS = 60.0


class RateLimiter:
    """Admits as many requests as the gateway does: a minute's worth in any minute, at once if need be."""

    def __init__(self, per_second: float, clock: Clock) -> None:
        slots = max(1, int(per_second * _WINDOW_SECONDS))
        self._window = slots / per_second
        self._starts: deque[float] = deque(maxlen=slots)
        self._clock = clock

    async def admit(self) -> None:
        """Return as soon as one more request may be sent; requests are admitted in order."""
        now = self._clock.monotonic()
        start = max(now, self._starts[0] + self._window) if len(self._starts) == self._starts.maxlen else now
        self._starts.append(start)
        if start > now:
            await self._clock.sleep(start - now)
