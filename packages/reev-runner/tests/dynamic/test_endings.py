"""How the bridge's file fares when its process is told to end, or is killed."""

import signal
import subprocess
import sys
import threading

import pytest

from reev_runner.dynamic._bridge_file import sweep
from reev_runner.dynamic._endings import removed_at_the_end

PROGRAM = """
import sys, time
from pathlib import Path
from reev_runner.dynamic._bridge_file import written
from reev_runner.dynamic._endings import removed_at_the_end
from reev_runner.files import generated_text
path = Path(sys.argv[1])
with removed_at_the_end() as files, written(generated_text("id: x\\n", "temporary"), path):
    files.append(path)
    print("there", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path):
    """Start a process that has the file and waits; end it by a signal and return its exit status."""

    def holder(path, number):
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        with process:
            assert process.stdout.readline() == "there\n"
            assert path.exists()
            process.send_signal(number)
        return process.returncode

    return holder


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_removes_the_file_and_then_ends_the_process_as_it_would(holder, tmp_path, number):
    path = tmp_path / "dynamic-s.yml"
    assert holder(path, number) == -number
    assert list(tmp_path.iterdir()) == []


def test_ctrl_c_removes_the_file(holder, tmp_path):
    holder(tmp_path / "dynamic-s.yml", signal.SIGINT)
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_process_leaves_is_swept_by_the_next(holder, tmp_path):
    path = tmp_path / "dynamic-s.yml"
    assert holder(path, signal.SIGKILL) == -signal.SIGKILL
    assert path.exists()
    assert sweep(tmp_path, path.stat().st_mtime) == (path,)


def test_handlers_are_those_of_before_when_the_run_is_over():
    before = signal.getsignal(signal.SIGTERM)
    with removed_at_the_end():
        assert signal.getsignal(signal.SIGTERM) is not before
    assert signal.getsignal(signal.SIGTERM) is before


def test_a_handler_of_the_program_itself_comes_after_the_removal(tmp_path, monkeypatch):
    path, seen = tmp_path / "x", []
    before = signal.signal(signal.SIGTERM, lambda number, frame: seen.append((number, path.exists())))
    try:
        with removed_at_the_end() as files:
            path.touch()
            files.append(path)
            signal.raise_signal(signal.SIGTERM)
    finally:
        signal.signal(signal.SIGTERM, before)
    assert seen == [(signal.SIGTERM, False)]


def test_in_another_thread_the_file_is_removed_without_handlers(tmp_path):
    path = tmp_path / "x"

    def work():
        with removed_at_the_end() as files:
            files.append(path)
            path.write_text("x")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert not path.exists()
