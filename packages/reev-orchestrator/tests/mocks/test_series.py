from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reev_orchestrator.mocks import MOCK_PRICES, PRICE_SERIES, PausedClock, SeriesPrices, price_series
from reev_types.errors import UsageError
from reev_types.tokens import SOL_MINT


@given(st.sampled_from(PRICE_SERIES), st.integers(0, 99), st.decimals("0.00000001", "1000000", places=8))
def test_a_series_repeats_and_stays_above_zero(name, seed, start):
    series = price_series(name, start, 60, seed=seed)
    assert series == price_series(name, start, 60, seed=seed)
    assert len(series) == 61
    assert series[0] == start
    assert all(price > 0 and price.is_finite() for price in series)


def test_series_move_as_their_names_say():
    ends = {name: price_series(name, Decimal(100), 50)[-1] for name in PRICE_SERIES}
    assert ends["flat"] == 100
    assert ends["crash"] < 50 < ends["calm"] < ends["rally"]
    assert len({price_series("volatile", Decimal(100), 50, seed=seed)[-1] for seed in range(20)}) == 20


def test_an_unknown_series_lists_the_known_ones():
    with pytest.raises(UsageError, match="unknown_price_series") as caught:
        price_series("moon", Decimal(1), 1)
    assert caught.value.suggestions == ("one of flat, calm, volatile, rally, crash",)


async def test_prices_follow_the_clock_and_stop_at_the_end():
    clock = PausedClock()
    source = SeriesPrices("crash", clock, steps=3)
    expected = price_series("crash", MOCK_PRICES[SOL_MINT], 3)
    for at in (0, 1, 2, 3, 3):
        sheet = await source.prices([SOL_MINT, "11111111111111111111111111111112"])
        assert sheet.prices == {SOL_MINT: expected[at]}
        await clock.advance(30)
