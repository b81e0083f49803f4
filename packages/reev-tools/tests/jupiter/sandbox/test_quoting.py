"""Quotes against what the program in the VM pays, and against every other route there is."""

from __future__ import annotations

import asyncio
import struct
from dataclasses import dataclass
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from reev_tools.chain import encode_mint
from reev_tools.jupiter import JupiterRefusalError, Quote
from reev_tools.market import Market
from reev_tools.market.swap import maximum_in_raw, minimum_out_raw, quote_in, quote_out, read_pool
from reev_types.chain import AccountState
from reev_types.errors import AmountError
from reev_types.tokens import TOKEN_2022_PROGRAM, find_token

TOKENS = ("SOL", "USDC", "USDT", "JUP", "BONK", "JitoSOL", "mSOL", "PYUSD", "EURC")
SOL = 10**9
MILLION = 10**6


@dataclass(frozen=True)
class Trade:
    paid: str
    received: str
    amount_raw: int
    mode: str
    version: str
    shared: bool
    fee_bps: int
    any_token: bool


@st.composite
def trades(draw):
    paid, received = draw(st.permutations(TOKENS))[:2]
    return Trade(
        paid=paid,
        received=received,
        amount_raw=2 ** draw(st.integers(8, 44)) + draw(st.integers(0, 255)),
        mode=draw(st.sampled_from(["ExactIn", "ExactOut"])),
        version=draw(st.sampled_from(["V1", "V2"])),
        shared=draw(st.booleans()),
        fee_bps=draw(st.sampled_from([0, 0, 1, 85])),
        any_token=draw(st.booleans()),
    )


@given(trade=trades())
@settings(max_examples=60, deadline=None)
def test_a_quote_is_what_the_program_pays(open_desk, trade):
    async def pay() -> None:
        desk = await open_desk()
        options = {"swap_mode": trade.mode, "slippage_bps": 0, "platform_fee_bps": trade.fee_bps}
        options |= {"instruction_version": trade.version, "restrict_intermediate_tokens": not trade.any_token}
        try:
            quote = await desk.quote(trade.paid, trade.received, trade.amount_raw, **options)
        except JupiterRefusalError as refusal:
            if refusal.code != "could_not_find_any_route":
                raise
            event("refused")
            return
        await desk.give(trade.paid, quote.in_amount_raw)
        fee_token = trade.paid if trade.mode == "ExactOut" else trade.received
        fee_account = await desk.give(fee_token, 0, desk.zoe)
        outcome = await desk.swap(
            quote, use_shared_accounts=trade.shared, fee_account=fee_account, wrap_and_unwrap_sol=False
        )
        assert outcome.succeeded, outcome.failure
        assert await desk.held(trade.paid) == 0
        assert await desk.held(trade.received) == quote.out_amount_raw
        fee = quote.platform_fee.amount_raw if quote.platform_fee else 0
        assert await desk.held(fee_token, desk.zoe) == fee
        assert bool(fee) == bool(trade.fee_bps)

    asyncio.run(pay())


@pytest.mark.parametrize(("paid", "received"), [("PYUSD", "USDC"), ("USDC", "PYUSD"), ("PYUSD", "EURC")])
async def test_a_mints_transfer_fee_is_part_of_the_quote(desk, paid, received):
    free = await desk.quote(paid, received, 100 * MILLION)
    terms = struct.pack("<QQH", 0, 10**9, 100)
    config = bytes(64) + struct.pack("<Q", 0) + terms + terms
    data = encode_mint(decimals=6, supply_raw=2**63, extensions=[(1, config)])
    mint = find_token("PYUSD").mint
    await desk.chain.set_account(AccountState(address=mint, owner=TOKEN_2022_PROGRAM, lamports=10**7, data=data))
    await desk.pool_holds("PYUSD-USDC", 5 * 10**12, 5 * 10**12)
    quote = await desk.quote(paid, received, 100 * MILLION, slippage_bps=0)
    assert quote.out_amount_raw < free.out_amount_raw * 992 // 1_000
    await desk.give(paid, quote.in_amount_raw)
    assert (await desk.swap(quote)).succeeded
    assert (await desk.held(paid), await desk.held(received)) == (0, quote.out_amount_raw)


async def every_outcome(desk, trade, hops_at_most=2):
    """Compute each route of the market without the router."""
    mint_in, mint_out = (find_token(token).mint for token in (trade.paid, trade.received))
    compute = quote_out if trade.mode == "ExactOut" else quote_in
    pools = [await read_pool(desk.chain, pool.address) for pool in desk.market.pools]
    for count in range(1, hops_at_most + 1):
        for route in permutations(pools, count):
            hops, mint = [], mint_in
            for pool in route:
                if mint in (pool.a.mint, pool.b.mint):
                    hops.append(pool.hop(mint))
                    mint = hops[-1].out_of.mint
            if len(hops) < count or mint != mint_out:
                continue
            try:
                yield compute(hops, trade.amount_raw)
            except AmountError:
                continue


