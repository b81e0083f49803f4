"""Many benchmarks, one after the other, kept and reported: the library behind the command line.

``run_benchmark`` runs one and returns its result; ``run_suite`` runs what selectors name, journals every run under
``runs/<session_id>/`` and tells an observer. One bad file never stops the others.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Protocol, TypeVar

from reev_orchestrator import TemplateRenderer
from reev_runner.execution import AGENTS, AgentChoice, TrialRunner, choose_agent
from reev_runner.files import BUILT_IN, find_benchmarks, load_case
from reev_runner.journal import RunStore, SessionFiles, fold, read_journal
from reev_runner.system import SystemClock, SystemIds
from reev_tools.chain import Vm, World
from reev_types.agents import Agent
from reev_types.benchmarks import TestCase
from reev_types.errors import ReevError, UsageError
from reev_types.events import Event
from reev_types.results import TrialResult
from reev_types.times import Clock, IdSource

__all__ = [
    "BadFile",
    "Outcome",
    "SilentObserver",
    "SuiteObserver",
    "SuiteOptions",
    "Trial",
    "agent_names",
    "read_session",
    "run_benchmark",
    "run_cases",
    "run_suite",
]

T = TypeVar("T")

_SEED_LIMIT = 2**64
_COMMIT_EVERY = 64
_COMMIT_AFTER_S = 0.05


@dataclass(frozen=True, slots=True)
class Trial:
    """A finished run: its result and the journal that the result is derived from."""

    result: TrialResult
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class BadFile:
    """A benchmark that could not be loaded, and why."""

    path: str
    error: ReevError


Outcome = Trial | BadFile


@dataclass(frozen=True, slots=True)
class SuiteOptions:
    """What to run with; ``seed`` is 0 to 2⁶⁴ − 1, ``agent`` a known name or an agent of your own."""

    agent: str | Agent = "deterministic"
    seed: int = 0
    out: Path = Path("runs")
    tags: tuple[str, ...] = ()
    fail_fast: bool = False
    clock: Clock = field(default_factory=SystemClock)
    ids: IdSource = field(default_factory=SystemIds)


class SuiteObserver(Protocol):
    """Is told what happens while a suite runs."""

    def started(self, total: int) -> None:
        """So many benchmarks are about to run."""

    def trial_started(self, benchmark_id: str) -> None:
        """A benchmark begins."""

    def event(self, benchmark_id: str, event: Event) -> None:
        """Something happened in it."""

    def finished(self, outcome: Outcome) -> None:
        """It is over and on disk, or its file is bad."""


class SilentObserver:
    """An observer that takes no notice."""

    def started(self, total: int) -> None:
        """Take no notice."""

    def trial_started(self, benchmark_id: str) -> None:
        """Take no notice."""

    def event(self, benchmark_id: str, event: Event) -> None:
        """Take no notice."""

    def finished(self, outcome: Outcome) -> None:
        """Take no notice."""


def run_suite(
    selectors: Sequence[str], options: SuiteOptions, observer: SuiteObserver | None = None
) -> tuple[Outcome, ...]:
    """Run every benchmark that ``selectors`` name: files, directories, ids or their unique numbers.

    Raises UsageError for unknown selectors, agents and seeds, StorageError when runs cannot be kept.
    """
    choice = _choice(options)
    paths = find_benchmarks(selectors, options.tags)
    suite = _Suite(choice, options, observer or SilentObserver())
    return _run(lambda: suite.run([_job(path) for path in paths]))


def run_cases(
    cases: Sequence[TestCase], options: SuiteOptions, observer: SuiteObserver | None = None
) -> tuple[Outcome, ...]:
    """Run test cases that are loaded already, as ``run_suite`` does; the same case may stand there many times."""
    suite = _Suite(_choice(options), options, observer or SilentObserver())
    return _run(lambda: suite.run([_Job(case) for case in cases]))


def run_benchmark(selector: str, agent: str | Agent = "deterministic", seed: int = 0) -> TrialResult:
    """Run one benchmark in memory, without keeping a journal, and return its result.

    Raises UsageError for an unknown selector or agent, BenchmarkError for a bad file.
    """
    choice = choose_agent(agent)
    case = load_case(find_benchmarks([selector])[0])
    return fold(_run(lambda: _runner(SystemClock()).run(case, choice, seed)))


def read_session(session: str, out: Path) -> Trial:
    """Return a finished run by session id or folder; raises UsageError or StorageError."""
    events = read_journal(RunStore(out).find(session))
    return Trial(fold(events), events)


def agent_names() -> tuple[tuple[str, str], ...]:
    """Return the agents that can be chosen by name, and what each needs."""
    return tuple((choice.name, choice.needs) for choice in AGENTS)


def _choice(options: SuiteOptions) -> AgentChoice:
    if not 0 <= options.seed < _SEED_LIMIT:
        raise UsageError("bad_seed", f"the seed {options.seed} is not between 0 and 2^64 - 1")
    return choose_agent(options.agent)


def _run(work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work())
    raise UsageError(
        "running_loop",
        "an event loop is running in this thread, and a suite needs one of its own",
        suggestions=("await asyncio.to_thread(run_benchmark, …)",),
    )


@dataclass(frozen=True, slots=True)
class _Job:
    """A case to run; ``path`` names its file where the id alone would not find it again."""

    case: TestCase
    path: Path | None = None


def _job(path: Path) -> _Job | BadFile:
    try:
        case = load_case(path)
    except ReevError as error:
        return BadFile(str(path), error)
    return _Job(case, None if path.resolve().parent == BUILT_IN.resolve() else path)


@cache
def _vm() -> Vm:
    return Vm(World.genesis())


def _runner(clock: Clock) -> TrialRunner:
    return TrialRunner(_vm(), clock, TemplateRenderer())


class _Suite:
    """One call of ``run_suite``: outcomes are announced only when what they rest on is durable."""

    def __init__(self, choice: AgentChoice, options: SuiteOptions, observer: SuiteObserver) -> None:
        self._choice = choice
        self._options = options
        self._observer = observer
        self._store = RunStore(options.out)
        self._runner = _runner(options.clock)
        self._outcomes: list[Outcome] = []
        self._announced = 0
        self._committed_s = options.clock.monotonic()

    async def run(self, jobs: Sequence[_Job | BadFile]) -> tuple[Outcome, ...]:
        self._observer.started(len(jobs))
        try:
            for job in jobs:
                outcome = job if isinstance(job, BadFile) else await self._trial(job)
                self._outcomes.append(outcome)
                if self._due():
                    self._commit()
                if self._options.fail_fast and not _passed(outcome):
                    break
        finally:
            self._commit()
        return tuple(self._outcomes)

    async def _trial(self, job: _Job) -> Trial:
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
            }
            events = await self._runner.run(
                case, self._choice, options.seed, sink=self._sink(case.id, files), timing=timing
            )
            result = fold(events)
            files.write_result(result)
        return Trial(result, events)

    def _sink(self, benchmark_id: str, files: SessionFiles) -> Callable[[Event], None]:
        def sink(event: Event) -> None:
            files.write_event(event)
            self._observer.event(benchmark_id, event)

        return sink

    def _due(self) -> bool:
        waiting = len(self._outcomes) - self._announced
        return waiting >= _COMMIT_EVERY or self._options.clock.monotonic() - self._committed_s >= _COMMIT_AFTER_S

    def _commit(self) -> None:
        self._store.commit()
        self._committed_s = self._options.clock.monotonic()
        for outcome in self._outcomes[self._announced :]:
            self._announced += 1
            self._observer.finished(outcome)


def _passed(outcome: Outcome) -> bool:
    return isinstance(outcome, Trial) and outcome.result.status == "passed"
