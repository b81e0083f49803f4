"""How often somebody may ask."""

from __future__ import annotations

import math
from dataclasses import dataclass

from reev_api._problems import ProblemError
from reev_types.times import Clock

__all__ = ["Rates"]

_MOST_KNOWN = 10_000


@dataclass(slots=True)
class _Bucket:
    left: float
    filled_s: float


class Rates:
    """A bucket of requests for each caller: it holds ``burst`` and gains ``per_second``."""

    def __init__(self, per_second: float, burst: int, clock: Clock) -> None:
        self._per_second = per_second
        self._burst = burst
        self._clock = clock
        self._buckets: dict[str, _Bucket] = {}

    def take(self, caller: str) -> None:
        """Count a request; raises ProblemError 429 ``too_many_requests``."""
        now_s = self._clock.monotonic()
        bucket = self._buckets.pop(caller, None) or _Bucket(self._burst, now_s)
        # Put in again, so that the one that has been silent for longest stands first.
        self._buckets[caller] = bucket
        bucket.left = min(self._burst, bucket.left + (now_s - bucket.filled_s) * self._per_second)
        bucket.filled_s = now_s
        self._forget_some()
        if bucket.left < 1:
            seconds = math.ceil((1 - bucket.left) / self._per_second)
            told = "you ask more often than this server answers"
            raise ProblemError(429, "too_many_requests", told, headers={"Retry-After": str(seconds)})
        bucket.left -= 1

    def _forget_some(self) -> None:
        if len(self._buckets) > _MOST_KNOWN:
            del self._buckets[next(iter(self._buckets))]
