import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from reev_runner.cli._templates import checks

WRONG = '{#\npurpose = "A mistake."\n#}\n{{ walet }}\n'
RIGHT = '{#\npurpose = "Words."\n#}\nwords\n'
FRAME = '{#\npurpose = "Greets."\nrequires = ["request"]\n#}\nGood morning. {{ request }}\n'


class LastEdit(Exception):
    pass


class Editor:
    """A clock whose every sleep is time enough for one more edit of a template."""

    def __init__(self, path, *texts):
        self.path, self.texts = path, list(texts)

    async def sleep(self, seconds):
        if not self.texts:
            raise LastEdit
        text = self.texts.pop(0)
        if text is None:
            self.path.unlink()
        else:
            self.path.write_text(text)


async def told_after(path, *texts):
    """Return the codes found at first and after each change that is checked."""
    told = []
    with suppress(LastEdit):
        async for findings in checks(path.parent, Editor(path, *texts)):
            told.append([finding.code for finding in findings])
    return told


def test_the_bundled_templates_have_nothing_to_remark(reev):
    done = reev("templates")
    assert (done.exit_code, done.output) == (0, "nothing to remark\n")


def test_a_wrong_template_is_named_with_its_line(reev, tmp_path):
    (tmp_path / "wrong.j2").write_text(WRONG)
    done = reev("templates", str(tmp_path))
    assert done.exit_code == 1
    assert "wrong.j2:4" in done.output
    assert "walet" in done.output


def test_findings_are_told_as_json(reev, tmp_path):
    (tmp_path / "wrong.j2").write_text(WRONG)
    (finding,) = json.loads(reev("templates", str(tmp_path), "--json").output)["findings"]
    assert finding["code"] == "unknown_variable"


@pytest.mark.parametrize("name", ["nowhere", "."])
def test_a_folder_without_templates_is_refused(reev, name, tmp_path):
    assert reev("templates", str(tmp_path / name)).exit_code == 2


async def test_a_change_is_checked_at_once_and_no_change_is_not(tmp_path):
    path = tmp_path / "a.j2"
    path.write_text(RIGHT)
    os.utime(path, ns=(0, 0))
    assert await told_after(path, WRONG, RIGHT) == [[], ["unknown_variable"], []]


async def test_a_file_that_an_editor_replaces_is_waited_for(tmp_path):
    path = tmp_path / "a.j2"
    path.write_text(RIGHT)
    assert await told_after(path, None, WRONG) == [[], ["unknown_variable"]]


def test_watching_ends_with_ctrl_c(tmp_path):
    path = tmp_path / "a.j2"
    path.write_text(WRONG)
    code = f"from reev_runner.cli import group; group(['templates', {str(tmp_path)!r}, '--watch'])"
    with subprocess.Popen(
        [sys.executable, "-uc", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        told = [process.stdout.readline() for _ in range(2)]
        path.write_text(RIGHT)
        told.append(process.stdout.readline())
        process.send_signal(signal.SIGINT)
        assert (process.wait(timeout=30), process.stderr.read()) == (0, "")
    assert told[1:] == ["1 finding\n", "nothing to remark\n"]


@pytest.fixture
def greeting(workplace):
    """Return a folder whose frame is put around every prompt."""
    folder = workplace / "mine" / "base"
    folder.mkdir(parents=True)
    (folder / "step.j2").write_text(FRAME)
    return folder.parent


def prompts(reev, *arguments):
    document = json.loads(reev(*arguments, "--json").stdout)
    journal = Path(document["results"][0]["timing"]["folder"], "journal.jsonl").read_text()
    return [event["prompt"] for event in map(json.loads, journal.splitlines()) if event["type"] == "step_started"]


@pytest.mark.parametrize("mode", ["--direct", "--dynamic"])
def test_templates_of_a_folder_come_before_the_bundled_ones(reev, greeting, mode):
    (prompt,) = prompts(reev, "exec", mode, "lend 5 USDC", "--templates", str(greeting))
    assert prompt.startswith("Good morning. Lend 5 USDC")


def test_the_folder_can_be_set_in_the_environment(reev, greeting, monkeypatch):
    monkeypatch.setenv("REEV_TEMPLATES", str(greeting))
    assert prompts(reev, "run", "001")[0].startswith("Good morning. ")
    assert "REEV_TEMPLATES" in reev("config").stdout


def test_a_run_with_other_templates_says_so_where_it_is_repeated(reev, greeting):
    result = json.loads(reev("exec", "lend 5 USDC", "--templates", "mine", "--json").stdout)["results"][0]
    command = result["timing"]["reproduce"]
    assert command[command.index("--templates") + 1] == "mine"


@pytest.mark.parametrize("arguments", [("exec", "lend 5 USDC"), ("run", "001")])
def test_a_folder_that_has_no_templates_is_refused_before_anything_runs(reev, workplace, arguments):
    done = reev(*arguments, "--templates", str(workplace / "nowhere"))
    assert (done.exit_code, "[no_templates]" in done.stderr) == (2, True)


@pytest.mark.parametrize("arguments", [("exec", "lend 5 USDC"), ("run", "001")])
def test_a_template_that_is_wrong_is_named_with_its_line(reev, greeting, arguments):
    (greeting / "base" / "step.j2").write_text(WRONG)
    done = reev(*arguments, "--templates", str(greeting))
    assert done.exit_code == 2
    assert "base/step.j2:4" in done.stderr
