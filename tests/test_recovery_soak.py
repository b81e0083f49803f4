"""A sample of what `make soak` does: flows that break and die at random lose nothing and pay nothing twice."""

import subprocess
import sys
from pathlib import Path

import pytest

from reev_runner.execution._memory import StepMemory
from reev_runner.execution._undoing import Undoing

SCRIPTS = Path(__file__).parent.parent / "scripts"


def test_flows_with_faults_and_crashes_lose_nothing_and_spend_nothing_twice():
    sample = ("--flows", "120", "--apart", "97", "--sample", "7", "--jobs", "1")
    command = [sys.executable, str(SCRIPTS / "soak.py"), *sample]
    run = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert (run.returncode, run.stderr) == (0, "")
    groups = {line[:28].strip() for line in run.stdout.splitlines()[1:]}
    assert groups == {
        "crash, chain is rebuilt",
        "crash, chain survives",
        "random faults",
        "random faults and a crash",
        "together",
        "two crashes",
    }


def test_a_runner_that_forgets_what_has_landed_is_found_out(monkeypatch):
    monkeypatch.syspath_prepend(str(SCRIPTS))
    from soaking.plans import Ending
    from soaking.tasks import CrashEverywhere

    monkeypatch.setattr(StepMemory, "claim", lambda *asked: None)
    task = CrashEverywhere(0, ("pay",), Ending("lenient", "leave"), "lost")
    found = [problem for result in task.results() for problem in result.verdict.double_spends]
    assert any("moved 20000002 of" in problem for problem in found)


@pytest.mark.parametrize("on_abort", ["rollback", "compensate"])
def test_a_runner_that_does_not_undo_is_found_out(monkeypatch, on_abort):
    monkeypatch.syspath_prepend(str(SCRIPTS))
    from soaking.plans import Ending
    from soaking.tasks import CrashEverywhere

    async def nothing(*arguments):
        pass

    monkeypatch.setattr(Undoing, "undo", nothing)
    task = CrashEverywhere(0, ("pay_twice", "impossible"), Ending("strict", on_abort), "calm", apart=5)
    assert any(result.verdict.differences for result in task.results())
