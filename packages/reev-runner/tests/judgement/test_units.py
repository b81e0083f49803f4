from collections.abc import Callable
from decimal import Decimal

import pytest

from reev_runner.judgement._units import SOL_UNIT, USD_UNIT, Unit, plain, unit_of
from reev_types.tokens import find_token

USDC = unit_of(find_token("USDC").mint)


@pytest.mark.parametrize(
    ("unit", "raw", "text"),
    [
        (SOL_UNIT, 100_000_000, "0.1 SOL"),
        (USDC, 35_000_000, "35 USDC"),
        (USDC, 0, "0 USDC"),
        (USDC, 1_000, "0.001 USDC"),
        (USDC, 999, "0.000999 USDC (999 raw)"),
        (SOL_UNIT, 999_999, "0.000999999 SOL (999999 raw)"),
        (SOL_UNIT, 1_000_000, "0.001 SOL"),
        (SOL_UNIT, -5_000, "-0.000005 SOL (-5000 raw)"),
        (USD_UNIT, 250_000_000, "250 USD"),
    ],
)
def test_an_amount_reads_in_ui_units_with_raw_beside_the_tiny(unit: Unit, raw: int, text: str) -> None:
    assert unit.text(raw) == text


@pytest.mark.parametrize(
    ("raw", "text"), [(15_000_000, "+15 USDC"), (1, "+0.000001 USDC (1 raw)"), (-15_000_000, "-15 USDC"), (0, "0 USDC")]
)
def test_a_difference_shows_its_sign(raw: int, text: str) -> None:
    assert USDC.signed(raw) == text


def test_a_mint_outside_the_registry_stays_raw(address: Callable[[str], str]) -> None:
    mint = address("mystery")

    assert unit_of(mint).text(7) == f"7 raw units of {mint[:4]}…{mint[-4:]}"


def test_an_unnamed_mint_stays_raw() -> None:
    assert unit_of(None).text(1_500) == "1500 raw units"


@pytest.mark.parametrize(
    ("number", "text"), [("1.50", "1.5"), ("1.0", "1"), ("10", "10"), ("1E+2", "100"), ("0.10", "0.1")]
)
def test_a_weight_reads_without_exponent_or_trailing_zeros(number: str, text: str) -> None:
    assert plain(Decimal(number)) == text
