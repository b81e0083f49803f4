"""The life of sessions."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from typing import Any, assert_never

from pydantic import TypeAdapter

from reev_api._problems import ProblemError
from reev_api.journals import JournalLine, Journals
from reev_api.live import Live
from reev_api.settings import ServerSettings
from reev_api.storage import Accepted, NewSession, SessionDetails, SessionEnding, Storage
from reev_api.workers import (
    Ended,
    Failed,
    Happened,
    LandedTransaction,
    Order,
    Planned,
    Pool,
    Ready,
    Report,
    Start,
    Stopped,
)
from reev_types.executions import ExecutionStatus
from reev_types.recovery import Answer

from ._questions import OpenQuestions
from ._waiting import WaitingRoom

__all__ = ["Executions"]

_LOG = logging.getLogger(__name__)
_ORDER: TypeAdapter[Order] = TypeAdapter(Order)
_LANDED: TypeAdapter[tuple[LandedTransaction, ...]] = TypeAdapter(tuple[LandedTransaction, ...])
_STOP_WITHIN_S = 10
_MOST_STARTS = 3
"""A session whose worker dies so often is given up: it may be what kills them."""
_LONGEST_JOURNAL = 1_000_000


class Executions:
    """Accepts sessions, has workers carry them out, and keeps what becomes of them."""

    def __init__(self, storage: Storage, journals: Journals, live: Live, settings: ServerSettings) -> None:
        self.questions = OpenQuestions()
        self._storage = storage
        self._journals = journals
        self._live = live
        self._grace_s = settings.grace_s
        self._pool = Pool(settings.journals, settings.workers, self._take, self._lost)
        self.room = WaitingRoom(settings.concurrency, settings.queue, self._begin)
        self._starts: dict[str, list[Start]] = {}
        """By session that is under way, how often it was begun."""
        self._over: dict[str, asyncio.Event] = {}
        self._background: set[asyncio.Task[None]] = set()

    @property
    def worker_pids(self) -> tuple[int, ...]:
        """The numbers of the workers' processes."""
        return self._pool.pids

    async def open(self) -> None:
        """Start the workers, and go on with what had no end when the server was last here."""
        await self._pool.open()
        for session in await self._storage.unfinished():
            self._live.open(session.session_id, is_fresh=False)
            self._enter(Start(session_id=session.session_id, order=_ORDER.validate_json(session.order)))

    async def close(self) -> None:
        """Let flows under way end for a while, then leave the rest to the next start."""
        deadline = asyncio.get_running_loop().time() + self._grace_s
        while self._over and asyncio.get_running_loop().time() < deadline:
            events = [asyncio.create_task(over.wait()) for over in self._over.values()]
            await asyncio.wait(events, timeout=deadline - asyncio.get_running_loop().time())
            for event in events:
                event.cancel()
        await self._pool.close()
        await asyncio.gather(*self._background, return_exceptions=True)

    async def accept(self, new: NewSession, order: Order) -> Accepted:
        """Keep a session and have it carried out, or return the one that its idempotency key stands for.

        Raises ProblemError 429 ``queue_full`` and 409 ``idempotency_key_reused``, StorageError.
        """
        if not self.room.reserve():
            known = await self._storage.by_key(new.owner, new.idempotency_key) if new.idempotency_key else None
            if known is None:
                raise _queue_full()
            return _checked(Accepted(known, is_new=False), new)
        try:
            accepted = await self._storage.accept(new)
        finally:
            self.room.give_back()
        if accepted.is_new:
            self._live.open(new.session_id, is_fresh=True)
            self._enter(Start(session_id=new.session_id, order=order))
        return _checked(accepted, new)

    async def stop(self, session: SessionDetails) -> None:
        """Stop a session and return when it is over, or after a while all the same.

        Raises ProblemError 409 ``already_ended``.
        """
        if session.ended_at is not None:
            if session.status is ExecutionStatus.STOPPED:
                return
            raise ProblemError(409, "already_ended", f"the session {session.session_id} has ended")
        over = self._over.get(session.session_id)
        if self.room.leave(session.session_id):
            events = len(await self._journals.read(session.session_id, 0, _LONGEST_JOURNAL))
            await self._end(session.session_id, _stopped(events, ()))
        else:
            self._pool.cancel(session.session_id)
        if over is not None:
            await _patiently(over)

    def answer(self, session_id: str, question_id: str, answer: Answer) -> None:
        """Answer a pending question; raises ProblemError 409 ``no_such_question`` and 422 ``bad_answer``."""
        self.questions.check(session_id, question_id, answer)
        self._pool.answer(session_id, question_id, answer)

    def _enter(self, start: Start) -> None:
        self._starts[start.session_id] = []
        self._over[start.session_id] = asyncio.Event()
        self.room.enter(start)

    def _begin(self, start: Start) -> bool:
        if not self._pool.start(start):
            return False
        self._starts[start.session_id].append(start)
        self._later(self._storage.started(start.session_id))
        return True

    def _take(self, report: Report) -> None:
        match report:
            case Ready():
                self.room.fill()
            case Happened():
                self.questions.take(report)
                self._live.publish(report.session_id, JournalLine(report.seq, report.type, report.data))
            case Planned():
                self._later(self._storage.planned(report.session_id, report.flow_id, report.plan))
            case Ended() | Failed() | Stopped():
                self._later(self._end(report.session_id, _ending(report)))
            case _:
                assert_never(report)

    def _lost(self, session_ids: Sequence[str]) -> None:
        for session_id in session_ids:
            starts = self._starts.get(session_id, [])
            self.room.done(session_id)
            if len(starts) < _MOST_STARTS:
                self.room.enter(starts[0])
            else:
                self._later(self._give_up(session_id))

    async def _give_up(self, session_id: str) -> None:
        events = len(await self._journals.read(session_id, 0, _LONGEST_JOURNAL))
        told = ProblemError(500, "worker_died", "the process that carried the flow out died, again and again")
        await self._end(session_id, _ending(Failed(session_id=session_id, events=events, problem=told.problem)))

    async def _end(self, session_id: str, ending: SessionEnding) -> None:
        try:
            await self._storage.ended(session_id, ending)
            self._live.end(session_id, ending)
        finally:
            self.questions.forget(session_id)
            self._starts.pop(session_id, None)
            self._over.pop(session_id, asyncio.Event()).set()
            self.room.done(session_id)

    def _later(self, work: Coroutine[Any, Any, Any]) -> None:
        task = asyncio.create_task(_logged(work))
        self._background.add(task)
        task.add_done_callback(self._background.discard)


