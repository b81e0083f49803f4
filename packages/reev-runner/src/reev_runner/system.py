"""The real clock and real ids: handed in at the edge, so that nothing inside depends on them."""

from __future__ import annotations

import asyncio
import os
import time
from datetime import UTC, datetime

__all__ = ["SystemClock", "SystemIds"]


class SystemClock:
    """The machine's clock; implements ``reev_types.times.Clock``."""

    def now_iso(self) -> str:
        """Return the present as ISO 8601 in UTC with milliseconds."""
        now = datetime.fromtimestamp(time.time_ns() // 1_000_000 / 1_000, tz=UTC)
        return now.isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def monotonic(self) -> float:
        """Return seconds that never run backwards."""
        return time.perf_counter()

    async def sleep(self, seconds: float) -> None:
        """Let time pass."""
        await asyncio.sleep(seconds)


class SystemIds:
    """Ids from the time and the system's randomness; implements ``reev_types.times.IdSource``."""

    def __init__(self, clock: SystemClock | None = None) -> None:
        self._clock = clock or SystemClock()

    def session_id(self) -> str:
        """Return an id such as ``20261122-120000-1f2e3d4c5b6a``: sortable, and unique by 48 random bits."""
        stamp = self._clock.now_iso()[:19].replace("-", "").replace(":", "").replace("T", "-")
        return f"{stamp}-{os.urandom(6).hex()}"
