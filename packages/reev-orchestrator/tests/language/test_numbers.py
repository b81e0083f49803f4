from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reev_orchestrator.language._numbers import numeral_value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.1", Decimal("0.1")),
        (".5", Decimal("0.5")),
        ("0", Decimal(0)),
        ("1,250.5", Decimal("1250.5")),
        ("1,000,000", Decimal(1_000_000)),
        ("1e-3", Decimal("0.001")),
        ("2.5E2", Decimal(250)),
        ("1/2", Fraction(1, 2)),
        ("10/4", Fraction(5, 2)),
    ],
)
def test_clear_numerals_have_a_value(text, value):
    assert numeral_value(text) == value


@pytest.mark.parametrize(
    "text",
    ["1,5", "0,500", "1.250,5", "1,00", "1.2.3", "01", "1,0000", "1/0", "0/2", "1'000", "1_000", "1e999", "", "."],
)
def test_doubtful_numerals_have_none(text):
    assert numeral_value(text) is None


@given(st.integers(0, 10**15))
def test_grouping_thousands_does_not_change_a_number(number):
    assert numeral_value(f"{number:,}") == numeral_value(str(number)) == number
