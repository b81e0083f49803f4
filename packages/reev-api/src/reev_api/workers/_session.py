"""One session carried out in a worker: begun, gone on with, concluded or stopped, as its journal says."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from pathlib import Path
from typing import Any

from reev_api._problems import Problem, ProblemError, problem_of
from reev_runner.dynamic import PlannedFlow
from reev_runner.execution import choose_agent
from reev_runner.journal import Journal, RunStore, SessionFiles, fold, read_journal, run_hash
from reev_runner.suite import Job, SessionSink, go_on, trial_runner
from reev_types.errors import ReevError, StorageError
from reev_types.events import Event, RunEnded, RunStarted, TransactionReturned
from reev_types.times import Clock

from ._jobs import job_of, options_of
from ._messages import Ended, Failed, Happened, LandedTransaction, Planned, Report, Start, Stopped
from ._questions import RemoteAsker

__all__ = ["Session"]

_LOG = logging.getLogger(__name__)
_FREE_WITHIN_S = 10.0
_LOOK_EVERY_S = 0.1


class Session:
    """A session that was handed to this process."""

    def __init__(self, start: Start, root: Path, clock: Clock, say: Callable[[Report], None]) -> None:
        self.asker = RemoteAsker()
        self._id = start.session_id
        self._order = start.order
        self._clock = clock
        self._say = say
        self._store = RunStore(root)
        self._options = options_of(start.order.terms, self._id, root, clock, self.asker)
        self._events: list[Event] = []

    async def run(self) -> Ended | Failed | Stopped:
        """Carry it out and return what it came to; cancelled, return what has landed."""
        try:
            return await self._carried_out()
        except asyncio.CancelledError:
            return Stopped(session_id=self._id, events=len(self._events), landed=_landed(self._events))
        except ReevError as error:
            return self._failed(problem_of(error))
        except Exception:
            _LOG.exception("session %s", self._id)
            return self._failed(ProblemError(500, "internal_error", "reev has a bug; the server's log has it").problem)

    async def _carried_out(self) -> Ended | Failed:
        folder = self._store.root / self._id
        if not (folder / "journal.jsonl").exists():
            return await self._begun(lambda: closing(self._store.open_session(self._id)))
        with closing(await self._reopened(folder)) as files:
            past = read_journal(folder)
            self._events.extend(past)
            return await (self._gone_on(past, files) if past else self._begun(lambda: nullcontext(files)))

    async def _begun(self, journal: Callable[[], AbstractContextManager[SessionFiles]]) -> Ended:
        job = await job_of(self._order, self._options, self._tell)
        if job is None:
            return Ended(session_id=self._id, events=0, outcome=None, result=None)
        choice = choose_agent(self._options.agent, self._options.models)
        choice.check(job.case.id)
        with journal() as files:
            run = trial_runner(self._options).run(
                job.case, choice, self._options.seed, sink=SessionSink(files, self._note), timing=self._timing(job)
            )
            return await self._to_its_end(run, files)

    async def _gone_on(self, past: Sequence[Event], files: SessionFiles) -> Ended | Failed:
        first = past[0]
        if isinstance(past[-1], RunEnded):
            return await self._concluded(past, files)
        if isinstance(first, RunStarted) and first.flow is not None:
            return await self._to_its_end(go_on(past, files, self._options, self._note), files)
        self._end(files, "the run was interrupted")
        await asyncio.to_thread(self._store.commit)
        told = "the server ended while the flow was under way; only flows with recovery go on after that"
        return self._failed(ProblemError(503, "interrupted", told, suggestions=("run it again",)).problem)

    async def _to_its_end(self, work: Coroutine[Any, Any, Sequence[Event]], files: SessionFiles) -> Ended:
        try:
            events = await work
        except asyncio.CancelledError:
            self._end(files, "stopped on request")
            raise
        return await self._concluded(events, files)

    async def _concluded(self, events: Sequence[Event], files: SessionFiles) -> Ended:
        result = fold(events)
        files.write_result(result)
        await asyncio.to_thread(self._store.commit)
        told = result.model_dump_json()
        return Ended(session_id=self._id, events=len(events), outcome=result.status, result=told)

    async def _reopened(self, folder: Path) -> SessionFiles:
        """Open the journal once the worker that had it before is gone."""
        give_up_s = self._clock.monotonic() + _FREE_WITHIN_S
        while True:
            try:
                return self._store.reopen_session(folder)
            except StorageError as error:
                if error.code != "session_in_use" or self._clock.monotonic() > give_up_s:
                    raise
            await self._clock.sleep(_LOOK_EVERY_S)

    def _end(self, files: SessionFiles, reason: str) -> None:
        journal = Journal(self._clock, SessionSink(files, self._note), past=tuple(self._events))
        journal.append(RunEnded(status="error", run_hash=run_hash(journal.events), error=reason))

    def _timing(self, job: Job) -> dict[str, Any]:
        return {"session_id": self._id, "started_at": self._clock.now_iso(), **job.timing}

    def _tell(self, flow: PlannedFlow) -> None:
        plan = flow.plan
        self._say(Planned(session_id=self._id, flow_id=plan.flow_id, plan=plan.model_dump_json()))

    def _note(self, event: Event) -> None:
        self._events.append(event)
        self._say(Happened(session_id=self._id, seq=event.seq, type=event.type, data=event.model_dump_json()))

    def _failed(self, problem: Problem) -> Failed:
        return Failed(session_id=self._id, events=len(self._events), problem=problem)


def _landed(events: Sequence[Event]) -> tuple[LandedTransaction, ...]:
    """Return what the chain has processed, in order, each transaction once."""
    found: dict[str, LandedTransaction] = {}
    for event in events:
        if isinstance(event, TransactionReturned) and event.outcome.landed:
            outcome = event.outcome
            found[outcome.signature] = LandedTransaction(
                step_id=event.step_id, signature=outcome.signature, succeeded=outcome.succeeded
            )
    return tuple(found.values())
