"""The time of a flow: waiting may take none of it from anybody, and the limits on it bind all the same."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, TypeVar

from reev_types.times import Clock

__all__ = ["FlowTime"]

T = TypeVar("T")

_GRACE_S = 1.0
"""How long work that was cancelled may take to end."""


@dataclass(eq=False)
class _Limit:
    """A limit in force: ``reached`` once skipped time has come up to it, ``over`` once its work has ended."""

    deadline: float
    reached: bool = False
    skipped: asyncio.Event = field(default_factory=asyncio.Event)
    over: asyncio.Event = field(default_factory=asyncio.Event)


class FlowTime:
    """Implements ``Timekeeper`` over ``clock``, whose time is the real one.

    With ``skip``, ``sleep`` takes no real time: it moves ``monotonic`` on and awaits ``skip`` with the seconds, where a
    sandbox moves its chain's clock. Limits count both kinds of time. A sleep that comes up to a limit lets pass what
    is left of it, and then ends by being cancelled and not by itself. A flow waits for one thing at a time: sleeps at
    once would add up.
    """

    def __init__(self, clock: Clock, skip: Callable[[float], Awaitable[None]] | None = None) -> None:
        self._clock = clock
        self._skip = skip
        self._skipped_s = 0.0
        self._limits: list[_Limit] = []

    def now_iso(self) -> str:
        """Return the clock's present as ISO 8601 in UTC; skipped time is not in it."""
        return self._clock.now_iso()

    def monotonic(self) -> float:
        """Return seconds from an arbitrary origin, skipped ones included."""
        return self._clock.monotonic() + self._skipped_s

    async def sleep(self, seconds: float) -> None:
        """Let time pass, up to the nearest limit in force; whose work this is part of, that is then cancelled."""
        if self._skip is None:
            await self._clock.sleep(seconds)
            return
        left = max(0.0, seconds)
        while (limit := self._nearest()) is not None and (until := self._left(limit)) <= left:
            await self._pass(until, self._skip)
            limit.reached = True
            limit.skipped.set()
            left -= until
            # Only work outside of the limit lives on after it.
            await limit.over.wait()
        await self._pass(left, self._skip)

    async def within(
        self, seconds: float, work: Coroutine[Any, Any, T], stopping: Callable[[], None] | None = None
    ) -> T:
        """Return what ``work`` comes to; cancel it and raise TimeoutError when ``seconds`` are over first.

        ``stopping`` is called before work that is not done is cancelled, for whatever reason. Work that does not let
        itself be cancelled is left to itself a second of real time later.
        """
        if seconds <= 0:
            work.close()
            raise TimeoutError
        limit = _Limit(self.monotonic() + seconds)
        self._limits.append(limit)
        task = asyncio.ensure_future(work)
        try:
            await asyncio.sleep(0)  # work that never waits is done by now and needs no timer
            while not task.done() and self._left(limit) > 0:
                await self._watch(task, limit)
            if not task.done():
                raise TimeoutError
            return task.result()
        finally:
            self._limits.remove(limit)
            try:
                await self._stop(task, stopping)
            finally:
                limit.over.set()

    def _nearest(self) -> _Limit | None:
        """Return the limit that is reached first, the outermost of several."""
        return min((limit for limit in self._limits if not limit.reached), key=self._left, default=None)

    def _left(self, limit: _Limit) -> float:
        return 0.0 if limit.reached else max(0.0, limit.deadline - self.monotonic())

    async def _pass(self, seconds: float, skip: Callable[[float], Awaitable[None]]) -> None:
        if seconds <= 0:
            return
        await skip(seconds)
        self._skipped_s += seconds
        for limit in self._limits:
            limit.skipped.set()

    async def _watch(self, task: asyncio.Future[Any], limit: _Limit) -> None:
        """Wait until ``task`` is done, the limit's real time is over, or time was skipped."""
        limit.skipped.clear()
        await self._first(task, self._clock.sleep(self._left(limit)), limit.skipped.wait())

    async def _stop(self, task: asyncio.Future[Any], stopping: Callable[[], None] | None) -> None:
        task.add_done_callback(_looked_at)
        if task.done():
            return
        if stopping is not None:
            stopping()
        task.cancel()
        ended = asyncio.ensure_future(self._first(task, self._clock.sleep(_GRACE_S)))
        cancelled: asyncio.CancelledError | None = None
        while not ended.done():
            try:
                await asyncio.shield(ended)
            except asyncio.CancelledError as again:
                cancelled = again  # work must not outlive its limit because an outer one ends meanwhile
        if cancelled is not None:
            raise cancelled

    @staticmethod
    async def _first(task: asyncio.Future[Any], *others: Coroutine[Any, Any, Any]) -> None:
        """Wait for ``task`` or one of ``others``, which end with this."""
        beside = [asyncio.ensure_future(other) for other in others]
        try:
            await asyncio.wait({task, *beside}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for each in beside:
                each.cancel()
            await asyncio.gather(*beside, return_exceptions=True)


def _looked_at(task: asyncio.Future[Any]) -> None:
    """Look at how a task ended that nobody waits for any more, so that asyncio does not complain of it."""
    if not task.cancelled():
        task.exception()
