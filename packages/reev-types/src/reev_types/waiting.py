"""Waiting no longer than an injected clock allows."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from .times import Clock

__all__ = ["within"]

T = TypeVar("T")


async def within(clock: Clock, seconds: float, work: Coroutine[Any, Any, T]) -> T:
    """Return what ``work`` comes to; cancel it and raise TimeoutError when ``seconds`` pass on ``clock`` first.

    The work has ended when this does, also when this is cancelled.
    """
    task = asyncio.ensure_future(work)
    try:
        await asyncio.sleep(0)  # work that never waits is done by now and needs no timer
        if not task.done():
            await _until(task, clock, seconds)
        if not task.done():
            raise TimeoutError
        return task.result()
    finally:
        await _ended(task)


async def _until(task: asyncio.Future[Any], clock: Clock, seconds: float) -> None:
    timer = asyncio.ensure_future(clock.sleep(seconds))
    try:
        await asyncio.wait({task, timer}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        await _ended(timer)


async def _ended(task: asyncio.Future[Any]) -> None:
    task.cancel()
    await asyncio.wait({task})
    if not task.cancelled():
        task.exception()  # looked at, so that asyncio does not complain of one that nobody waits for any more
