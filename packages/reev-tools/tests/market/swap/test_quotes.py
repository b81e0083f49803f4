"""What holds of the model alone; test_program.py compares it with the program."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reev_tools.market.swap import LivePool, Reserve, maximum_in_raw, minimum_out_raw, quote_in, quote_out
from reev_types.amounts import U64_MAX
from reev_types.errors import AmountError
from reev_types.tokens import SOL_MINT, find_token

USDC = find_token("USDC").mint
reserves = st.integers(10**9, 10**15)
fees = st.sampled_from([0, 1, 30, 100, 2_500])
amounts = st.integers(10**6, 10**8)


def hop_over(x_raw, y_raw, fee_bps):
    pool = LivePool("pool", 7, fee_bps, Reserve(SOL_MINT, "vault_a", x_raw), Reserve(USDC, "vault_b", y_raw))
    return pool.hop(SOL_MINT)


@given(x=reserves, y=reserves, fee_bps=fees, amount=amounts, platform_fee_bps=fees)
def test_rounding_never_favours_the_user(x, y, fee_bps, amount, platform_fee_bps):
    try:
        quote = quote_in([hop_over(x, y, fee_bps)], amount, platform_fee_bps=platform_fee_bps)
    except AmountError:
        return
    net = Fraction(amount * (10_000 - fee_bps), 10_000)
    exact = net * y / (x + net)
    assert quote.hops[0].out_raw <= exact
    assert quote.received_raw <= exact * (10_000 - platform_fee_bps) / 10_000


@given(x=reserves, y=reserves, fee_bps=fees, amount=amounts)
def test_an_exact_output_costs_the_least_that_brings_it(x, y, fee_bps, amount):
    hops = [hop_over(x, y, fee_bps)]
    paid = quote_out(hops, amount).paid_raw
    assert quote_in(hops, paid).received_raw >= amount
    if paid > 1:
        assert cheaper(hops, paid - 1) < amount


def cheaper(hops, amount):
    try:
        return quote_in(hops, amount).received_raw
    except AmountError:
        return 0


@given(x=reserves, y=reserves, fee_bps=fees, amount=amounts)
def test_there_and_back_earns_nothing(x, y, fee_bps, amount):
    there = hop_over(x, y, fee_bps)
    try:
        got = quote_in([there], amount).received_raw
        back = quote_in([hop_over(y - got, x + amount, fee_bps)], got).received_raw
    except AmountError:
        return
    assert back <= amount


@pytest.mark.parametrize("quote", [quote_in, quote_out])
@pytest.mark.parametrize("amount", [0, U64_MAX + 1])
def test_an_amount_that_cannot_be_is_refused(quote, amount):
    with pytest.raises(AmountError) as refusal:
        quote([hop_over(10**9, 10**9, 30)], amount)
    assert refusal.value.code == "invalid_calculation"
    assert refusal.value.context == {"program_code": 6002}


def test_the_fee_is_what_the_curve_does_not_see():
    (hop,) = quote_in([hop_over(10**12, 10**12, 30)], 10_001).hops
    assert hop.fee_raw == 31


def test_limits_are_rounded_against_the_user():
    assert minimum_out_raw(16_198_753, 50) == 16_117_760
    assert maximum_in_raw(16_198_753, 50) == 16_279_746
    assert minimum_out_raw(U64_MAX, 0) == maximum_in_raw(U64_MAX, 10_000) == U64_MAX


def test_a_pool_trades_its_two_mints_alone():
    pool = hop_over(1, 1, 0).pool
    assert pool.hop(USDC).out_of.mint == SOL_MINT
    with pytest.raises(ValueError, match="does not trade"):
        pool.hop(find_token("JUP").mint)


@pytest.mark.parametrize(
    ("x_raw", "fee_bps"), [(0, 30), (10**9, 10_000), (10**9, 20_000)], ids=["empty", "all is fee", "more than all"]
)
def test_a_pool_that_gives_nothing_has_no_quote(x_raw, fee_bps):
    hops = [hop_over(x_raw, 10**9, fee_bps)]
    for quote in (quote_in, quote_out):
        with pytest.raises(AmountError, match="no quote"):
            quote(hops, 10**6)


def test_an_input_that_a_vault_cannot_hold_has_no_quote():
    full = [hop_over(U64_MAX - 10**6, 10**9, 0)]
    with pytest.raises(AmountError, match="no quote"):
        quote_out(full, 10**8)
    with pytest.raises(AmountError, match="no quote"):
        quote_in(full, 10**7)


def test_a_price_that_a_platform_fee_lifts_beyond_all_amounts_has_no_quote():
    hops = [hop_over(10**18, 10**10, 0)]
    assert quote_out(hops, 9_171_000_000).paid_raw > U64_MAX // 2
    with pytest.raises(AmountError, match="no quote"):
        quote_out(hops, 9_171_000_000, platform_fee_bps=10_000)


def test_a_price_beyond_all_amounts_is_none():
    with pytest.raises(AmountError, match="no quote"):
        quote_out([hop_over(10**19, 10**10, 0)], 9 * 10**9)
