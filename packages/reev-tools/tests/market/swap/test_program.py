"""The program in the VM against its model in Python."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reev_tools.market.swap import FORMS, maximum_in_raw, minimum_out_raw, quote_in, quote_out, read_pool
from reev_types.amounts import U64_MAX
from reev_types.errors import AmountError
from reev_types.tokens import SOL_MINT, find_token

USDC, JUP, PYUSD, BONK = (find_token(symbol).mint for symbol in ("USDC", "JUP", "PYUSD", "BONK"))
SOL = SOL_MINT
WHIRLPOOL = 17
FEE_MINT = "FEE"


@st.composite
def amounts(draw, fewest_bits: int, most_bits: int):
    """Amounts of every magnitude alike, which a uniform choice would hardly ever make small."""
    bits = draw(st.integers(fewest_bits, most_bits))
    return draw(st.integers(2**bits >> 1, 2**bits - 1))


@dataclass(frozen=True)
class Case:
    form: str
    mints: tuple[str, ...]
    reserves: tuple[tuple[int, int], ...]
    pool_fees: tuple[int, ...]
    amount_raw: int
    platform_fee_bps: int
    transfer_fee_bps: int = 100
    transfer_fee_most: int = 10**6


@st.composite
def cases(draw):
    form = draw(st.sampled_from(sorted(FORMS)))
    mints = tuple(draw(st.permutations([USDC, JUP, PYUSD, BONK, FEE_MINT]))[: draw(st.integers(2, 4))])
    hops = len(mints) - 1
    # Most wild cases are refused, most tame ones are not.
    wild = draw(st.integers(0, 3)) == 0
    reserve = amounts(0, 64) if wild else amounts(40, 50)
    return Case(
        form=form,
        mints=mints,
        reserves=tuple((draw(reserve), draw(reserve)) for _ in range(hops)),
        pool_fees=tuple(draw(st.sampled_from([0, 1, 30, 30, 100, 5_000] + [10_000] * wild)) for _ in range(hops)),
        amount_raw=draw(amounts(1, 64) if wild else amounts(12, 36)),
        platform_fee_bps=draw(st.sampled_from([0, 0, 1, 50, 200])),
        transfer_fee_bps=draw(st.sampled_from([0, 1, 100, 9_999])),
        transfer_fee_most=draw(amounts(0, 64)),
    )


async def lay_out(market, case):
    fee_mint = await market.mint_with_fee(
        FEE_MINT, basis_points=case.transfer_fee_bps, maximum_raw=case.transfer_fee_most
    )
    mints = [fee_mint if mint == FEE_MINT else mint for mint in case.mints]
    hops = []
    for index, (reserve, fee_bps) in enumerate(zip(case.reserves, case.pool_fees, strict=True)):
        mint_in, mint_out = mints[index : index + 2]
        pool = await market.open_pool(mint_in, mint_out, *reserve, fee_bps=fee_bps)
        hops.append(pool.hop(mint_in))
    return hops


def quote_or_refusal(hops, case):
    """Return the quote, or the number of the error that the program will fail with."""
    quote = quote_out if FORMS[case.form].exact_out else quote_in
    try:
        return quote(hops, case.amount_raw, platform_fee_bps=case.platform_fee_bps, shared=FORMS[case.form].shared)
    except AmountError as refusal:
        return refusal.context["program_code"]


async def check(market, case):
    hops = await lay_out(market, case)
    quote = quote_or_refusal(hops, case)
    fee_bps = case.platform_fee_bps
    if not isinstance(quote, int):
        outcome = await market.swap(case.form, hops, case.amount_raw, platform_fee_bps=fee_bps)
        assert outcome.failure is None
        await check_balances(market, hops, quote, case, outcome)
        return
    exact_out = FORMS[case.form].exact_out
    limits = {"spend_raw": U64_MAX if exact_out else case.amount_raw, "quoted_raw": U64_MAX if exact_out else 0}
    outcome = await market.swap(case.form, hops, case.amount_raw, platform_fee_bps=fee_bps, **limits)
    assert outcome.failure is not None
    assert outcome.failure.custom_code == quote


async def check_balances(market, hops, quote, case, outcome):
    mint_in, mint_out = hops[0].into.mint, hops[-1].out_of.mint
    assert int.from_bytes(outcome.return_data, "little") == quote.received_raw
    assert await market.held(mint_in) == 0
    assert await market.held(mint_out) == quote.received_raw
    for planned in quote.hops:
        after = (await read_pool(market.chain, planned.hop.pool.address)).hop(planned.hop.into.mint)
        x, y = planned.hop.into.amount_raw, planned.hop.out_of.amount_raw
        assert after.into.amount_raw == x + planned.in_raw
        assert after.out_of.amount_raw == y - planned.out_raw
        assert after.into.amount_raw * after.out_of.amount_raw >= x * y
    if quote.platform_fee_raw:
        hop, taken_of = (hops[0].into, mint_in) if FORMS[case.form].exact_out else (hops[-1].out_of, mint_out)
        withheld = hop.transfer_fee.of(quote.platform_fee_raw) if hop.transfer_fee else 0
        assert await market.held(taken_of, market.zoe) == quote.platform_fee_raw - withheld


@settings(max_examples=800)
@given(case=cases())
@example(Case("route", (USDC, JUP), ((U64_MAX, U64_MAX),), (0,), 1, 0))
@example(Case("route", (USDC, JUP), ((1, U64_MAX),), (0,), U64_MAX - 1, 0))
@example(Case("route", (PYUSD, JUP), ((U64_MAX, 10**6),), (0,), 1, 0))
@example(
    Case("shared_accounts_exact_out_route", (FEE_MINT, JUP), ((10**12, 10**12),), (30,), 10**6, 200, 9_999, U64_MAX)
)
@example(Case("exact_out_route", (USDC, JUP), ((U64_MAX // 2, 2),), (0,), 1, 0))
@example(Case("exact_out_route_v2", (USDC, JUP, BONK), ((10, 10), (10, 10)), (30, 30), 8, 0))
def test_the_quote_is_what_the_program_pays(open_market, case):
    async def run():
        await check(await open_market(), case)

    asyncio.run(run())


@pytest.mark.parametrize("slippage_bps", [0, 1, 33, 9_999])
@pytest.mark.parametrize("form", FORMS)
async def test_slippage_is_exact_to_the_unit(market, form, slippage_bps):
    hops = [(await market.open_pool(SOL, USDC, 10**12, 150 * 10**9)).hop(SOL)]
    exact_out = FORMS[form].exact_out
    real = quote_out(hops, 10**6).paid_raw if exact_out else quote_in(hops, 10**6).received_raw
    nominal = real * 10_000 // (10_000 + slippage_bps if exact_out else 10_000 - slippage_bps)
    for quoted_raw in range(nominal - 2, nominal + 3):
        checkpoint = await market.chain.checkpoint()
        outcome = await market.swap(
            form, hops, 10**6, quoted_raw=quoted_raw, slippage_bps=slippage_bps, spend_raw=10**9
        )
        if exact_out:
            assert outcome.succeeded == (real <= maximum_in_raw(quoted_raw, slippage_bps))
        else:
            assert outcome.succeeded == (real >= minimum_out_raw(quoted_raw, slippage_bps))
        assert outcome.succeeded or outcome.failure.custom_code == 6001
        await market.chain.rewind(checkpoint)


async def test_another_destination_receives_instead_of_the_user(market, plan_attack):
    attack = await plan_attack()
    account = await market.give(USDC, 0, market.zoe)
    attack.swap_in("destination_token_account", pubkey=account, is_writable=True)
    outcome = await market.send(attack.instruction)
    assert await market.held(USDC) == 0
    assert await market.held(USDC, market.zoe) == int.from_bytes(outcome.return_data, "little") > 0


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("count", "platform_fee_bps"), [(1, 50), (2, 0), (2, 50)])
@pytest.mark.parametrize("back", [False, True])
async def test_an_ordinary_swap_stays_within_its_compute_budget(market, form, count, platform_fee_bps, back):
    first = await market.open_pool(SOL, USDC, 1_000 * 10**9, 150_000 * 10**6)
    second = await market.open_pool(PYUSD, USDC, 150_000 * 10**6, 150_000 * 10**6, venue=WHIRLPOOL)
    there_and_back = ([first.hop(SOL), second.hop(USDC)], [second.hop(PYUSD), first.hop(USDC)])
    hops = there_and_back[back][:count]
    outcome = await market.swap(form, hops, 10**6, platform_fee_bps=platform_fee_bps)
    assert outcome.succeeded
    assert outcome.compute_units < 20_000


async def test_two_venues_of_one_pair_trade_apart(market):
    deep = await market.open_pool(SOL, USDC, 100_000 * 10**9, 15_000_000 * 10**6)
    thin = await market.open_pool(SOL, USDC, 100 * 10**9, 15_000 * 10**6, venue=WHIRLPOOL)
    assert deep.address != thin.address
    await market.swap("route", [thin.hop(SOL)], 10**9)
    assert await read_pool(market.chain, deep.address) == deep
    assert (await read_pool(market.chain, thin.address)).a.amount_raw == thin.a.amount_raw + 10**9
