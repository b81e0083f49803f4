"""A price that moves between quote and send."""

import pytest

from reev_tools.market import Market
from reev_tools.market.swap import read_pool
from reev_types.errors import ChainError
from reev_types.faults import DropBeforeSend, PriceMove
from reev_types.tokens import SOL_MINT, find_token
from reev_types.tools import Executed, Failed

USDC = find_token("USDC").mint


async def pools_now(storm):
    return [await read_pool(storm.raw, pool.address) for pool in Market.named().pools]


async def test_a_move_beyond_the_slippage_fails_with_the_programs_own_error(open_storm):
    storm = await open_storm(PriceMove(bps=200))
    storm.schedule.at("step_1", 1)
    result = await storm.swap(slippage_bps=50)
    assert isinstance(result, Failed)
    assert result.code == "slippage_exceeded"
    [outcome] = await storm.raw.history()
    assert outcome.failure is not None
    assert outcome.failure.custom_code == 6001
    assert storm.kinds == ["price_move"]


async def test_a_move_within_the_slippage_costs_about_what_it_says(open_storm):
    calm, storm = await open_storm(), await open_storm(PriceMove(bps=200))
    storm.schedule.at("step_1", 1)
    quiet, moved = [await each.swap(slippage_bps=500) for each in (calm, storm)]
    assert isinstance(quiet, Executed)
    assert isinstance(moved, Executed)
    lost = 1 - moved.details["received_raw"] / quiet.details["received_raw"]
    assert 0.0195 < lost < 0.0205


@pytest.mark.parametrize("terms", [{}, {"swap_mode": "ExactOut", "amount": "20"}])
async def test_a_fresh_quote_after_the_move_is_paid(open_storm, terms):
    storm = await open_storm(PriceMove(bps=300))
    storm.schedule.at("step_1", 1)
    assert isinstance(await storm.swap(**terms), Failed)
    assert isinstance(await storm.swap(**terms), Executed)


async def test_the_pools_stand_as_a_swap_leaves_them(open_storm):
    storm = await open_storm(PriceMove(bps=500))
    storm.schedule.at("step_1", 1)
    before = await pools_now(storm)
    await storm.swap(slippage_bps=0)
    after = await pools_now(storm)
    moved = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert moved
    for old, new in moved:
        assert new.a.amount_raw * new.b.amount_raw >= old.a.amount_raw * old.b.amount_raw
        sol = new.hop(SOL_MINT).into
        vault = await storm.raw.account(sol.vault)
        assert vault is not None
        assert vault.lamports == sol.amount_raw + await storm.raw.minimum_balance(len(vault.data))


async def test_a_transaction_that_is_no_swap_moves_nothing(open_storm):
    storm = await open_storm(PriceMove(bps=500))
    storm.schedule.at("step_1", 1)
    assert isinstance(await storm.pay_bob(), Executed)
    assert storm.reports == []
    assert isinstance(await storm.swap(), Failed)


async def test_the_price_moves_once_even_where_the_transaction_is_sent_twice(open_storm):
    storm = await open_storm(PriceMove(bps=100), DropBeforeSend(until_s=9))
    storm.schedule.at("step_1", 1)
    for _ in range(2):
        with pytest.raises(ChainError):
            await storm.swap()
    assert storm.kinds == ["price_move", "drop_before_send", "drop_before_send"]


async def test_tokens_that_nobody_holds_cannot_be_moved(open_storm):
    from reev_tools.faults._balances import after_transfer

    storm = await open_storm()
    with pytest.raises(ChainError, match="no tokens are held") as unknown:
        await after_transfer(storm.raw, storm.alice, 1)
    assert unknown.value.code == "unknown_account"
