"""Ctrl-C, SIGTERM and kill -9 leave a session that goes on."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

KILLED = """
import os, signal
from reev_runner.suite._sink import SessionSink
real = SessionSink.__call__
def call(self, event):
    real(self, event)
    if event.type == "transaction_returned":
        {}
SessionSink.__call__ = call
from reev_runner.cli import runner
runner({!r})
"""
RUN = ["200", "--recovery"]


def interrupted(how, arguments=RUN):
    code = KILLED.format(how, arguments)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    (folder,) = Path("runs").iterdir()
    return done, folder.name


def kinds(session):
    return [json.loads(line)["type"] for line in Path("runs", session, "journal.jsonl").read_text().splitlines()]


@pytest.mark.parametrize(
    ("how", "status", "word"),
    [
        ("os.kill(os.getpid(), signal.SIGINT)", 130, "interrupted"),
        ("os.kill(os.getpid(), signal.SIGTERM)", -signal.SIGTERM, "terminated"),
    ],
)
def test_a_signal_leaves_one_line_that_says_how_to_go_on(how, status, word):
    done, session = interrupted(how)
    assert (done.returncode, done.stderr) == (status, f"{word} → reev run --resume {session}\n")


def test_a_run_without_recovery_has_no_way_on():
    done, _ = interrupted("os.kill(os.getpid(), signal.SIGTERM)", ["200"])
    assert (done.returncode, done.stderr) == (-signal.SIGTERM, "terminated\n")


def test_a_session_in_another_folder_is_named_by_it():
    code = KILLED.format("os.kill(os.getpid(), signal.SIGTERM)", [*RUN, "--out", "kept"])
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    (folder,) = Path("kept").iterdir()
    assert done.stderr == f"terminated → reev run --resume {folder}\n"


def test_what_was_killed_says_how_to_go_on_and_does(reev, reev_runner):
    done, session = interrupted("os.kill(os.getpid(), signal.SIGKILL)")
    assert done.returncode == -signal.SIGKILL
    shown = reev("show", session)
    assert shown.exit_code == 0
    assert f"go on reev run --resume {session}" in shown.stdout
    resumed = reev_runner("--resume", session)
    assert resumed.exit_code == 0
    assert "resumed after an interruption · 1 transactions carried out again" in resumed.stdout
    assert kinds(session).count("transaction_sent") == 2
    assert "go on" not in reev("show", session).stdout


def test_a_session_that_ended_cannot_go_on(reev_runner):
    reev_runner(*RUN)
    (folder,) = Path("runs").iterdir()
    result = reev_runner("--resume", folder.name)
    assert (result.exit_code, "[already_ended]" in result.stderr) == (2, True)


def test_resuming_is_reported_as_json_too(reev):
    _, session = interrupted("os.kill(os.getpid(), signal.SIGKILL)")
    document = json.loads(reev("run", "--resume", session, "--json").stdout)
    assert document["summary"]["passed"] == 1


def test_a_resumption_that_is_interrupted_names_its_session(workplace):
    _, session = interrupted("os.kill(os.getpid(), signal.SIGKILL)")
    done, _ = interrupted("os.kill(os.getpid(), signal.SIGINT)", ["--resume", session])
    assert done.stderr == f"interrupted → reev run --resume {session}\n"


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["001"], "a benchmark"),
        (["--prompt", "swap 0.1 SOL to USDC"], "--prompt"),
        (["--direct"], "--direct"),
        (["--recovery"], "--recovery"),
        (["--retry-attempts", "2"], "--retry-attempts"),
        (["--no-retry"], "--no-retry"),
        (["--atomic-mode", "lenient"], "--atomic-mode"),
        (["--agent", "deterministic"], "--agent"),
        (["--seed", "1"], "--seed"),
        (["--wallet", "demo:balanced"], "--wallet"),
        (["--tag", "x"], "--tag"),
    ],
)
def test_what_a_session_has_settled_cannot_be_given_again(reev_runner, arguments, named):
    result = reev_runner("--resume", "x", *arguments)
    assert result.exit_code == 2
    assert f"{named} cannot be given [resume_alone]" in result.stderr


def test_a_handler_from_before_is_put_back(reev_runner):
    before = signal.getsignal(signal.SIGTERM)
    assert reev_runner("001").exit_code == 0
    assert signal.getsignal(signal.SIGTERM) is before
