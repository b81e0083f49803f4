"""A bounded store that knows how old its entries are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from cachetools import TTLCache

from ._metrics import CacheCounts
from ._settings import CacheLimits

__all__ = ["Entry", "Store"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Entry(Generic[T]):
    """A value and when it was asked for, in seconds of the monotonic clock."""

    value: T
    asked_at: float
    fault: Exception | None = None
    """Why there is no newer value, where one was wanted."""


class Store(TTLCache[str, Entry[T]]):
    """Entries by key, least recently used out first; an entry is gone once it is too old to stand in for anything."""

    def __init__(self, limits: CacheLimits, counts: CacheCounts, timer: Callable[[], float]) -> None:
        super().__init__(maxsize=limits.capacity, ttl=limits.stale_s, timer=timer)
        self._fresh_s = limits.fresh_s
        self._counts = counts

    def fresh(self, key: str, now: float) -> Entry[T] | None:
        """Return the entry if it need not be asked for again."""
        entry = self.get(key)
        return entry if entry is not None and now - entry.asked_at < self._fresh_s else None

    def popitem(self) -> tuple[str, Entry[T]]:
        """Drop the least recently used entry."""
        self._counts.evictions += 1
        return super().popitem()
