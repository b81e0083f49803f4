"""The calls of the library: one benchmark, many, or a finished run read back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reev_runner.execution import choose_agent, known_agents
from reev_runner.files import (
    BUILT_IN,
    FoundBenchmark,
    compile_case,
    find_benchmarks,
    load_benchmarks,
    load_case,
)
from reev_runner.journal import RunStore, fold, read_journal
from reev_types.agents import Agent
from reev_types.benchmarks import TestCase
from reev_types.errors import UserError
from reev_types.results import TrialResult

from ._loop import in_own_loop
from ._observer import SilentObserver, SuiteObserver
from ._options import SuiteOptions, check_seed
from ._outcomes import BadFile, Outcome, Trial
from ._suite import Job, Suite, trial_runner

__all__ = ["agent_names", "read_session", "run_benchmark", "run_cases", "run_jobs", "run_suite"]


def run_suite(
    selectors: Sequence[str], options: SuiteOptions, observer: SuiteObserver | None = None
) -> tuple[Outcome, ...]:
    """Run every benchmark that ``selectors`` name: files, directories, ids or their unique numbers.

    A file that cannot be used becomes a ``BadFile`` and stops nothing. Raises UsageError when no selector names
    anything, and for unknown agents and bad seeds; StorageError when runs cannot be kept.
    """
    suite = Suite(options, observer or SilentObserver())
    jobs = [_job(found) for found in load_benchmarks(selectors, options.tags)]
    return in_own_loop(lambda: suite.run(jobs))


def run_cases(
    cases: Sequence[TestCase], options: SuiteOptions, observer: SuiteObserver | None = None
) -> tuple[Outcome, ...]:
    """Run test cases that are loaded already, as ``run_suite`` does; the same case may stand there many times."""
    suite = Suite(options, observer or SilentObserver())
    return in_own_loop(lambda: suite.run([Job(case) for case in cases]))


def run_jobs(jobs: Sequence[Job], options: SuiteOptions, observer: SuiteObserver | None = None) -> tuple[Outcome, ...]:
    """Run test cases with what is known of each beside it, as ``run_suite`` does."""
    suite = Suite(options, observer or SilentObserver())
    return in_own_loop(lambda: suite.run(jobs))


def run_benchmark(selector: str, agent: str | Agent = "deterministic", seed: int = 0) -> TrialResult:
    """Run one benchmark in memory, without keeping a journal, and return its result.

    Raises UsageError for an unknown selector or agent or a bad seed, BenchmarkError for a bad file.
    """
    check_seed(seed)
    choice = choose_agent(agent)
    case = load_case(find_benchmarks([selector])[0])
    runner = trial_runner(SuiteOptions())
    return fold(in_own_loop(lambda: runner.run(case, choice, seed)))


def read_session(session: str, out: Path) -> Trial:
    """Return a finished run by session id or folder; raises UsageError or StorageError."""
    events = read_journal(RunStore(out).find(session))
    return Trial(fold(events), events)


def agent_names() -> tuple[tuple[str, str], ...]:
    """Return the agents that can be chosen by name, and what each needs."""
    return known_agents()


def _job(found: FoundBenchmark) -> Job | BadFile:
    if isinstance(found.content, UserError):
        return BadFile(str(found.path), found.content)
    try:
        case = compile_case(found.content)
    except UserError as error:
        return BadFile(str(found.path), error)
    return Job(case, None if found.path.resolve().parent == BUILT_IN.resolve() else found.path)
