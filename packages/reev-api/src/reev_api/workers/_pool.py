"""The workers of a server: sessions go to the one with the fewest, and what dies is started again."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from pathlib import Path

from reev_types.recovery import Answer

from ._messages import Answered, Cancel, Ended, Failed, Ready, Report, Start, Stopped
from ._process import WorkerProcess

__all__ = ["Pool"]

_LOG = logging.getLogger(__name__)
_REST_S = 0.5
"""Before a worker that died is replaced, so that one that cannot live does not take a processor."""


class Pool:
    """Workers of one server. ``take`` hears every report, ``lost`` the sessions of a worker that died."""

    def __init__(
        self, root: Path, size: int, take: Callable[[Report], None], lost: Callable[[Sequence[str]], None]
    ) -> None:
        self._root = root
        self._size = size
        self._take = take
        self._lost = lost
        self._workers: list[WorkerProcess] = []
        self._watches: list[asyncio.Task[None]] = []
        self._is_closing = False

    @property
    def pids(self) -> tuple[int, ...]:
        """The numbers of the workers' processes."""
        return tuple(worker.pid for worker in self._workers)

    async def open(self) -> None:
        """Start the workers and return when all of them are ready."""
        ready = [asyncio.Event() for _ in range(self._size)]
        self._watches = [asyncio.create_task(self._keep(event)) for event in ready]
        await asyncio.gather(*(event.wait() for event in ready))

    def start(self, start: Start) -> bool:
        """Hand a session out; returns False where no worker lives at the moment."""
        worker = min(self._workers, key=lambda each: len(each.sessions), default=None)
        if worker is None:
            return False
        worker.sessions.add(start.session_id)
        worker.tell(start)
        return True

    def cancel(self, session_id: str) -> None:
        """Have a session stopped; its ``Stopped`` follows, unless it ended first."""
        for worker in self._holding(session_id):
            worker.tell(Cancel(session_id=session_id))

    def answer(self, session_id: str, question_id: str, answer: Answer) -> None:
        """Pass a person's answer on."""
        for worker in self._holding(session_id):
            worker.tell(Answered(session_id=session_id, question_id=question_id, answer=answer))

    async def close(self) -> None:
        """End the workers; what they have under way stays in its journals."""
        self._is_closing = True
        await asyncio.gather(*(worker.end() for worker in self._workers))
        for watch in self._watches:
            watch.cancel()
        await asyncio.gather(*self._watches, return_exceptions=True)

    def _holding(self, session_id: str) -> list[WorkerProcess]:
        return [worker for worker in self._workers if session_id in worker.sessions]

    async def _keep(self, ready: asyncio.Event) -> None:
        while not self._is_closing:
            worker = await WorkerProcess.start(self._root)
            async for report in worker.reports():
                self._heard(worker, report, ready)
            if worker in self._workers:
                self._workers.remove(worker)
            if self._is_closing:
                return
            _LOG.error("worker %d died with %d sessions", worker.pid, len(worker.sessions))
            await worker.end()
            self._lost(sorted(worker.sessions))
            await asyncio.sleep(_REST_S)

    def _heard(self, worker: WorkerProcess, report: Report, ready: asyncio.Event) -> None:
        match report:
            case Ready():
                self._workers.append(worker)
                ready.set()
            case Ended() | Failed() | Stopped():
                worker.sessions.discard(report.session_id)
            case _:
                pass
        self._take(report)