@given(trade=trades())
@settings(max_examples=40, deadline=None)
def test_no_other_route_is_better(open_desk, trade):
    async def compare() -> None:
        desk = await open_desk()
        outcomes = [outcome async for outcome in every_outcome(desk, trade)]
        assume(outcomes)
        options = {"swap_mode": trade.mode, "restrict_intermediate_tokens": False}
        quote = await desk.quote(trade.paid, trade.received, trade.amount_raw, **options)
        assert quote.out_amount_raw == max(outcome.received_raw for outcome in outcomes)
        assert quote.in_amount_raw == min(outcome.paid_raw for outcome in outcomes)

    asyncio.run(compare())


async def test_a_quote_survives_the_wire_unchanged(desk):
    quote = await desk.quote("JUP", "BONK", MILLION, platform_fee_bps=10, instruction_version="V2")
    assert Quote.model_validate_json(quote.model_dump_json(by_alias=True)) == quote


async def test_a_quote_follows_the_pools(desk):
    before = await desk.quote("SOL", "USDC", 5_000 * SOL)
    await desk.give("SOL", 5_000 * SOL)
    assert (await desk.swap(before, wrap_and_unwrap_sol=False)).succeeded
    after = await desk.quote("SOL", "USDC", 5_000 * SOL)
    assert after.out_amount_raw < before.out_amount_raw


async def test_a_quote_names_the_slot_of_the_chain_and_no_time(desk):
    await desk.chain.advance(slots=7)
    quote = await desk.quote("SOL", "USDC", SOL)
    assert (quote.context_slot, quote.time_taken) == ((await desk.chain.clock()).slot, None)


@pytest.mark.parametrize(("mode", "slippage_bps"), [("ExactIn", 50), ("ExactOut", 50), ("ExactIn", 0)])
async def test_the_threshold_is_where_the_program_draws_the_line(desk, mode, slippage_bps):
    quote = await desk.quote("USDC", "JUP", MILLION, swap_mode=mode, slippage_bps=slippage_bps)
    threshold = {
        "ExactIn": minimum_out_raw(quote.out_amount_raw, slippage_bps),
        "ExactOut": maximum_in_raw(quote.in_amount_raw, slippage_bps),
    }[mode]
    assert quote.other_amount_threshold_raw == threshold


async def test_of_equal_routes_the_first_by_address_is_taken(open_desk):
    data = Market.named().data
    twins = {name: data.pools["SOL-USDC"].model_copy(update={"venue": venue}) for name, venue in (("x", 7), ("y", 38))}
    desk = await open_desk(Market("twins", data.model_copy(update={"pools": twins})))
    quote = await desk.quote("SOL", "USDC", SOL)
    assert quote.route_plan[0].swap_info.amm_key == min(pool.address for pool in desk.market.pools)


async def test_the_impact_is_the_fraction_by_which_the_price_got_worse(desk):
    # x / (x + net) of the price before is paid; 200,000 SOL are in the pool and 4 bps are its fee.
    quote = await desk.quote("SOL", "USDC", 10_000 * SOL, only_direct_routes=True)
    net = 10_000 * SOL * 9_996 // 10_000
    exact = Decimal(net) / Decimal(200_000 * SOL + net)
    assert exact <= quote.price_impact_pct <= exact + Decimal("0.00000001")


async def test_the_impact_of_two_hops_is_that_of_both(desk):
    first = await desk.quote("JUP", "SOL", 10**12, only_direct_routes=True)
    second = await desk.quote("SOL", "BONK", first.out_amount_raw, only_direct_routes=True)
    both = await desk.quote("JUP", "BONK", 10**12, dexes=("Meteora DLMM", "Raydium CLMM"))
    kept = (1 - first.price_impact_pct) * (1 - second.price_impact_pct)
    assert len(both.route_plan) == 2
    assert both.route_plan[0].swap_info.output_mint == find_token("SOL").mint
    assert abs(1 - kept - both.price_impact_pct) < Decimal("0.00000005")


async def test_a_small_trade_has_an_impact_above_zero(desk):
    quote = await desk.quote("SOL", "USDC", 10**6)
    assert 0 < quote.price_impact_pct < Decimal("0.001")


@pytest.mark.parametrize(("mode", "amount_raw"), [("ExactIn", 1), ("ExactOut", 10**17), ("ExactIn", 0)])
async def test_an_amount_that_no_pool_can_swap_is_refused(desk, mode, amount_raw):
    refusal = await desk.refusal("BONK", "SOL", amount_raw, swap_mode=mode)
    assert (type(refusal), refusal.code) == (JupiterRefusalError, "could_not_find_any_route")
    assert refusal.suggestions


async def test_a_fee_beyond_the_first_forms_needs_the_second(desk):
    refusal = await desk.refusal("SOL", "USDC", SOL, platform_fee_bps=256)
    assert refusal.code == "not_supported"
    assert 'pass instruction_version="V2"' in refusal.suggestions
    quote = await desk.quote("SOL", "USDC", SOL, platform_fee_bps=256, instruction_version="V2")
    assert quote.platform_fee.fee_bps == 256
