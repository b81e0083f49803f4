"""A session that is under way, as its watchers share it."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from functools import cached_property

from reev_api.journals import JournalLine

from ._ending import ENDED

__all__ = ["Frame", "Topic"]

_KEPT = 256
"""Events kept in memory; who is further behind reads the journal."""


class Frame:
    """One event, written out once for all who watch."""

    def __init__(self, line: JournalLine) -> None:
        self.line = line

    @property
    def is_last(self) -> bool:
        """Whether nothing follows."""
        return self.line.type == ENDED

    @cached_property
    def sse(self) -> bytes:
        """The event as a message of Server-Sent Events; JSON has no line breaks of its own."""
        line = self.line
        return f"id: {line.seq}\nevent: {line.type}\ndata: {line.data}\n\n".encode()


class Topic:
    """The newest events of a session, and how it ended; watchers keep their own place, so none of them slows it."""

    def __init__(self, *, is_fresh: bool) -> None:
        self.is_over = False
        """Whether it will say no more."""
        self.final: Frame | None = None
        self._next: int | None = 0 if is_fresh else None
        self._kept: deque[Frame] = deque(maxlen=_KEPT)
        self._changed = asyncio.Event()

    def has(self, position: int) -> bool:
        """Tell whether everything from number ``position`` on that has happened is here."""
        return self._next is not None and position >= self._next - len(self._kept)

    def since(self, position: int) -> Sequence[Frame]:
        """Return the kept events from number ``position`` on."""
        behind = 0 if self._next is None else self._next - position
        return tuple(self._kept)[-behind:] if behind > 0 else ()

    def publish(self, line: JournalLine) -> None:
        """Tell what happened."""
        self._kept.append(Frame(line))
        self._next = line.seq + 1
        self._wake()

    def end(self, line: JournalLine) -> None:
        """Tell how it ended."""
        self.final = Frame(line)
        self.is_over = True
        self._wake()

    def release(self) -> None:
        """Let watchers go; they may come back later."""
        self.is_over = True
        self._wake()

    def changed(self) -> asyncio.Event:
        """Return what is set at the next change after this call."""
        return self._changed

    def _wake(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()
