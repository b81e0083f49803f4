import pytest

from reev_runner.dynamic import MarketQuotes
from reev_types.tokens import find_token

SOL, USDC = find_token("SOL").mint, find_token("USDC").mint


@pytest.fixture
def quotes(sandbox):
    return MarketQuotes(sandbox)


async def test_what_is_quoted_for_an_input_is_what_the_market_pays(quotes):
    quote = await quotes.quote(SOL, USDC, "in", 100_000_000)
    assert (quote.input_raw, quote.output_raw) == (100_000_000, 14_993_992)


async def test_an_output_is_quoted_by_what_it_costs(quotes):
    quote = await quotes.quote(SOL, USDC, "out", 50_000_000)
    assert quote.output_raw == 50_000_000
    assert 333_000_000 < quote.input_raw < 334_000_000


async def test_a_large_trade_moves_the_price(quotes):
    small, large = [await quotes.quote(SOL, USDC, "in", raw) for raw in (10**8, 10**13)]
    assert small.price_impact_bps < 10 < large.price_impact_bps


async def test_what_the_market_does_not_trade_has_no_quote(quotes):
    assert await quotes.quote(SOL, find_token("jlUSDC").mint, "in", 100) is None


async def test_quoting_moves_nothing(quotes):
    assert await quotes.quote(SOL, USDC, "in", 10**12) == await quotes.quote(SOL, USDC, "in", 10**12)
