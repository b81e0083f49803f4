"""Sessions that wait for their turn."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from reev_api.workers import Start

__all__ = ["WaitingRoom"]


class WaitingRoom:
    """Lets at most ``concurrency`` sessions run, and ``queue`` more wait.

    ``begin`` is called with whose turn it is, and returns False where nobody can take it at the moment.
    """

    def __init__(self, concurrency: int, queue: int, begin: Callable[[Start], bool]) -> None:
        self._concurrency = concurrency
        self._queue = queue
        self._begin = begin
        self._reserved = 0
        self._waiting: deque[Start] = deque()
        self._running: set[str] = set()

    @property
    def running(self) -> int:
        """How many sessions are under way."""
        return len(self._running)

    @property
    def waiting(self) -> int:
        """How many wait."""
        return len(self._waiting)

    def reserve(self) -> bool:
        """Keep a place for a session that is about to be accepted; returns False where there is none."""
        if self._reserved + len(self._waiting) + len(self._running) >= self._concurrency + self._queue:
            return False
        self._reserved += 1
        return True

    def give_back(self) -> None:
        """Give a reserved place back."""
        self._reserved -= 1

    def enter(self, start: Start) -> None:
        """Have a session wait for its turn, whether or not a place was kept for it."""
        self._waiting.append(start)
        self.fill()

    def fill(self) -> None:
        """Begin what may begin."""
        while self._waiting and len(self._running) < self._concurrency:
            if not self._begin(self._waiting[0]):
                return
            self._running.add(self._waiting.popleft().session_id)

    def leave(self, session_id: str) -> bool:
        """Take a session out that waits; returns False where it does not."""
        found = next((start for start in self._waiting if start.session_id == session_id), None)
        if found is None:
            return False
        self._waiting.remove(found)
        return True

    def done(self, session_id: str) -> None:
        """Note that a session is not under way any more."""
        self._running.discard(session_id)
        self.fill()
