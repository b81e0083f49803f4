from __future__ import annotations

from decimal import Decimal
from itertools import permutations

import pytest

from reev_tools.market import MARKET_NAMES, Market, PoolTerms
from reev_tools.market.swap import LivePool, Reserve, quote_in
from reev_types.tokens import find_token

SOL = find_token("SOL").mint
HUBS = [find_token(symbol).mint for symbol in ("SOL", "USDC", "USDT")]


def imbalance(market: Market, pool: PoolTerms) -> Decimal:
    """Return by which share the value of one side exceeds that of the other, at the published prices."""
    decimals = {token.mint: token.decimals for token in market.tokens.values()}
    a = market.prices[pool.mint_a] * pool.reserve_a_raw / 10 ** decimals[pool.mint_a]
    b = market.prices[pool.mint_b] * pool.reserve_b_raw / 10 ** decimals[pool.mint_b]
    return abs(a / b - 1)


def price_impact(pool: PoolTerms, amount_raw: int) -> Decimal:
    a = Reserve(pool.mint_a, pool.pool.vault_a, pool.reserve_a_raw)
    b = Reserve(pool.mint_b, pool.pool.vault_b, pool.reserve_b_raw)
    hop = LivePool(pool.address, pool.venue, 0, a, b).hop(pool.mint_a)
    spot = Decimal(pool.reserve_b_raw) / pool.reserve_a_raw
    return 1 - quote_in([hop], amount_raw).received_raw / (spot * amount_raw)


def pool_named(name: str, market: str = "default") -> PoolTerms:
    return next(pool for pool in Market.named(market).pools if pool.name == name)


@pytest.mark.parametrize("name", [name for name in MARKET_NAMES if name != "stale_price"])
def test_pools_trade_at_the_published_prices(name):
    market = Market.named(name)
    assert [pool.name for pool in market.pools if imbalance(market, pool) > Decimal("0.01")] == []


def test_pools_have_moved_away_from_stale_prices():
    stale = Market.named("stale_price")
    assert imbalance(stale, pool_named("SOL-USDC", "stale_price")) > Decimal("0.05")
    assert stale.pools == Market.named().pools


def test_any_token_reaches_any_other_in_two_hops():
    market = Market.named()
    pairs = {frozenset((pool.mint_a, pool.mint_b)) for pool in market.pools}
    mints = [token.mint for token in market.tokens.values()]
    for start, end in permutations(mints, 2):
        direct = frozenset((start, end)) in pairs
        assert direct or any({frozenset((start, hub)), frozenset((hub, end))} <= pairs for hub in HUBS)


def test_the_shallow_venue_moves_where_the_deep_one_does_not():
    assert price_impact(pool_named("SOL-USDC"), 2 * 10**9) < Decimal("0.0001")
    assert Decimal("0.002") < price_impact(pool_named("SOL-USDC-shallow"), 2 * 10**9) < Decimal("0.02")


def test_thin_liquidity_moves_even_the_deepest_price():
    assert price_impact(pool_named("SOL-USDC", "thin_liquidity"), 2 * 10**9) > Decimal("0.01")


def test_a_depeg_leaves_all_other_pools_alone():
    usual, depeg = Market.named(), Market.named("depeg")
    changed = {pool.name for pool, before in zip(depeg.pools, usual.pools, strict=True) if pool != before}
    assert changed == {"SOL-USDT", "USDC-USDT"}


def test_each_pair_has_one_pool_at_a_venue():
    pools = Market.named().pools
    assert len({pool.address for pool in pools}) == len(pools)
