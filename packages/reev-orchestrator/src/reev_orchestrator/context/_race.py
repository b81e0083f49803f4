"""Waiting for one answer no longer than the injected clock allows, and for several at once."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from reev_types.times import Clock

__all__ = ["together", "within"]

T = TypeVar("T")


async def within(clock: Clock, seconds: float, work: Coroutine[Any, Any, T]) -> T:
    """Return what ``work`` returns; when ``seconds`` pass first, it is cancelled and TimeoutError is raised."""
    task = asyncio.ensure_future(work)
    try:
        await asyncio.sleep(0)  # work that never waits is done by now and needs no timer
        if not task.done():
            await _first(task, clock, seconds)
        if not task.done():
            raise TimeoutError
        return task.result()
    finally:
        task.cancel()


async def _first(task: asyncio.Future[Any], clock: Clock, seconds: float) -> None:
    timer = asyncio.ensure_future(clock.sleep(seconds))
    try:
        await asyncio.wait({task, timer}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        timer.cancel()


async def together(*work: Coroutine[Any, Any, T]) -> list[T]:
    """Return what all return, in order; the first error ends the others."""
    tasks = [asyncio.ensure_future(each) for each in work]
    try:
        return await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
