import re
from collections.abc import Callable
from pathlib import Path

import pytest

from reev_runner.files import BUILT_IN
from reev_runner.lint import RULES, Finding, ProbeReport, lint_file
from reev_types.benchmarks import TestCase
from reev_types.errors import FilePlace

PathOf = Callable[..., Path]


def test_a_file_that_cannot_be_read_is_one_finding_and_no_error(tmp_path: Path):
    (tmp_path / "b.yml").write_text("a: 1\na: 2", encoding="utf-8")
    (finding,) = lint_file(tmp_path / "b.yml")
    assert (finding.rule, finding.severity) == ("bad-file", "error")
    assert str(finding) == f"{tmp_path / 'b.yml'}:2:1: error: 'a' stands here and in line 1 (duplicate_key) [bad-file]"
    (finding,) = lint_file(tmp_path / "none.yml")
    assert finding.place == FilePlace(str(tmp_path / "none.yml"))


def test_a_file_that_does_not_compile_is_still_looked_at(path_of: PathOf):
    path = path_of(top="flow: [{step: 1, prompt: a}, {step: 1, prompt: b}]\nsurprise: 1")
    rules = [finding.rule for finding in lint_file(path)]
    assert rules == ["missing-reference", "bad-file", "unknown-key"]


def test_what_a_rule_says_is_not_said_again_by_the_compiler(path_of: PathOf):
    path = path_of("type: SolBalance, pubkey: NOBODY, expected: 1")
    assert [finding.rule for finding in lint_file(path)] == ["missing-reference", "undefined-placeholder"]


def test_findings_come_in_the_order_of_the_file(path_of: PathOf):
    change = "type: SolBalanceChange, pubkey: USER_WALLET_PUBKEY, "
    findings = lint_file(path_of(change + "expected_change_gte: -5", change + "expected_change_gte: -6", top="x: 1"))
    assert len(findings) > 3
    assert list(findings) == sorted(findings, key=lambda finding: (finding.place.line, finding.place.column))


def test_a_probe_is_asked_about_the_compiled_case(path_of: PathOf):
    asked: list[TestCase] = []

    def probe(case: TestCase) -> ProbeReport:
        asked.append(case)
        return ProbeReport(reference_failed=(0,), met_by_nothing=(1,))

    sol = "type: SolBalance, pubkey: USER_WALLET_PUBKEY, expected: "
    findings = lint_file(path_of(sol + "1", sol + "2"), probe=probe)
    dynamic = {
        finding.rule: finding for finding in findings if finding.rule in {"reference-fails", "survives-doing-nothing"}
    }
    assert [case.id for case in asked] == ["x-1"]
    assert dynamic["reference-fails"].severity == "error"
    assert dynamic["reference-fails"].place.line + 1 == dynamic["survives-doing-nothing"].place.line


def test_an_agent_that_did_nothing_may_meet_what_only_returns(path_of: PathOf):
    usdc = "type: TokenAccountBalance, pubkey: USER_USDC_ATA, "
    path = path_of(usdc + "expected: 20, after_step: 1", usdc + "expected: 70")
    rules = [finding.rule for finding in lint_file(path, probe=lambda case: ProbeReport(met_by_nothing=(0, 1)))]
    assert rules.count("survives-doing-nothing") == 1


def test_a_reference_that_breaks_is_an_error_at_the_reference(path_of: PathOf):
    path = path_of(top="reference: [[{kind: balances}]]")
    findings = lint_file(path, probe=lambda case: ProbeReport(reference_broke=("step_1 failed: x",)))
    (finding,) = [finding for finding in findings if finding.rule == "reference-fails"]
    assert (finding.severity, finding.message) == ("error", "the reference solution does not work: step_1 failed: x")
    line = path.read_text("utf-8").splitlines()[finding.place.line - 1]
    assert line[finding.place.column - 1 :] == "[[{kind: balances}]]"


def test_a_probe_is_not_asked_about_a_bad_file(tmp_path: Path, path_of: PathOf):
    def probe(case: TestCase) -> ProbeReport:
        raise AssertionError(case.id)

    assert lint_file(tmp_path / "none.yml", probe=probe)
    assert lint_file(path_of("type: SolBalance, pubkey: NOBODY, expected: 1"), probe=probe)


def test_rules_have_distinct_kebab_case_names_and_say_what_they_find():
    names = [name for name, _, _ in RULES]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", name) for name in names)
    assert all(summary for _, _, summary in RULES)


@pytest.mark.parametrize("path", sorted(BUILT_IN.glob("*.yml")), ids=lambda path: path.stem)
def test_the_projects_own_benchmarks_are_clean(path: Path):
    assert lint_file(path) == ()


def test_a_finding_is_a_line_with_place_severity_and_rule():
    finding = Finding("some-rule", "info", "a message", FilePlace("b.yml", 3, 4))
    assert str(finding) == "b.yml:3:4: info: a message [some-rule]"
