import pytest
from hypothesis import given
from hypothesis import strategies as st

from reev_runner.judgement._bounds import between, clauses
from reev_runner.judgement._units import SOL_UNIT, unit_of
from reev_types.assertions import SolBalance, TokenAccountBalance
from reev_types.tokens import find_token

USDC = unit_of(find_token("USDC").mint)
NUMBERS = st.integers(-(10**12), 10**12)


def test_every_bound_becomes_a_clause_in_words() -> None:
    bounds = SolBalance(
        pubkey="A",
        expected=10**9,
        expected_gte=10**8,
        expected_lte=2 * 10**9,
        expected_change_gte=-105_010_000,
        expected_change_lte=10**7,
        expected_change_not_zero=True,
    )

    assert [clause.text(SOL_UNIT) for clause in clauses(bounds)] == [
        "1 SOL",
        "≥ 0.1 SOL",
        "≤ 2 SOL",
        "change ≥ -0.10501 SOL",
        "change ≤ +0.01 SOL",
        "change ≠ 0 SOL",
    ]


def test_a_bound_of_zero_is_a_bound() -> None:
    assert [clause.text(USDC) for clause in clauses(TokenAccountBalance(pubkey="A", expected=0))] == ["0 USDC"]


@pytest.mark.parametrize(("least", "most", "count"), [(None, None, 0), (2, None, 1), (None, 4, 1), (2, 4, 2)])
def test_a_range_demands_only_what_is_given(least: int | None, most: int | None, count: int) -> None:
    assert len(between(least, most)) == count


@given(bound=NUMBERS, reading=NUMBERS)
def test_a_lower_and_an_upper_bound_at_the_same_number_mean_equality(bound: int, reading: int) -> None:
    both = all(clause.holds(reading) for clause in between(bound, bound))
    (equal,) = clauses(SolBalance(pubkey="A", expected=bound))

    assert both == equal.holds(reading) == (bound == reading)


@given(bound=NUMBERS)
def test_bounds_are_inclusive_to_the_raw_unit(bound: int) -> None:
    low, high = between(bound, bound)

    assert (low.holds(bound), low.holds(bound - 1)) == (True, False)
    assert (high.holds(bound), high.holds(bound + 1)) == (True, False)
