"""An event loop for one call."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from reev_types.errors import UsageError

__all__ = ["in_own_loop"]

T = TypeVar("T")


def in_own_loop(work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run ``work`` to its end; raises UsageError ``running_loop`` where a loop runs in this thread already."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work())
    raise UsageError(
        "running_loop",
        "an event loop is running in this thread, and a suite needs one of its own",
        suggestions=("await asyncio.to_thread(run_benchmark, …)",),
    )
