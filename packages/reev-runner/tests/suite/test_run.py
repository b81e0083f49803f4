import asyncio

import pytest

from reev_agent import ScriptedAgent, ScriptedStep
from reev_agent.adversaries import does_nothing
from reev_runner.execution import ModelOptions
from reev_runner.files import BUILT_IN
from reev_runner.journal import SessionFiles
from reev_runner.suite import (
    BadFile,
    SilentObserver,
    SuiteOptions,
    Trial,
    agent_names,
    read_session,
    run_benchmark,
    run_cases,
    run_suite,
)
from reev_types.agents import Completed
from reev_types.errors import StorageError, UsageError
from reev_types.events import TransactionReturned


class Together:
    """An agent that waits until ``count`` of its steps have begun, and notes when each begins and ends."""

    name = "together"

    def __init__(self, count: int) -> None:
        self.count = count
        self.notes: list[str] = []
        self.all_there = asyncio.Event()

    async def run_step(self, request, tools):
        self.notes.append("begins")
        if self.notes.count("begins") == self.count:
            self.all_there.set()
        await self.all_there.wait()
        self.notes.append("ends")
        return Completed()


class Watcher(SilentObserver):
    def __init__(self) -> None:
        self.told: list[str] = []

    def started(self, total):
        self.told.append(f"started {total}")

    def trial_started(self, benchmark_id):
        self.told.append(benchmark_id)

    def finished(self, outcome):
        self.told.append(outcome.result.status if isinstance(outcome, Trial) else "bad")


@pytest.fixture
def options(tmp_path, still_clock, counted_ids):
    def options(**fields) -> SuiteOptions:
        return SuiteOptions(out=tmp_path / "runs", clock=still_clock, ids=counted_ids, **fields)

    return options


def bad_file(tmp_path):
    path = tmp_path / "bad.yml"
    path.write_text("id: [")
    return str(path)


def test_one_benchmark_runs_in_memory():
    result = run_benchmark("001")
    assert (result.benchmark_id, result.status) == ("001-sol-transfer", "passed")


def test_an_agent_of_your_own_can_be_run():
    assert run_benchmark("001", does_nothing()).status == "failed"


def test_a_suite_keeps_every_run(options):
    outcomes = run_suite(["001", "003"], options())
    assert [outcome.result.timing["session_id"] for outcome in outcomes] == ["session-1", "session-2"]
    assert read_session("session-1", options().out).result == outcomes[0].result


def test_one_bad_file_does_not_stop_the_others(options, tmp_path):
    watcher = Watcher()
    outcomes = run_suite([bad_file(tmp_path), "001"], options(), watcher)
    assert isinstance(outcomes[0], BadFile)
    assert watcher.told == ["started 2", "001-sol-transfer", "bad", "passed"]


def test_a_file_that_can_be_read_and_not_compiled_is_bad(options, tmp_path):
    path = tmp_path / "undeclared.yml"
    text = BUILT_IN.joinpath("001-sol-transfer.yml").read_text()
    path.write_text(text.replace('pubkey: "RECIPIENT_WALLET_PUBKEY"', 'pubkey: "NOBODY_DECLARED"', 1))
    first, second = run_suite([str(path), "003"], options())
    assert isinstance(first, BadFile)
    assert first.error.place.path == str(path)
    assert isinstance(second, Trial)


def test_fail_fast_stops_after_the_first_that_does_not_pass(options):
    outcomes = run_suite(["001", "002", "003"], options(agent="does_nothing", fail_fast=True))
    assert len(outcomes) == 1


def test_tags_choose_among_the_files(options):
    outcomes = run_suite(["001", "002"], options(tags=("system-program",)))
    assert [outcome.result.benchmark_id for outcome in outcomes] == ["001-sol-transfer"]


@pytest.mark.parametrize("seed", [-1, 2**64])
def test_a_seed_outside_its_range_is_refused(options, seed):
    with pytest.raises(UsageError) as caught:
        run_suite(["001"], options(seed=seed))
    assert caught.value.code == "bad_seed"


