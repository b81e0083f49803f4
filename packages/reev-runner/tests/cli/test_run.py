import json
import os
import shlex
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from reev_runner import suite
from reev_types.errors import StorageError


def words(result):
    return [line.split()[0] for line in result.stdout.splitlines() if line[:1].isupper()]


def without_timing(value):
    match value:
        case dict():
            return {key: without_timing(item) for key, item in value.items() if key != "timing"}
        case list():
            return [without_timing(item) for item in value]
        case _:
            return value


def test_a_benchmark_that_passes_is_status_0_with_its_trace(reev_runner):
    result = reev_runner("001-sol-transfer")
    assert result.exit_code == 0
    assert result.stdout.startswith("PASS 001-sol-transfer score 1.00 ")
    assert "System Transfer  0.1 SOL  USER_WALLET_PUBKEY → RECIPIENT_WALLET_PUBKEY" in result.stdout
    assert "reproduce reev-runner 001-sol-transfer --agent deterministic --seed 0" in result.stdout


def test_a_benchmark_that_fails_is_status_1_with_reasons(reev_runner):
    result = reev_runner("001", "--agent", "does_nothing")
    assert result.exit_code == 1
    assert words(result)[0] == "FAIL"
    assert "[did_nothing]" in result.stdout


def test_a_bad_file_is_status_2_and_stops_nobody(reev_runner, broken_file):
    result = reev_runner("001", str(broken_file), "002")
    assert result.exit_code == 2
    assert words(result) == ["PASS", "BAD", "PASS"]
    assert "broken.yml:5:" in result.stdout
    assert "Traceback" not in result.output


def test_a_missing_file_among_others_stops_nobody(reev_runner):
    result = reev_runner("001", "missing.yml", "002")
    assert result.exit_code == 2
    assert words(result) == ["PASS", "BAD", "PASS"]


def test_a_run_that_the_environment_ended_is_status_3(reev_runner, monkeypatch):
    real = suite.run_suite

    def disturbed(*arguments):
        (trial,) = real(*arguments)
        return (suite.Trial(trial.result.model_copy(update={"status": "error", "judgement": None}), trial.events),)

    monkeypatch.setattr(suite, "run_suite", disturbed)
    assert reev_runner("001").exit_code == 3


def test_fail_fast_stops_after_the_first_that_does_not_pass(reev_runner):
    result = reev_runner("001", "002", "--agent", "does_nothing", "--fail-fast")
    assert words(result) == ["FAIL"]


def test_tags_choose_among_the_files(reev_runner):
    result = reev_runner("001", "002", "--tag", "system-program")
    assert words(result) == ["PASS"]


def test_json_is_one_document_and_nothing_else(reev_runner, broken_file):
    result = reev_runner("001", str(broken_file), "--json")
    document = json.loads(result.stdout)
    assert list(document) == ["summary", "results", "timing"]
    assert (document["summary"]["exit_status"], result.exit_code) == (2, 2)
    assert result.stderr == ""


def test_equal_runs_print_equal_json_outside_timing(reev_runner):
    first, second = (json.loads(reev_runner("001", "--json", "--out", out).stdout) for out in ("a", "b"))
    assert first != second
    assert json.dumps(without_timing(first)) == json.dumps(without_timing(second))


def test_junit_is_written_beside_the_report(reev_runner):
    result = reev_runner("001", "--junit", "ci/report.xml")
    assert result.exit_code == 0
    assert ET.parse("ci/report.xml").find(".//testcase").get("name") == "001-sol-transfer"


def test_junit_is_written_even_when_nobody_reads_the_report(reev_runner, monkeypatch):
    def closed(*arguments, **options):
        raise BrokenPipeError

    monkeypatch.setattr("reev_runner.report.print_suite", closed)
    monkeypatch.setattr("reev_runner.cli._errors._drop_stdout", lambda: None)
    assert reev_runner("001", "--junit", "report.xml").exit_code == 141
    assert Path("report.xml").exists()


def test_junit_is_complete_when_the_reader_goes_away_while_the_suite_runs(workplace):
    code = "from reev_runner.cli import runner; runner(['001', '002', '003', '--junit', 'report.xml'])"
    program = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    program.stdout.close()
    assert (program.stderr.read(), program.wait(timeout=60)) == (b"", 141)
    program.stderr.close()
    assert len(ET.parse("report.xml").findall(".//testcase")) == 3


def test_a_junit_file_that_cannot_be_written_is_status_3(reev_runner, workplace):
    result = reev_runner("001", "--junit", str(workplace))
    assert result.exit_code == 3
    assert "[cannot_write]" in result.stderr


