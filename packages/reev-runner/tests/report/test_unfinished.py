"""Which sessions can go on, and by which command."""

import pytest

from reev_runner.execution import FlowSetup
from reev_runner.report import UnfinishedSessions, resume_command
from reev_runner.report._unfinished import session_name
from reev_runner.suite import SilentObserver, SuiteOptions, run_suite
from reev_types.events import RunEnded
from reev_types.recovery import RecoveryConfig


@pytest.fixture
def recovered(tmp_path):
    (trial,) = run_suite(["001"], SuiteOptions(out=tmp_path, setup=FlowSetup(recovery=RecoveryConfig())))
    return trial.events


@pytest.mark.parametrize(
    ("folder", "name"),
    [("runs/s-1", "s-1"), ("elsewhere/s-1", "elsewhere/s-1"), ("/tmp/a b/s-1", "/tmp/a b/s-1")],
)
def test_a_session_is_named_as_it_is_found(folder, name):
    assert session_name({"session_id": "s-1", "folder": folder}) == name


def test_a_session_that_broke_off_can_go_on(recovered, tmp_path):
    folder = recovered[0].timing["folder"]
    assert resume_command(recovered[:-1]) == f"reev run --resume {folder}"
    assert resume_command(recovered) is None


def test_one_without_recovery_or_session_cannot(passed, recovered):
    assert resume_command(passed.events[:-1]) is None
    assert resume_command([recovered[0].model_copy(update={"timing": {}})]) is None
    assert resume_command(()) is None


class Heard(SilentObserver):
    def __init__(self):
        self.said = []

    def started(self, total):
        self.said.append(total)

    def trial_started(self, benchmark_id):
        self.said.append(benchmark_id)

    def event(self, benchmark_id, event):
        self.said.append(event.type)

    def finished(self, outcome):
        self.said.append(outcome)


def test_everything_is_passed_on(recovered):
    heard = Heard()
    sessions = UnfinishedSessions(heard)
    sessions.started(1)
    sessions.trial_started("001")
    sessions.event("001", recovered[0])
    sessions.finished("outcome")
    assert heard.said == [1, "001", "run_started", "outcome"]


def test_sessions_under_way_are_known_until_they_end(recovered):
    sessions = UnfinishedSessions(SilentObserver())
    other = recovered[0].model_copy(update={"timing": {"session_id": "s-2", "folder": "runs/s-2"}})
    sessions.event("001", recovered[0])
    sessions.event("002", other)
    assert len(sessions.commands) == 2
    sessions.event("001", RunEnded(status="passed", run_hash=""))
    assert sessions.commands == ("reev run --resume s-2",)
    sessions.event("001", RunEnded(status="passed", run_hash=""))
    assert len(sessions.commands) == 1


def test_one_without_recovery_is_none_of_them(passed):
    sessions = UnfinishedSessions(SilentObserver())
    sessions.event("001", passed.events[0])
    assert sessions.commands == ()


def test_a_session_that_goes_on_is_known_from_its_beginning():
    sessions = UnfinishedSessions(SilentObserver(), "a b")
    sessions.trial_started("001")
    assert sessions.commands == ("reev run --resume 'a b'",)
