from __future__ import annotations

from decimal import Decimal

import pytest

from reev_tools.market import Market
from reev_types.tokens import SOL_MINT, TOKEN_2022_PROGRAM, find_token

USDC, PYUSD, JL_USDC = (find_token(symbol).mint for symbol in ("USDC", "PYUSD", "jlUSDC"))
UNKNOWN = "11111111111111111111111111111111"


async def test_prices_are_those_of_the_market_in_the_present_slot(desk):
    await desk.chain.advance(slots=5)
    prices = await desk.jupiter.prices([SOL_MINT, USDC])
    slot = (await desk.chain.clock()).slot
    assert {mint: price.usd_price for mint, price in prices.items()} == {SOL_MINT: 150, USDC: 1}
    assert {price.block_id for price in prices.values()} == {slot}
    assert prices[SOL_MINT].decimals == 9


async def test_a_mint_without_a_price_is_left_out(desk):
    assert list(await desk.jupiter.prices([UNKNOWN, USDC])) == [USDC]


async def test_a_share_costs_what_it_stands_for(desk):
    prices = await desk.jupiter.prices([JL_USDC])
    assert prices[JL_USDC].usd_price == Decimal("1.042088")


async def test_a_stale_price_names_an_earlier_slot(open_desk):
    desk = await open_desk(Market.named("stale_price"))
    price = (await desk.jupiter.prices([SOL_MINT]))[SOL_MINT]
    assert (await desk.chain.clock()).slot - price.block_id == 2_250


@pytest.mark.parametrize("query", ["usdc", "USDC", USDC])
async def test_a_symbol_or_mint_finds_its_token_first(desk, query):
    best = (await desk.jupiter.search_tokens(query))[0]
    assert (best.id, best.symbol, best.decimals, best.usd_price, best.is_verified) == (USDC, "USDC", 6, 1, True)


async def test_part_of_a_name_finds_every_token_that_has_it(desk):
    found = [token.symbol for token in await desk.jupiter.search_tokens("jup")]
    assert found == ["JUP", "jlUSDC", "jlUSDT", "jlWSOL"]


async def test_several_mints_are_looked_up_at_once(desk):
    found = await desk.jupiter.search_tokens(f"{PYUSD}, {SOL_MINT},{UNKNOWN}")
    assert [token.symbol for token in found] == ["SOL", "PYUSD"]
    assert found[1].token_program == TOKEN_2022_PROGRAM


@pytest.mark.parametrize("query", ["", " ", "no such token", UNKNOWN])
async def test_what_nobody_knows_is_not_found(desk, query):
    assert await desk.jupiter.search_tokens(query) == ()
