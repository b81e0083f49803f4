"""Many runs in a row, each kept on disk."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from reev_orchestrator import TemplateRenderer
from reev_orchestrator.rendering import validate
from reev_runner.execution import TrialRunner, choose_agent, embedded_sandbox
from reev_runner.journal import RunStore, SessionFiles, fold
from reev_runner.telemetry import RunTelemetry
from reev_types.benchmarks import TestCase
from reev_types.errors import UsageError

from ._observer import SuiteObserver
from ._options import SuiteOptions, check_seed
from ._outcomes import BadFile, Outcome, Trial, passed
from ._sink import SessionSink

__all__ = ["Job", "Suite", "renderer", "trial_runner"]

_COMMIT_EVERY = 64
_COMMIT_AFTER_S = 0.05
_HEAD_START_TURNS = 20
"""Turns of the event loop that a trial takes, more or less, until its first request is on its way."""


@dataclass(frozen=True, slots=True)
class Job:
    """A case to run; ``path`` names its file where the id alone would not find it again."""

    case: TestCase
    path: Path | None = None
    timing: Mapping[str, Any] = field(default_factory=dict)
    """What is known of the time before the run."""


def renderer(templates: Path | None = None) -> TemplateRenderer:
    """Return the renderer of the templates in a folder and of reev's own, compiled once for all runs of the process.

    Raises UsageError ``no_templates`` for a folder without any, and what ``validate`` finds first in one.
    """
    return _renderer(None if templates is None else templates.resolve())


@cache
def _renderer(templates: Path | None) -> TemplateRenderer:
    if templates is None:
        return TemplateRenderer()
    for finding in validate(templates):
        hints = (f"reev templates {templates} --watch",)
        raise UsageError(finding.code, finding.message, place=finding.place, suggestions=hints)
    return TemplateRenderer(templates)


def trial_runner(options: SuiteOptions) -> TrialRunner:
    """Return a runner on the VMs of this process, one for each market."""
    models = options.models
    return TrialRunner(
        embedded_sandbox,
        options.clock,
        renderer(options.templates),
        sol_reserve_lamports=options.sol_reserve_lamports,
        limits=models.limits,
        telemetry=RunTelemetry.from_environment(models.environment),
        setup=options.setup,
    )


class Suite:
    """One call of ``run_suite``: outcomes are announced only when what they rest on is durable."""

    def __init__(self, options: SuiteOptions, observer: SuiteObserver) -> None:
        check_seed(options.seed)
        self._choice = choose_agent(options.agent, options.models)
        self._options = options
        self._observer = observer
        self._store = RunStore(options.out)
        self._runner = trial_runner(options)
        self._outcomes: list[Outcome] = []
        self._announced = 0
        self._stopped = False
        self._committed_s = options.clock.monotonic()

    async def run(self, jobs: Sequence[Job | BadFile]) -> tuple[Outcome, ...]:
        """Run the jobs in order and return what became of them.

        Raises UsageError before any of them begins where what the agent needs for one is missing or in the way;
        StorageError.
        """
        for job in jobs:
            if isinstance(job, Job):
                self._choice.check(job.case.id)
        self._observer.started(len(jobs))
        # Who waits for a job behind it in the list has asked for it already, so outcomes come in the jobs' order.
        under_way: deque[asyncio.Task[Outcome]] = deque()
        try:
            for job in jobs:
                under_way.append(asyncio.ensure_future(self._outcome(job)))
                if self._options.jobs > 1:
                    await _let_begin(under_way[-1])
                if len(under_way) >= self._options.jobs:
                    self._take(await under_way.popleft())
                if self._stopped:
                    break
            while under_way and not self._stopped:
                self._take(await under_way.popleft())
        finally:
            await _abandon(under_way)
            self._commit()
        return tuple(self._outcomes)

    async def _outcome(self, job: Job | BadFile) -> Outcome:
        return job if isinstance(job, BadFile) else await self._trial(job)

    def _take(self, outcome: Outcome) -> None:
        self._outcomes.append(outcome)
        self._stopped = self._options.fail_fast and not passed(outcome)
        if self._due():
            self._commit()

    async def _trial(self, job: Job) -> Trial:
        case = job.case
        self._observer.trial_started(case.id)
        options = self._options
        session_id = options.ids.session_id()
        with closing(self._store.open_session(session_id)) as files:
            timing = {
                "session_id": session_id,
                "folder": str(files.folder),
                "started_at": options.clock.now_iso(),
                **({"path": str(job.path)} if job.path else {}),
                **job.timing,
            }
            events = await self._runner.run(
                case, self._choice, options.seed, sink=self._sink(case.id, files), timing=timing
            )
            result = fold(events)
            files.write_result(result)
        return Trial(result, events)

    def _sink(self, benchmark_id: str, files: SessionFiles) -> SessionSink:
        return SessionSink(files, lambda event: self._observer.event(benchmark_id, event))

    def _due(self) -> bool:
        waiting = len(self._outcomes) - self._announced
        return waiting >= _COMMIT_EVERY or self._options.clock.monotonic() - self._committed_s >= _COMMIT_AFTER_S

    def _commit(self) -> None:
        self._store.commit()
        self._committed_s = self._options.clock.monotonic()
        for outcome in self._outcomes[self._announced :]:
            self._announced += 1
            self._observer.finished(outcome)


async def _let_begin(task: asyncio.Task[Outcome]) -> None:
    """Give a trial the time to ask its model: prepared side by side, all would wait for the slowest to be ready."""
    for _ in range(_HEAD_START_TURNS):
        if task.done():
            return
        await asyncio.sleep(0)


async def _abandon(tasks: deque[asyncio.Task[Outcome]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
