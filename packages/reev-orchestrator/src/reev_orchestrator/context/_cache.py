"""One request at a time for a key, its answer kept, and an old answer where there is no new one."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Coroutine, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Generic, Self, TypeAlias, TypeVar

from reev_types.errors import BackendError, SourceError
from reev_types.times import Clock
from reev_types.waiting import within

from ._metrics import CacheCounts
from ._settings import CacheLimits
from ._store import Entry, Store

__all__ = ["Cache", "Fetch", "Lookup", "Outcome"]

T = TypeVar("T")

Fetch: TypeAlias = Callable[[tuple[str, ...]], Awaitable[Mapping[str, T | BackendError]]]
"""Answers for every key, with an error for those that the source failed at."""
Outcome: TypeAlias = Entry[T] | BackendError
_Outcomes: TypeAlias = Mapping[str, Outcome[T]]


class _Flight(Generic[T]):
    """A request on its way, for one or several keys; it ends when nobody waits for it any more."""

    def __init__(self, keys: tuple[str, ...], fly: Callable[[_Flight[T]], Coroutine[Any, Any, _Outcomes[T]]]) -> None:
        self.keys = keys
        self.waiting = 0
        self.task = asyncio.ensure_future(fly(self))


@dataclass(frozen=True, slots=True)
class Lookup(Generic[T]):
    """Keys that were looked up: what was there, and the requests for the rest. Leave it as a context manager."""

    cache: Cache[T]
    found: dict[str, Outcome[T]]
    flights: dict[str, _Flight[T]] = field(default_factory=dict)

    async def answers(self) -> _Outcomes[T]:
        """Return an entry or an error for every key; an entry that stands in for a newer one has a ``fault``."""
        arrived = {key: (await asyncio.shield(flight.task))[key] for key, flight in self.flights.items()}
        return self.found | arrived

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for flight in set(self.flights.values()):
            self.cache.leave(flight)


class Cache(Generic[T]):
    """Looks keys up, asking ``fetch`` for what is missing: once, however many ask at the same time."""

    def __init__(self, content: str, fetch: Fetch[T], limits: CacheLimits, clock: Clock, counts: CacheCounts) -> None:
        self._content = content
        self._fetch = fetch
        self._limits = limits
        self._clock = clock
        self._counts = counts
        self._store: Store[T] = Store(limits, counts, clock.monotonic)
        self._flights: dict[str, _Flight[T]] = {}

    def look_up(self, keys: Collection[str]) -> Lookup[T]:
        """Start asking for what is not at hand; needs a running event loop."""
        now = self._clock.monotonic()
        fresh = {key: self._store.fresh(key, now) for key in keys}
        found: dict[str, Outcome[T]] = {key: entry for key, entry in fresh.items() if entry is not None}
        absent = tuple(key for key in fresh if key not in found)
        missing = tuple(key for key in absent if key not in self._flights)
        if missing:
            self._depart(missing)
        flights = {key: self._flights[key] for key in absent}
        for flight in set(flights.values()):
            flight.waiting += 1
        self._counts.hits += len(found)
        self._counts.misses += len(missing)
        self._counts.joined += len(absent) - len(missing)
        return Lookup(self, found, flights)

    def latest(self, key: str) -> T | None:
        """Return what was last known of a key, however old."""
        entry = self._store.get(key)
        return entry.value if entry is not None else None

    def drop(self, key: str) -> None:
        """Forget a key: a request on its way still answers those who wait for it, and nobody after them."""
        self._flights.pop(key, None)
        if self._store.pop(key, None) is not None:
            self._counts.invalidations += 1

    def leave(self, flight: _Flight[T]) -> None:
        """Wait for a request no longer."""
        flight.waiting -= 1
        if flight.waiting == 0:
            flight.task.cancel()
            self._land(flight)

    def _depart(self, keys: tuple[str, ...]) -> None:
        self._flights |= dict.fromkeys(keys, _Flight(keys, self._ask))

    def _land(self, flight: _Flight[T]) -> None:
        for key in flight.keys:
            if self._flights.get(key) is flight:
                del self._flights[key]

    async def _ask(self, flight: _Flight[T]) -> _Outcomes[T]:
        asked_at = self._clock.monotonic()
        answers = await self._answers(flight.keys)
        outcomes = {key: self._outcome(key, answers[key], asked_at, flight) for key in flight.keys}
        self._land(flight)
        return outcomes

    async def _answers(self, keys: tuple[str, ...]) -> Mapping[str, T | BackendError]:
        patience_s = self._limits.patience_s
        try:
            return await within(self._clock, patience_s, self._fetched(keys))
        except TimeoutError:
            fault: BackendError = SourceError(
                "timeout", f"no {self._content} within {patience_s:g} s", suggestions=("ask again later",)
            )
        except BackendError as error:
            fault = error
        return dict.fromkeys(keys, fault)

    async def _fetched(self, keys: tuple[str, ...]) -> Mapping[str, T | BackendError]:
        return await self._fetch(keys)

    def _outcome(self, key: str, answer: T | BackendError, asked_at: float, flight: _Flight[T]) -> Outcome[T]:
        if isinstance(answer, BackendError):
            known = self._store.get(key)
            if known is None:
                return answer
            self._counts.stale += 1
            return Entry(known.value, known.asked_at, answer)
        entry = Entry(answer, asked_at)
        if self._flights.get(key) is flight:
            self._store[key] = entry
        return entry
