"""Mints whose every transfer costs something: the user bears it, pools and programs never do."""

from __future__ import annotations

import pytest

from reev_tools.market.swap import FORMS, quote_in, quote_out, read_pool
from reev_types.errors import AmountError
from reev_types.tokens import find_token

USDC, PYUSD = find_token("USDC").mint, find_token("PYUSD").mint
EXACT_IN = [name for name, form in FORMS.items() if not form.exact_out]
EXACT_OUT = [name for name, form in FORMS.items() if form.exact_out]


@pytest.mark.parametrize("form", FORMS)
async def test_a_mint_without_a_fee_trades_like_any_other(market, form):
    pool = await market.open_pool(PYUSD, USDC, 10**12, 10**12)
    outcome = await market.swap(form, [pool.hop(PYUSD)], 10**6)
    assert outcome.succeeded
    assert await market.held(USDC) == int.from_bytes(outcome.return_data, "little")


@pytest.mark.parametrize("form", EXACT_IN)
async def test_a_fee_on_the_input_makes_the_pool_trade_what_arrives(market, form):
    taxed = await market.mint_with_fee("TAXED")
    pool = await market.open_pool(taxed, USDC, 10**12, 10**12, fee_bps=0)
    outcome = await market.swap(form, [pool.hop(taxed)], 10**6)
    assert outcome.succeeded
    sent = 10**6 * 99 // 100 if FORMS[form].shared else 10**6
    arrived = sent * 99 // 100
    assert (await read_pool(market.chain, pool.address)).a.amount_raw == 10**12 + arrived
    assert await market.held(USDC) == arrived * 10**12 // (10**12 + arrived)


@pytest.mark.parametrize("form", EXACT_IN)
async def test_slippage_counts_what_reaches_the_user(market, form):
    taxed = await market.mint_with_fee("TAXED")
    pool = await market.open_pool(USDC, taxed, 10**12, 10**12)
    hops = [pool.hop(USDC)]
    received = quote_in(hops, 10**6, shared=FORMS[form].shared).received_raw
    outcome = await market.swap(form, hops, 10**6, quoted_raw=received + 1, spend_raw=10**6)
    assert outcome.failure.custom_code == 6001
    outcome = await market.swap(form, hops, 10**6, quoted_raw=received, spend_raw=10**6)
    assert await market.held(taxed) == received


async def test_between_two_pools_a_token_is_taxed_once(market):
    taxed = await market.mint_with_fee("TAXED")
    first = await market.open_pool(USDC, taxed, 10**12, 10**12, fee_bps=0)
    second = await market.open_pool(taxed, PYUSD, 10**12, 10**12, fee_bps=0)
    hops = [first.hop(USDC), second.hop(taxed)]
    await market.swap("route", hops, 10**6)
    left = quote_in(hops, 10**6).hops[0].out_raw
    assert (await read_pool(market.chain, second.address)).a.amount_raw == 10**12 + left - -(-left // 100)


@pytest.mark.parametrize("form", EXACT_OUT)
@pytest.mark.parametrize("taxed_side", ["in", "out"])
async def test_an_exact_output_is_refused_where_a_fee_would_eat_of_it(market, form, taxed_side):
    taxed = await market.mint_with_fee("TAXED")
    pool = await market.open_pool(taxed, USDC, 10**12, 10**12)
    hops = [pool.hop(taxed if taxed_side == "in" else USDC)]
    outcome = await market.swap(form, hops, 10**6, spend_raw=10**9, quoted_raw=10**9)
    assert outcome.failure.custom_code == 6017
    with pytest.raises(AmountError) as refusal:
        quote_out(hops, 10**6, shared=FORMS[form].shared)
    assert refusal.value.code == "exact_out_amount_not_matched"
