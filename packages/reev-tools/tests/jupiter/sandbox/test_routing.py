"""Which routes a request allows, and what it is told when there are none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reev_tools.jupiter import JupiterRefusalError, QuoteRequest
from reev_tools.jupiter.sandbox._routing import RouteMap
from reev_tools.market import Market
from reev_types.chain import AccountState
from reev_types.tokens import SOL_MINT, find_token, symbol_of

SOL = 10**9
MILLION = 10**6


def path(quote):
    return [symbol_of(quote.input_mint), *(symbol_of(hop.swap_info.output_mint) for hop in quote.route_plan)]


def venues(quote):
    return [hop.swap_info.label for hop in quote.route_plan]


async def test_the_deeper_of_two_venues_is_chosen_unless_excluded(desk):
    assert venues(await desk.quote("SOL", "USDC", SOL)) == ["Whirlpool"]
    shallow = await desk.quote("SOL", "USDC", SOL, exclude_dexes=("Whirlpool",))
    assert venues(shallow) == ["Raydium"]


async def test_only_the_named_venues_are_used(desk):
    assert venues(await desk.quote("SOL", "USDC", SOL, dexes=("Raydium",))) == ["Raydium"]


@pytest.mark.parametrize("label", ["raydium", "RAYDIUM"])
async def test_venues_go_by_their_labels_in_any_case(desk, label):
    assert venues(await desk.quote("SOL", "USDC", SOL, dexes=(label,))) == ["Raydium"]
    assert "Raydium" not in venues(await desk.quote("SOL", "USDC", SOL, exclude_dexes=(label,)))


async def test_where_nothing_can_be_loosened_but_the_venue_only_that_is_suggested(desk):
    options = {"dexes": ("Nowhere",), "restrict_intermediate_tokens": False}
    refusal = await desk.refusal("SOL", "USDC", SOL, **options)
    assert refusal.suggestions == (
        "loosen dexes and exclude_dexes; the venues are Meteora DLMM, Raydium, Raydium CLMM, Whirlpool",
    )
    assert refusal.context == {"venues": "Meteora DLMM, Raydium, Raydium CLMM, Whirlpool"}


def test_routes_stay_right_for_any_number_of_requests():
    routes = RouteMap(Market.named())
    usdc = find_token("USDC").mint
    for number in range(1_030):
        excluded = (f"Nowhere {number}",)
        request = QuoteRequest(input_mint=SOL_MINT, output_mint=usdc, amount_raw=1, exclude_dexes=excluded)
        assert len(routes.routes(request)) == len(routes.routes(request)) == 3
    assert len(routes._known) == 1_030 - 1_024


async def test_two_pools_are_joined_by_a_usual_token(desk):
    assert path(await desk.quote("PYUSD", "EURC", MILLION)) == ["PYUSD", "USDC", "EURC"]


async def test_a_third_token_joins_pools_only_when_the_bounds_allow_it(desk):
    # Without pools of their own, SOL and USDC meet in any token that trades for both.
    for name in ("SOL-USDC", "SOL-USDC-shallow", "SOL-USDT"):
        await close_pool(desk, name)
    assert (await desk.refusal("SOL", "USDC", SOL)).code == "could_not_find_any_route"
    quote = await desk.quote("SOL", "USDC", SOL, restrict_intermediate_tokens=False)
    assert path(quote) == ["SOL", "JitoSOL", "USDC"]


async def close_pool(desk, name):
    (pool,) = (pool for pool in desk.market.pools if pool.name == name)
    await desk.chain.set_account(AccountState(address=pool.address, owner=desk.maria, lamports=0))


async def test_a_pool_that_lost_a_vault_is_passed_over(desk):
    (deep,) = (pool for pool in desk.market.pools if pool.name == "SOL-USDC")
    await desk.chain.set_account(AccountState(address=deep.pool.vault_b, owner=desk.maria, lamports=0))
    assert venues(await desk.quote("SOL", "USDC", SOL, only_direct_routes=True)) == ["Raydium"]


async def test_a_pool_that_trades_something_else_by_now_is_passed_over(desk):
    (deep,) = (pool for pool in desk.market.pools if pool.name == "SOL-USDC")
    other = replace(deep.pool, mint_b=find_token("BONK").mint)
    account = await desk.chain.account(deep.address)
    await desk.chain.set_account(account.model_copy(update={"data": account.data[:8] + other.encode()[8:]}))
    assert venues(await desk.quote("SOL", "USDC", SOL, only_direct_routes=True)) == ["Raydium"]


async def test_a_detour_is_taken_when_it_pays(desk):
    await desk.pool_holds("SOL-USDC", 10**12, 10**9)
    await desk.pool_holds("SOL-USDC-shallow", 10**12, 10**9)
    assert path(await desk.quote("SOL", "USDC", SOL)) == ["SOL", "USDT", "USDC"]
    assert path(await desk.quote("SOL", "USDC", SOL, only_direct_routes=True)) == ["SOL", "USDC"]


async def test_a_token_is_not_swapped_for_itself(desk):
    refusal = await desk.refusal("USDC", "USDC", MILLION)
    assert (type(refusal), refusal.code) == (JupiterRefusalError, "circular_arbitrage_is_disabled")
    assert refusal.suggestions


@pytest.mark.parametrize(("paid", "received"), [("jlUSDC", "USDC"), ("USDC", "jlUSDC")])
async def test_a_token_that_no_pool_trades_is_named(desk, paid, received):
    refusal = await desk.refusal(paid, received, MILLION)
    mint = find_token("jlUSDC").mint
    assert (refusal.code, refusal.context) == ("token_not_tradable", {"mint": mint})
    assert refusal.message == f"The token jlUSDC ({mint}) is not tradable"
    assert refusal.suggestions == ("this market trades SOL, USDC, USDT, JUP, BONK, JitoSOL, mSOL, PYUSD, EURC",)


async def test_a_pair_without_a_pool_of_its_own_has_no_direct_route(desk):
    refusal = await desk.refusal("PYUSD", "EURC", MILLION, only_direct_routes=True)
    assert refusal.code == "no_routes_found"
    assert refusal.suggestions == ("allow two hops with only_direct_routes=false",)


async def test_a_misspelt_venue_is_recognised(desk):
    refusal = await desk.refusal("SOL", "USDC", SOL, dexes=("Whirlpol",))
    assert refusal.code == "no_routes_found"
    assert refusal.suggestions[0] == "did you mean Whirlpool?"
    assert "Meteora DLMM" in refusal.suggestions[1]


async def test_a_route_names_no_more_accounts_than_allowed(desk):
    # A direct route names nine accounts and five of its pool.
    assert path(await desk.quote("SOL", "USDC", SOL, max_accounts=14)) == ["SOL", "USDC"]
    assert (await desk.refusal("SOL", "USDC", SOL, max_accounts=13)).code == "no_routes_found"
    refusal = await desk.refusal("PYUSD", "EURC", MILLION, max_accounts=18)
    assert "allow more accounts with max_accounts=64" in refusal.suggestions


async def test_more_accounts_than_jupiter_ever_allows_are_refused(desk):
    assert (await desk.refusal("SOL", "USDC", SOL, max_accounts=65)).code == "max_account_greater_than_max"