def test_a_case_may_be_run_many_times_and_every_run_is_the_same(options, two_payments):
    outcomes = run_cases([two_payments] * 70, options())
    assert len({outcome.result.run_hash for outcome in outcomes}) == 1
    assert len(list(options().out.iterdir())) == 70


def test_outcomes_are_announced_in_order_and_only_once_they_are_durable(options, two_payments, monkeypatch):
    from reev_runner.journal import RunStore

    watcher = Watcher()
    commits = []
    real = RunStore.commit
    monkeypatch.setattr(RunStore, "commit", lambda store: (commits.append(len(watcher.told)), real(store)))
    run_cases([two_payments] * 65, options(), watcher)
    assert watcher.told.count("passed") == 65
    assert commits[0] == 65  # the announcement of the suite and of 64 trials, and of no result yet


def test_trials_that_wait_are_under_way_at_once(options, two_payments):
    agent = Together(3)
    outcomes = run_cases([two_payments] * 3, options(agent=agent, jobs=3))
    assert len(outcomes) == 3
    assert agent.notes[:3] == ["begins"] * 3


def test_a_trial_asks_before_the_next_one_is_prepared(options, two_payments):
    agent, watcher = Together(3), Watcher()
    watcher.told = agent.notes
    run_cases([two_payments] * 3, options(agent=agent, jobs=4), watcher)
    assert agent.notes[:7] == ["started 3", *[two_payments.id, "begins"] * 3]


async def test_a_suite_inside_a_running_loop_is_refused_with_the_way_out():
    with pytest.raises(UsageError) as caught:
        run_benchmark("001")
    assert caught.value.code == "running_loop"
    assert "to_thread" in caught.value.suggestions[0]


def test_a_disk_that_fails_stops_the_suite(options, two_payments, monkeypatch):
    def full(self, event):
        raise StorageError("storage_failed", "No space left on device")

    monkeypatch.setattr(SessionFiles, "write_event", full)
    with pytest.raises(StorageError):
        run_cases([two_payments], options())


def test_the_sol_reserve_is_the_same_for_tools_and_prompts(options, two_payments):
    everything = ScriptedAgent(
        {}, otherwise=ScriptedStep([("sol_transfer", {"recipient": "RECIPIENT_WALLET_PUBKEY", "amount": "max"})])
    )
    (trial,) = run_cases([two_payments], options(agent=everything, sol_reserve_lamports=500_000_000))
    sent = next(event.outcome.changes for event in trial.events if isinstance(event, TransactionReturned))
    assert [change.lamports_after for change in sent if change.lamports_after < 10**9] == [499_995_000]


def test_agents_are_listed_with_what_they_need():
    needs = dict(agent_names())
    assert list(needs)[:3] == ["deterministic", "does_nothing", "refuses"]
    assert needs["glm-4.6"].startswith("ZAI_API_KEY")
    assert all(needs.values())


def test_of_two_files_with_one_id_the_later_is_bad_and_the_others_run(options, tmp_path):
    for name in ("a.yml", "b.yml"):
        (tmp_path / name).write_text(BUILT_IN.joinpath("001-sol-transfer.yml").read_text())
    outcomes = run_suite([str(tmp_path / "a.yml"), str(tmp_path / "b.yml"), "003"], options())
    assert [type(outcome) for outcome in outcomes] == [Trial, BadFile, Trial]


def test_a_missing_file_does_not_stop_the_others(options, tmp_path):
    outcomes = run_suite([str(tmp_path / "missing.yml"), "001"], options())
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["BadFile", "Trial"]


def test_what_the_user_has_to_change_stops_a_suite_before_it_begins(options, tmp_path):
    script = tmp_path / "silent.json"
    script.write_text('[{"content": "done"}]')
    models = ModelOptions(record=tmp_path / "tapes")
    run_suite(["003"], options(agent=f"scripted:{script}", models=models))
    watcher = Watcher()
    with pytest.raises(UsageError) as caught:
        run_suite(["001", "003"], options(agent=f"scripted:{script}", models=models), watcher)
    assert (caught.value.code, caught.value.exit_status) == ("cassette_exists", 2)
    assert watcher.told == []
