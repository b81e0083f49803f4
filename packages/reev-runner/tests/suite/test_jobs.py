"""Several trials under way at once: told in order, stopped early, given up together."""

import asyncio
from dataclasses import dataclass, field

import pytest

from reev_runner.execution import ModelOptions
from reev_runner.suite import SilentObserver, SuiteOptions, run_cases
from reev_runner.system import SystemClock
from reev_types.agents import AgentLimits, Completed
from reev_types.errors import StorageError

_PATIENCE_S = 20


@dataclass
class Crossing:
    """An agent whose first trials wait until ``together`` of them are under way."""

    together: int
    name: str = "crossing"
    now: int = 0
    most: int = 0
    order: list[str] = field(default_factory=list)
    met: asyncio.Event = field(default_factory=asyncio.Event)

    async def run_step(self, request, tools):
        self.now += 1
        self.most = max(self.most, self.now)
        self.order.append(request.benchmark_id)
        if self.now >= self.together:
            self.met.set()
        try:
            await asyncio.wait_for(self.met.wait(), _PATIENCE_S)
            # The later a trial began, the sooner it is done.
            for _ in range(9 - len(self.order) % 9):
                await asyncio.sleep(0)
        finally:
            self.now -= 1
        return Completed(answer="done")


@dataclass
class Stuck:
    """An agent that waits for ever in all cases but the first, and there until two others wait."""

    name: str = "stuck"
    waiting: int = 0
    cancelled: list[str] = field(default_factory=list)
    crowd: asyncio.Event = field(default_factory=asyncio.Event)

    async def run_step(self, request, tools):
        if request.benchmark_id == "000-case":
            await asyncio.wait_for(self.crowd.wait(), _PATIENCE_S)
            return Completed(answer="done")
        self.waiting += 1
        if self.waiting == 2:
            self.crowd.set()
        try:
            return await asyncio.Event().wait()
        except asyncio.CancelledError:
            self.cancelled.append(request.benchmark_id)
            raise


class Watcher(SilentObserver):
    def __init__(self):
        self.started_ids = []
        self.finished_ids = []
        self.events = []

    def trial_started(self, benchmark_id):
        self.started_ids.append(benchmark_id)

    def event(self, benchmark_id, event):
        self.events.append((benchmark_id, event.type))

    def finished(self, outcome):
        self.finished_ids.append(outcome.result.benchmark_id)


@pytest.fixture
def cases(two_payments):
    """Return so many cases with one step and ids of their own."""
    step = two_payments.steps[0].model_copy(update={"timeout_s": None, "critical": False})
    reference = two_payments.reference[:1]
    case = two_payments.model_copy(update={"steps": (step,), "reference": reference})
    return lambda count: [case.model_copy(update={"id": f"{number:03}-case"}) for number in range(count)]


@pytest.fixture
def options(tmp_path, counted_ids):
    def options(**fields):
        return SuiteOptions(out=tmp_path / "runs", clock=SystemClock(), ids=counted_ids, **fields)

    return options


def ids(outcomes):
    return [outcome.result.benchmark_id for outcome in outcomes]


@pytest.mark.parametrize("jobs", [1, 3, 20])
def test_no_more_trials_are_under_way_than_were_asked_for(cases, options, jobs):
    agent = Crossing(together=min(jobs, 8))
    run_cases(cases(8), options(agent=agent, jobs=jobs))
    assert agent.most == min(jobs, 8)


def test_outcomes_come_in_the_order_of_the_cases_whoever_is_done_first(cases, options):
    watcher = Watcher()
    outcomes = run_cases(cases(8), options(agent=Crossing(together=4), jobs=4), watcher)
    assert ids(outcomes) == [case.id for case in cases(8)]
    assert watcher.finished_ids == ids(outcomes)
    assert sorted(watcher.started_ids) == ids(outcomes)


def test_every_event_is_told_with_the_benchmark_it_belongs_to(cases, options):
    watcher = Watcher()
    outcomes = run_cases(cases(4), options(agent=Crossing(together=4), jobs=4), watcher)
    for outcome in outcomes:
        told = [kind for benchmark_id, kind in watcher.events if benchmark_id == outcome.result.benchmark_id]
        assert told == [event.type for event in outcome.events]


def test_equal_cases_give_equal_runs_however_many_are_under_way(two_payments, options, paying):
    one, many = (run_cases([two_payments] * 6, options(agent=paying, jobs=jobs)) for jobs in (1, 6))
    assert {outcome.result.status for outcome in many} == {"passed"}
    assert len({outcome.result.run_hash for outcome in (*one, *many)}) == 1


def test_fail_fast_tells_of_nothing_behind_the_first_that_does_not_pass(cases, options):
    watcher = Watcher()
    agent = Crossing(together=3)
    outcomes = run_cases(cases(8), options(agent=agent, jobs=3, fail_fast=True), watcher)
    assert ids(outcomes) == watcher.finished_ids == ["000-case"]
    assert agent.now == 0
    assert len(agent.order) <= 3


def test_what_is_under_way_behind_the_first_failure_is_cancelled(cases, options):
    agent = Stuck()
    assert ids(run_cases(cases(4), options(agent=agent, jobs=3, fail_fast=True))) == ["000-case"]
    assert agent.cancelled == ["001-case", "002-case"]


def test_fail_fast_stops_among_the_last_too(cases, options):
    agent = Crossing(together=3)
    assert ids(run_cases(cases(3), options(agent=agent, jobs=20, fail_fast=True))) == ["000-case"]
    assert agent.now == 0


def test_a_disk_that_fails_ends_all_that_is_under_way(cases, options, monkeypatch):
    from reev_runner.journal import SessionFiles

    def full(self, result):
        raise StorageError("storage_failed", "No space left on device")

    monkeypatch.setattr(SessionFiles, "write_result", full)
    agent = Crossing(together=4)
    with pytest.raises(StorageError):
        run_cases(cases(8), options(agent=agent, jobs=4))
    assert agent.now == 0


def test_the_limits_of_the_models_reach_every_step(two_payments, options, tmp_path):
    script = tmp_path / "endless.json"
    script.write_text('[{"tool_calls": [{"name": "get_account_balance"}]}, {"content": "done"}]')
    models = ModelOptions(limits=AgentLimits(max_turns=1))
    (trial,) = run_cases([two_payments], options(agent=f"scripted:{script}", models=models))
    assert trial.result.flow.step_results[0].reason == "limit_turns"
