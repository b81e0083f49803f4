from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from reev_types.sources import PriceSheet, TokenHolding, WalletHoldings
from reev_types.tokens import SOL_MINT

OFFERS = st.one_of(
    st.decimals(),
    st.floats(),
    st.integers(),
    st.text(max_size=20),
    st.none(),
    st.booleans(),
    st.lists(st.integers(), max_size=2),
)


@given(OFFERS)
def test_an_offer_is_a_price_or_refused_and_never_both(offer):
    sheet = PriceSheet.read({SOL_MINT: offer})
    assert (SOL_MINT in sheet.prices) != (SOL_MINT in sheet.refused)
    for price in sheet.prices.values():
        assert price.is_finite()
        assert price > 0


@pytest.mark.parametrize(
    ("offer", "reason"),
    [
        (0, "'0' is not a price"),
        ("free", "'free' is not a price"),
        (float("nan"), "'nan' is not a price"),
        (Decimal("-1.5"), "'-1.5' is not a price"),
        (Decimal("1E+999999"), "'1E+999999' is not a price"),
        pytest.param(-(10**5_000), "a value of type int is not a price", id="large"),
        (True, "'True' is not a price"),
        (None, "a value of type NoneType is not a price"),
        pytest.param("9" * 5_000, f"'{'9' * 40}' is not a price", id="long"),
    ],
)
def test_a_refusal_shows_a_little_of_what_was_offered(offer, reason):
    assert PriceSheet.read({SOL_MINT: offer}).refused == {SOL_MINT: reason}


@pytest.mark.parametrize(("offer", "price"), [("147.48", "147.48"), (0.1, "0.1"), (3, "3"), ("0.00002", "0.00002")])
def test_a_price_keeps_its_digits(offer, price):
    assert str(PriceSheet.read({SOL_MINT: offer}).prices[SOL_MINT]) == price


@pytest.mark.parametrize("price", ["0", "-1", "NaN"])
def test_a_sheet_cannot_be_made_of_what_is_no_price(price):
    with pytest.raises(ValidationError):
        PriceSheet(prices={SOL_MINT: price})


def test_holdings_are_raw_amounts():
    assert WalletHoldings(owner=SOL_MINT, lamports=0).tokens == ()
    with pytest.raises(ValidationError):
        TokenHolding(mint=SOL_MINT, balance_raw=-1)
