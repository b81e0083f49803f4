import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from reev_runner.cli._errors import complain, reported_errors
from reev_types.errors import ChainError, FilePlace, UsageError

HAS_FULL_DEVICE = pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full is of Linux")


def ended_with(error):
    with pytest.raises(typer.Exit) as caught, reported_errors():
        raise error
    return caught.value.exit_code


def run(code, **options):
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, **options)


def test_a_mistake_is_one_line_with_place_and_way_out(capsys):
    error = UsageError("bad_key", "no such key", place=FilePlace("reev.toml", 3, 1), suggestions=("try seed", "or out"))
    assert ended_with(error) == 2
    assert capsys.readouterr().err == "error: reev.toml:3:1: no such key [bad_key] → try seed → or out\n"


def test_a_failed_environment_is_status_3():
    assert ended_with(ChainError("rpc_down", "no answer")) == 3


def test_an_interrupt_is_status_130(capsys):
    assert ended_with(KeyboardInterrupt()) == 130
    assert capsys.readouterr().err == "interrupted\n"


def test_an_error_cannot_steer_the_terminal(capsys):
    complain("\x1b[2Jgone\n\u202eevil")
    assert capsys.readouterr().err == "error: �[2Jgone��evil\n"


def test_what_is_no_error_of_reev_passes_through():
    with pytest.raises(ZeroDivisionError), reported_errors():
        raise ZeroDivisionError


def test_a_bug_keeps_its_traceback_and_does_not_pass_for_a_failed_benchmark():
    ended = run(
        "from reev_runner.cli._errors import Program\n"
        "app = Program(add_completion=False, pretty_exceptions_enable=False)\n"
        "@app.command()\n"
        "def main(): return 1 / 0\n"
        "app([])\n"
    )
    assert ended.returncode == 3
    assert "ZeroDivisionError" in ended.stderr
    assert ended.stderr.endswith(
        "error: this is a bug in reev; please report it with the lines above and the command\n"
    )


def test_a_reader_that_goes_away_ends_the_program_quietly():
    program = subprocess.Popen(
        [sys.executable, "-c", "from reev_runner.cli import group; group(['schema'])"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    program.stdout.close()  # long before the program has imported what it prints with
    assert (program.stderr.read(), program.wait(timeout=60)) == (b"", 141)
    program.stderr.close()


@HAS_FULL_DEVICE
@pytest.mark.parametrize("arguments", [["schema"], ["agents"], ["--help"], ["--version"]])
def test_a_disk_that_is_full_is_one_line_and_status_3(arguments):
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            [sys.executable, "-c", f"from reev_runner.cli import group; group({arguments})"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
        )
    expected = "error: cannot write to standard output: No space left on device [cannot_write]\n"
    assert (ended.returncode, ended.stderr) == (3, expected)


def test_an_error_of_a_file_is_not_taken_for_one_of_the_output():
    with pytest.raises(FileNotFoundError), reported_errors():
        raise FileNotFoundError(2, "No such file or directory", "journal.jsonl")


@pytest.mark.skipif(sys.platform == "win32", reason="closing a stream for a child needs POSIX")
def test_a_closed_output_does_not_change_the_status():
    ended = run("from reev_runner.cli import group; group(['agents'])", preexec_fn=lambda: os.close(1))
    assert (ended.returncode, ended.stderr) == (0, "")
