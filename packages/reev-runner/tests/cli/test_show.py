import json
import re
from pathlib import Path


def test_a_run_is_shown_again_as_it_was_shown(reev, reev_runner):
    first = reev_runner("001").stdout
    (folder,) = Path("runs").iterdir()
    again = reev("show", folder.name)
    assert again.exit_code == 0
    assert again.stdout.strip() in first


def test_a_run_is_found_by_its_folder_too(reev, reev_runner):
    reev_runner("001", "--out", "elsewhere")
    (folder,) = Path("elsewhere").iterdir()
    assert reev("show", str(folder)).stdout == reev("show", folder.name, "--out", "elsewhere").stdout


def test_its_json_is_the_document_of_the_run(reev, reev_runner):
    first = reev_runner("001", "--json").stdout
    (folder,) = Path("runs").iterdir()
    assert json.loads(reev("show", folder.name, "--json").stdout) == json.loads(first)


def test_verbose_shows_more(reev, reev_runner):
    reev_runner("001")
    (folder,) = Path("runs").iterdir()
    assert "the agent read" in reev("show", folder.name, "--verbose").stdout


def test_a_failed_run_can_be_shown_without_failing(reev, reev_runner):
    assert reev_runner("001", "--agent", "does_nothing").exit_code == 1
    (folder,) = Path("runs").iterdir()
    assert reev("show", folder.name).exit_code == 0


def test_an_unknown_session_is_wrong_usage(reev):
    result = reev("show", "never-happened")
    assert result.exit_code == 2
    assert result.stderr.startswith("error: ")


def test_times_that_are_no_numbers_are_shown_as_missing(reev, reev_runner):
    reev_runner("001")
    (journal,) = Path("runs").glob("*/journal.jsonl")
    journal.write_text(re.sub(r'"elapsed_ms":[0-9.]+', '"elapsed_ms":NaN', journal.read_text()))
    (result,) = json.loads(reev("show", journal.parent.name, "--json").stdout)["results"]
    assert result["timing"]["duration_ms"] is None
    assert reev("show", journal.parent.name).exit_code == 0


def test_a_diagram_is_printed_and_nothing_else(reev, reev_runner):
    reev_runner("429")
    (folder,) = Path("runs").iterdir()
    result = reev("show", folder.name, "--diagram")
    assert result.exit_code == 0
    assert result.stdout.startswith("stateDiagram-v2\n")
    assert "rate_limited, attempt 2" in result.stdout
    assert result.stdout.endswith("good\n")


def test_a_diagram_is_no_json(reev):
    result = reev("show", "x", "--diagram", "--json")
    assert (result.exit_code, "[json_or_diagram]" in result.stderr) == (2, True)
