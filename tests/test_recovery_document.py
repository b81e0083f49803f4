"""docs/recovery.md: every command in it runs, and what it lists is all there is."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from reev_orchestrator.recovery import load_alternatives
from reev_runner.cli._known_settings import RECOVERY_SETTINGS, shown_value
from reev_types.alternatives import Rewrite
from reev_types.atomicity import AtomicMode, OnAbort
from reev_types.faults import Fault
from reev_types.recovery import FailureClass

DOCS = Path(__file__).resolve().parent.parent / "docs"
TEXT = (DOCS / "recovery.md").read_text()
COMMANDS = [line for block in re.findall(r"^```sh\n(.*?)^```$", TEXT, re.S | re.M) for line in block.splitlines()]


def first_cells(header):
    """Return what the first column of the table with this header names."""
    rows = TEXT.partition(header)[2].split("\n\n")[0].splitlines()[2:]
    return [re.findall(r"`([^`]+)`", row.split("|")[1])[0] for row in rows]


def kinds(union):
    return [each.model_fields["kind"].default for each in get_args(get_args(union)[0])]


def run(command, folder):
    program, *arguments = shlex.split(command)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("REEV_")}
    return subprocess.run(
        [str(Path(sys.executable).with_name(program)), *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.fixture
def interrupted(tmp_path):
    """Return the id of a session whose journal breaks off after its first transaction."""
    assert run("reev run 200 --recovery", tmp_path).returncode == 0
    (folder,) = (tmp_path / "runs").iterdir()
    lines = (folder / "journal.jsonl").read_text().splitlines(keepends=True)
    sent = next(number for number, line in enumerate(lines) if '"transaction_sent"' in line)
    (folder / "journal.jsonl").write_text("".join(lines[: sent + 1]))
    return folder.name


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_runs(command, tmp_path, interrupted):
    (tmp_path / "docs").symlink_to(DOCS)
    done = run(command.replace("SESSION", interrupted), tmp_path)
    assert done.returncode == 0, done.stderr


def test_the_alternatives_shown_are_those_of_the_file():
    assert re.findall(r"^```yml\n(.*?)^```$", TEXT, re.S | re.M) == [(DOCS / "alternatives.yml").read_text()]


def test_every_rewrite_is_shown_and_explained():
    shown = {each.rewrite.kind for each in load_alternatives(DOCS / "alternatives.yml")}
    assert shown == set(first_cells("| rewrite |")) == set(kinds(Rewrite))


def test_every_option_stands_there_with_key_variable_and_default():
    for each in RECOVERY_SETTINGS:
        flags = f"`{each.flag}`" + (f", `{each.given_by(False)}`" if isinstance(each.default, bool) else "")
        assert f"| {flags} | `{each.key}` | `{each.variable}` | {shown_value(each.default)} |" in TEXT


def test_every_class_fault_mode_and_ending_is_explained():
    assert first_cells("| class |") == [str(each) for each in FailureClass]
    assert first_cells("| fault |") == kinds(Fault)
    assert first_cells("| `--atomic-mode` |") == [str(each) for each in AtomicMode]
    assert first_cells("| `--on-abort` |") == [str(each) for each in OnAbort]