def test_runs_are_kept_in_the_folder_that_was_asked_for(reev_runner):
    reev_runner("001", "--out", "kept")
    (folder,) = Path("kept").iterdir()
    assert {"journal.jsonl", "result.json"} <= {file.name for file in folder.iterdir()}


def test_flags_variables_and_file_configure_a_run(reev_runner, monkeypatch):
    Path("reev.toml").write_text('agent = "refuses"\nseed = 5\n')
    monkeypatch.setenv("REEV_SEED", "6")
    (result,) = json.loads(reev_runner("003", "--json").stdout)["results"]
    assert (result["agent"], result["seed"]) == ("refuses", 6)
    (result,) = json.loads(reev_runner("003", "--json", "--seed", "7").stdout)["results"]
    assert result["seed"] == 7


def test_a_reserve_is_kept_and_repeated(reev_runner):
    result = reev_runner("001", "--sol-reserve", "0.5", "--json")
    (run,) = json.loads(result.stdout)["results"]
    assert run["timing"]["repeat"] == ["--agent", "deterministic", "--sol-reserve", "0.5"]
    journal = Path(run["timing"]["folder"], "journal.jsonl").read_text().splitlines()
    assert json.loads(journal[0])["sol_reserve_lamports"] == 500_000_000
    assert "--agent deterministic --sol-reserve 0.5 --seed 0" in reev_runner("001", "--sol-reserve", "0.5").stdout


def test_the_usual_reserve_leaves_a_run_what_it_is(reev_runner):
    usual, stated, other = (
        json.loads(reev_runner("001", "--json", *arguments).stdout)["results"][0]
        for arguments in ([], ["--sol-reserve", "0.01"], ["--sol-reserve", "0.02"])
    )
    assert usual["run_hash"] == stated["run_hash"] != other["run_hash"]
    assert "repeat" not in stated["timing"]


def test_a_recorded_run_is_repeated_by_the_command_that_it_prints(reev_runner, paying):
    first = reev_runner("001", "--agent", paying, "--record", "tapes", "--temperature", "0.5", "--max-turns", "3")
    (line,) = [line for line in first.stdout.splitlines() if "reproduce" in line]
    arguments = shlex.split(line.partition("reev-runner")[2])
    assert arguments == [
        *("001-sol-transfer", "--replay", "tapes", "--temperature", "0.5", "--max-turns", "3", "--seed", "0")
    ]
    reev_runner(*arguments)
    first, again = (json.loads(Path(run, "result.json").read_text()) for run in Path("runs").iterdir())
    assert first["run_hash"] == again["run_hash"]
    assert first["status"] == again["status"] == "passed"


def test_nothing_to_run_is_wrong_usage_with_an_example(reev_runner):
    result = reev_runner()
    assert result.exit_code == 2
    assert result.stderr.startswith("error: name a benchmark")
    assert "reev-runner 001-sol-transfer" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [["999"], ["missing.yml"], ["001", "--agent", "nobody"], ["001", "--seed", "-1"], ["001", "--config", "none.toml"]],
)
def test_a_mistake_is_one_line_and_status_2(reev_runner, arguments):
    result = reev_runner(*arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith("error: ")
    assert result.stderr.count("\n") == 1


def test_a_disk_that_refuses_is_one_line_and_status_3(reev_runner, monkeypatch):
    def refuse(*arguments):
        raise StorageError("disk_full", "no space left")

    monkeypatch.setattr(suite, "run_suite", refuse)
    result = reev_runner("001")
    assert (result.exit_code, result.stderr) == (3, "error: no space left [disk_full]\n")


def test_an_interrupt_is_status_130(reev_runner, monkeypatch):
    def interrupt(*arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(suite, "run_suite", interrupt)
    result = reev_runner("001")
    assert (result.exit_code, result.stderr) == (130, "interrupted\n")


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal needs POSIX")
def test_on_a_terminal_an_overview_follows_the_progress(workplace):
    import pty

    child, terminal = pty.fork()
    if child == 0:
        code = "from reev_runner.cli import runner; runner(['001', '003', '--agent', 'refuses'])"
        os.environ.update(TERM="xterm", NO_COLOR="1", COLUMNS="100")
        os.execv(sys.executable, [sys.executable, "-c", code])
    text = b""
    while chunk := _read(terminal):
        text += chunk
    _, status = os.waitpid(child, 0)
    shown = text.decode()
    assert os.waitstatus_to_exitcode(status) == 1
    assert "2/2" in shown
    assert "✗ failed   001-sol-transfer" in shown
    assert "PASS" not in shown


def _read(terminal):
    try:
        return os.read(terminal, 65_536)
    except OSError:  # Linux says so when the other end has closed
        return b""
