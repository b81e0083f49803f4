from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reev_runner.lint import lint_file

Lint = Callable[..., list[Any]]


def test_a_section_that_is_not_evaluated_is_mentioned_at_its_key(lint: Lint):
    (finding,) = lint("not-gradable", truth="  success_criteria: [{type: a}]")
    assert finding.severity == "info"
    assert finding.at.startswith("success_criteria:")


def test_an_unknown_key_is_reported_with_the_one_that_may_be_meant(lint: Lint):
    (finding,) = lint("unknown-key", "type: SolBalance, pubkey: USER_WALLET_PUBKEY, expected: 1, expected_gt: 5")
    assert finding.suggestion == "did you mean expected_gte?"
    assert finding.at == "expected_gt: 5}"
    (finding,) = lint("unknown-key", top="wholly_new: 1")
    assert (finding.suggestion, finding.at) == ("", "wholly_new: 1")


def test_a_key_that_belongs_elsewhere_is_not_taken_for_a_misspelt_one(lint: Lint):
    (finding,) = lint("unknown-key", top="after_step: 1")
    assert finding.suggestion == ""
    (finding,) = lint("unknown-key", "type: SolBalance, pubkey: USER_WALLET_PUBKEY, expected: 1, min_pools: 5")
    assert finding.suggestion == ""


@pytest.mark.parametrize("key", ["with.dots", "0"])
def test_unknown_keys_of_any_spelling_have_a_place(lint: Lint, key: str):
    (finding,) = lint("unknown-key", top=f"'{key}': 1")
    assert finding.at == f"'{key}': 1"


def test_no_more_than_fifty_unknown_keys_are_named(lint: Lint):
    assert len(lint("unknown-key", top="\n".join(f"key_{number}: 1" for number in range(60)))) == 50


def test_a_file_without_a_reference_is_told_so(lint: Lint):
    (finding,) = lint("missing-reference")
    assert (finding.severity, finding.at) == ("info", "x-1")
    assert lint("missing-reference", top="reference: [[{kind: balances}]]") == []


def test_a_ground_truth_without_assertions_judges_nothing(tmp_path: Path, path_of: Callable[..., Path]):
    path = path_of()
    head, _ = path.read_text("utf-8").split("  final_state_assertions:")
    path.write_text(head + "  final_state_assertions: []\n", encoding="utf-8")
    (finding,) = [finding for finding in lint_file(path) if finding.rule == "no-assertions"]
    assert finding.severity == "warning"
