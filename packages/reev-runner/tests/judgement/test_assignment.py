from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reev_runner.judgement._assignment import best_total

ENTRIES = st.fractions(0, 4, max_denominator=8)
TABLES = st.integers(1, 5).flatmap(
    lambda width: st.lists(st.lists(ENTRIES, min_size=width, max_size=width), min_size=1, max_size=5)
)


def _by_trying_all(gains: list[list[Fraction]]) -> Fraction:
    rows, columns = len(gains), len(gains[0])
    wide = gains if rows <= columns else [list(column) for column in zip(*gains, strict=True)]
    return max(
        sum((row[column] for row, column in zip(wide, chosen, strict=True)), Fraction(0))
        for chosen in permutations(range(len(wide[0])), len(wide))
    )


@given(TABLES)
def test_the_best_pairing_is_as_good_as_any(gains: list[list[Fraction]]) -> None:
    assert best_total(gains) == _by_trying_all(gains)


def test_a_greedy_choice_gives_way_to_a_better_pairing() -> None:
    gains = [[Fraction(3), Fraction(2)], [Fraction(3), Fraction(0)]]

    assert best_total(gains) == 5


@pytest.mark.parametrize("gains", [[], [[]], [[], []]])
def test_nothing_to_pair_gains_nothing(gains: list[list[Fraction]]) -> None:
    assert best_total(gains) == 0