def _ending(report: Ended | Failed | Stopped) -> SessionEnding:
    match report:
        case Ended(outcome=outcome):
            status = ExecutionStatus.FAILED if outcome == "error" else ExecutionStatus.COMPLETED
            return SessionEnding(status=status, events=report.events, outcome=outcome, result=report.result)
        case Failed(problem=problem):
            told = problem.model_dump_json()
            return SessionEnding(status=ExecutionStatus.FAILED, events=report.events, outcome="error", problem=told)
        case Stopped():
            return _stopped(report.events, report.landed)
        case _:
            assert_never(report)


def _stopped(events: int, landed: tuple[LandedTransaction, ...]) -> SessionEnding:
    told = _LANDED.dump_json(landed).decode()
    return SessionEnding(status=ExecutionStatus.STOPPED, events=events, landed=told)


def _checked(accepted: Accepted, new: NewSession) -> Accepted:
    if not accepted.is_new and accepted.session.fingerprint != new.fingerprint:
        raise ProblemError(
            409,
            "idempotency_key_reused",
            "this Idempotency-Key stands for another request",
            suggestions=("use a new key for each request",),
        )
    return accepted


def _queue_full() -> ProblemError:
    hints = ("come back later", "DELETE sessions that are not needed")
    return ProblemError(
        429, "queue_full", "as many flows wait as may wait", suggestions=hints, headers={"Retry-After": "1"}
    )


async def _logged(work: Coroutine[Any, Any, Any]) -> None:
    try:
        await work
    except Exception:
        _LOG.exception("what became of a session could not be kept")


async def _patiently(over: asyncio.Event) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(_STOP_WITHIN_S):
            await over.wait()
