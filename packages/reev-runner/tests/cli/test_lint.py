import json

import pytest
from rich.text import Text

from reev_runner.cli._lint import _finding_line, _status
from reev_runner.lint import Finding
from reev_types.errors import FilePlace

CONTRADICTORY = """\
id: impossible
prompt: Send 0.1 SOL to RECIPIENT_WALLET_PUBKEY.
initial_state:
  - pubkey: USER_WALLET_PUBKEY
    owner: "11111111111111111111111111111111"
    lamports: 1000000000
  - pubkey: RECIPIENT_WALLET_PUBKEY
    owner: "11111111111111111111111111111111"
    lamports: 0
ground_truth:
  final_state_assertions:
    - type: SolBalance
      pubkey: RECIPIENT_WALLET_PUBKEY
      expected: 1
    - type: SolBalance
      pubkey: RECIPIENT_WALLET_PUBKEY
      expected: 2
"""


@pytest.fixture
def impossible(workplace):
    path = workplace / "impossible.yml"
    path.write_text(CONTRADICTORY)
    return str(path)


def finding(severity, rule="some-rule"):
    return Finding(rule, severity, "message", FilePlace("a.yml", 1, 2), "do this")


def test_each_finding_is_one_line_with_its_place_rule_and_severity(reev, impossible):
    result = reev("lint", impossible)
    assert result.exit_code == 1
    first = result.stdout.splitlines()[0]
    assert first.startswith(f"{impossible}:")
    assert any(" error contradictory" in line for line in result.stdout.splitlines())
    assert result.stdout.splitlines()[-1].endswith(" in 1 file")


def test_the_built_in_benchmarks_are_fit_to_run(reev):
    for benchmark in ("001", "002", "003", "004"):
        assert reev("lint", benchmark).exit_code == 0


def test_a_file_that_cannot_be_read_is_status_2_and_stops_nobody(reev, broken_file, impossible):
    result = reev("lint", str(broken_file), impossible)
    assert result.exit_code == 2
    assert "broken.yml:5:" in result.stdout
    assert "impossible.yml:" in result.stdout


def test_json_lists_findings_with_places(reev, impossible):
    document = json.loads(reev("lint", impossible, "--json").stdout)
    assert document["summary"]["exit_status"] == 1
    assert document["summary"]["errors"] >= 1
    assert {"path", "line", "column", "rule", "severity", "message", "suggestion"} == set(document["findings"][0])


def test_a_missing_file_is_wrong_usage(reev):
    assert reev("lint", "missing.yml").exit_code == 2


def test_a_missing_file_among_others_is_a_bad_file(reev, impossible):
    result = reev("lint", "missing.yml", impossible)
    assert result.exit_code == 2
    assert result.stdout.startswith("missing.yml error bad-file there is no such file (no_such_file)")
    assert result.stdout.splitlines()[-1].endswith(" in 2 files")


def test_files_with_one_id_are_checked_both(reev, impossible, workplace):
    (workplace / "copy.yml").write_text(CONTRADICTORY)
    assert reev("lint", impossible, "copy.yml").stdout.splitlines()[-1].endswith(" in 2 files")


def test_a_reference_that_cannot_be_carried_out_is_an_error(reev, workplace):
    transfer = "{kind: transfer, mint: So11111111111111111111111111111111111111112, recipient: RECIPIENT_WALLET_PUBKEY"
    reference = f"reference: [[{transfer}, amount: {{kind: exact, raw: 2000000000}}}}]]\n"
    (workplace / "poor.yml").write_text(CONTRADICTORY.replace("ground_truth:", f"{reference}ground_truth:"))
    lines = reev("lint", "poor.yml").stdout.splitlines()
    told = (
        "poor.yml:10:12 error reference-fails the reference solution does not work: step_1 failed: insufficient funds"
    )
    assert told in lines


@pytest.mark.parametrize(
    ("found", "status"),
    [
        ([], 0),
        ([[]], 0),
        ([[finding("info")]], 0),
        ([[finding("warning")], []], 1),
        ([[finding("info"), finding("error")]], 1),
        ([[finding("error", "bad-file")], [finding("error")]], 2),
    ],
)
def test_the_status_follows_the_worst_finding(found, status):
    assert _status(found) == status


def test_a_finding_reads_as_place_severity_rule_message_and_hint():
    assert _finding_line(finding("warning")).plain == "a.yml:1:2 warning some-rule message → do this"


def test_a_finding_cannot_steer_the_terminal():
    shown = _finding_line(Finding("r", "info", "[red]\x1b[2J\nx", FilePlace("\u202e.yml")))
    assert isinstance(shown, Text)
    assert shown.plain == "�.yml info r [red] x"
