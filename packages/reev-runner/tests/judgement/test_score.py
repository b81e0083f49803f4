from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reev_runner.judgement._score import Grade, grade, rounded
from reev_types.results import AssertionVerdict

WEIGHTS = st.decimals(0, 100, places=3).map(lambda weight: f"{weight:f}")
VERDICTS = st.lists(st.tuples(WEIGHTS, st.sampled_from([True, False, None])), min_size=1, max_size=8)


def _verdicts(rows: Sequence[tuple[str, bool | None]]) -> list[AssertionVerdict]:
    return [
        AssertionVerdict(type="SolBalance", subject="s", expected="e", actual="a", met=met, weight=weight)
        for weight, met in rows
    ]


@pytest.mark.parametrize(
    ("rows", "arithmetic", "score"),
    [
        ([("1", True), ("0.5", True), ("0.5", False)], "(1 + 0.5) / 2 = 0.75", Fraction(3, 4)),
        ([("1", True), ("1", True), ("1", False)], "(1 + 1) / 3 ≈ 0.666667", Fraction(2, 3)),
        ([("0.3", True), ("0.4", True)], "(0.3 + 0.4) / 0.7 = 1", Fraction(1)),
        ([("1", True)], "1 / 1 = 1", Fraction(1)),
        ([("1", False)], "0 / 1 = 0", Fraction(0)),
        ([("1", True), ("3", None)], "1 / 4 = 0.25", Fraction(1, 4)),
        ([("1", True), ("0", False)], "1 / 1 = 1", Fraction(1)),
    ],
)
def test_the_score_is_the_weight_of_what_was_met(
    rows: list[tuple[str, bool | None]], arithmetic: str, score: Fraction
) -> None:
    found = grade(_verdicts(rows), acted=True)

    assert found == Grade(score, arithmetic, gradable=True)


def test_doing_nothing_earns_nothing_and_the_arithmetic_says_so() -> None:
    found = grade(_verdicts([("1", True), ("1", True)]), acted=False)

    assert found == Grade(Fraction(0), "(1 + 1) / 2 = 1, but 0 for doing nothing")


@pytest.mark.parametrize("rows", [[], [("0", True)]])
def test_without_any_weight_nothing_is_graded(rows: list[tuple[str, bool | None]]) -> None:
    found = grade(_verdicts(rows), acted=True)

    assert found == Grade(Fraction(0), "no assertion carries weight, so 0", gradable=False)


@given(VERDICTS)
def test_a_score_lies_between_0_and_1(rows: list[tuple[str, bool | None]]) -> None:
    assert 0 <= grade(_verdicts(rows), acted=True).score <= 1


@given(VERDICTS, st.data())
def test_meeting_one_more_assertion_never_lowers_the_score(
    rows: list[tuple[str, bool | None]], data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, len(rows) - 1))
    better = [*rows[:index], (rows[index][0], True), *rows[index + 1 :]]

    assert grade(_verdicts(better), acted=True).score >= grade(_verdicts(rows), acted=True).score


@given(VERDICTS)
def test_the_score_does_not_depend_on_the_order(rows: list[tuple[str, bool | None]]) -> None:
    assert grade(_verdicts(rows), acted=True).score == grade(_verdicts(rows[::-1]), acted=True).score


def test_weights_of_many_digits_add_up_exactly() -> None:
    tiny = "0.00000000000000000000000000000000000001"

    found = grade(_verdicts([("10000000000", True), (tiny, False)]), acted=True)

    assert found.score < 1
    assert found.arithmetic == f"10000000000 / 10000000000{tiny[1:]} ≈ 1"


def test_a_score_is_shown_with_six_decimals() -> None:
    assert rounded(Fraction(11, 14)) == 0.785714
