"""Waiting no longer than there is time."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from reev_types.times import Clock

__all__ = ["within"]

T = TypeVar("T")


async def within(clock: Clock, seconds: float | None, work: Coroutine[Any, Any, T]) -> T | None:
    """Return what ``work`` returns, or None when ``seconds`` pass on ``clock`` first; then it is cancelled."""
    if seconds is None:
        return await work
    task = asyncio.ensure_future(work)
    # Work that never waits is done after one turn of the loop; no time need be taken for it.
    try:
        await asyncio.sleep(0)
        if not task.done():
            await _until(task, clock, seconds)
        return task.result() if task.done() else None
    finally:
        await _stopped(task)


async def _until(task: asyncio.Future[Any], clock: Clock, seconds: float) -> None:
    timer = asyncio.ensure_future(clock.sleep(seconds))
    try:
        await asyncio.wait({task, timer}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        await _stopped(timer)


async def _stopped(task: asyncio.Future[Any]) -> None:
    task.cancel()
    await asyncio.wait({task})
    if not task.cancelled():
        task.exception()  # looked at, so that asyncio does not complain of one that nobody waits for any more
