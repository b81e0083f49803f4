import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reev_runner.judgement._figures import figures


def asserted(text: str, symbol: str = "USDC") -> list[str]:
    return [str(figure.value) for figure in figures(text, symbol) if figure.is_asserted]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,045.71", ["1045.71"]),
        ("1'045.71", ["1045.71"]),
        ("1’045.71", ["1045.71"]),
        ("1_045.71", ["1045.71"]),
        ("1 045.71", ["1045.71"]),
        ("1,045 711", ["1045", "711"]),
        ("12,34", []),
        ("1.2.3 2026-11-22", []),
        ("$5 5USDC USDC5 5 usd", ["5", "5", "5", "5"]),
        ("5% 5 days 5 shares 5 SOL 5 EUR €5 SOL 5", []),
        ("SOL: 5 USDC", ["5"]),
        ("x5 5x", []),
        ("-5 −5 - 5", ["5"]),
        ('"shares": 5, shares_raw=6\nShares: 7', []),
        ("the value of your shares: 5", ["5"]),
        ("5 or 6, 7", ["7"]),
        ("not 5, but 6; no 7 and 8", ["6", "8"]),
        ("5 is wrong, 6 USDC isn't it, 7 was not", []),
        ("5? 6 USDC? 7!", ["7"]),
    ],
)
def test_amounts_of_the_token_are_told_from_other_numbers(text: str, expected: list[str]) -> None:
    assert asserted(text) == expected


def test_a_token_outside_the_registry_goes_by_its_symbol_alone() -> None:
    assert asserted("5 raw units, 6 USDC", "raw units of X") == ["5"]


@given(st.text(alphabet="0123456789.,'_ -$%UxSDC?or", max_size=80))
def test_every_amount_is_made_of_the_digits_where_it_stands(text: str) -> None:
    for figure in figures(text, "USDC"):
        written = re.sub(r"[^0-9.]", "", text[figure.start : figure.end])
        assert Decimal(written) == figure.value
        assert figure.end - figure.start <= 28
