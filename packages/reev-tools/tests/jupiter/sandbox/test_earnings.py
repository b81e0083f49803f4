"""Earnings against shares and prices that are computed here once more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from reev_tools.jupiter import JupiterRefusalError, LendRequest
from reev_tools.programs import transfer_checked
from reev_types.tokens import TOKEN_PROGRAM, find_token

USDC, USDT, JL_USDC, JL_USDT = (find_token(symbol).mint for symbol in ("USDC", "USDT", "jlUSDC", "jlUSDT"))
MILLION = 10**6
MONTH = 30 * 86_400
OPENING_PRICE = 1_042_088


@dataclass
class Lender:
    """MARIA with 1,000 USDC and USDT, and accounts for the shares."""

    desk: Any

    async def call(self, action: str, amount_raw: int, asset: str = USDC) -> Any:
        outcome = await self.desk.send(*await self.order(action, amount_raw, asset))
        assert outcome.succeeded
        return outcome

    async def order(self, action: str, amount_raw: int, asset: str = USDC) -> Any:
        request = LendRequest(asset=asset, signer=self.desk.maria, amount_raw=amount_raw)
        return await self.desk.jupiter.lend_instructions(action, request)

    async def wait(self, months: int) -> None:
        await self.desk.chain.advance(seconds=months * MONTH)

    async def worth(self, mint: str = JL_USDC) -> int:
        positions = await self.desk.jupiter.lend_positions([self.desk.maria])
        return next(position.underlying_assets_raw for position in positions if position.token.address == mint)

    async def earned(self, mint: str = JL_USDC) -> int:
        (earnings,) = await self.desk.jupiter.lend_earnings(self.desk.maria, [mint])
        return earnings.earnings_raw


@pytest.fixture
async def lender(desk):
    for token in ("USDC", "USDT"):
        await desk.give(token, 1_000 * MILLION)
        await desk.give(f"jl{token}", 0)
    return Lender(desk)


async def test_a_fresh_deposit_has_earned_nothing(lender):
    await lender.call("deposit", 100 * MILLION)
    assert await lender.earned() == 0
    assert 100 * MILLION - 2 <= await lender.worth() <= 100 * MILLION


async def test_a_deposit_earns_what_it_is_worth_beyond_its_cost(lender):
    await lender.call("deposit", 100 * MILLION)
    await lender.wait(3)
    assert await lender.earned() == await lender.worth() - 100 * MILLION > MILLION


async def test_two_deposits_at_different_prices_cost_what_was_paid(lender):
    await lender.call("deposit", 100 * MILLION)
    await lender.wait(6)
    await lender.call("mint", 50 * MILLION)
    paid = 1_000 * MILLION - await lender.desk.held("USDC")
    await lender.wait(6)
    assert await lender.earned() == await lender.worth() - paid


async def test_shares_of_the_worlds_start_cost_the_opening_price(lender):
    await lender.desk.give("jlUSDC", 10 * MILLION)
    await lender.wait(1)
    assert await lender.earned() == await lender.worth() - 10 * OPENING_PRICE


async def test_shares_of_the_start_and_bought_ones_add_up(lender):
    await lender.desk.give("jlUSDC", 10 * MILLION)
    await lender.wait(1)
    await lender.call("deposit", 100 * MILLION)
    await lender.wait(1)
    assert await lender.earned() == await lender.worth() - 10 * OPENING_PRICE - 100 * MILLION


async def test_a_partial_withdrawal_takes_the_average_cost_along(lender):
    await lender.call("deposit", 100 * MILLION)
    await lender.wait(6)
    await lender.call("deposit", 100 * MILLION)
    held = await lender.desk.held("jlUSDC")
    await lender.wait(6)
    await lender.call("redeem", held // 4)
    left = held - held // 4
    cost = -(-200 * MILLION * left // held)
    assert await lender.earned() == await lender.worth() - cost


async def test_a_closed_position_has_earned_nothing_and_a_new_one_starts_afresh(lender):
    await lender.call("deposit", 100 * MILLION)
    await lender.wait(6)
    await lender.call("redeem", await lender.desk.held("jlUSDC"))
    assert await lender.earned() == 0
    await lender.call("deposit", 100 * MILLION)
    assert await lender.earned() == 0
    await lender.wait(1)
    assert await lender.earned() == await lender.worth() - 100 * MILLION


async def test_two_vaults_in_one_transaction_are_told_apart(lender):
    orders = [*await lender.order("deposit", 100 * MILLION), *await lender.order("deposit", 200 * MILLION, USDT)]
    assert (await lender.desk.send(*orders)).succeeded
    await lender.wait(2)
    assert await lender.earned() == await lender.worth() - 100 * MILLION
    assert await lender.earned(JL_USDT) == await lender.worth(JL_USDT) - 200 * MILLION


async def test_a_failed_deposit_costs_nothing(lender):
    await lender.call("deposit", 100 * MILLION)
    outcome = await lender.desk.send(*await lender.order("deposit", 5_000 * MILLION))
    assert outcome.landed
    assert not outcome.succeeded
    await lender.wait(1)
    assert await lender.earned() == await lender.worth() - 100 * MILLION


async def test_shares_given_away_take_the_average_cost_along(lender):
    desk = lender.desk
    target = await desk.give("jlUSDC", 0, desk.zoe)
    await lender.call("deposit", 100 * MILLION)
    held = await desk.held("jlUSDC")
    gift = transfer_checked(TOKEN_PROGRAM, desk.account("jlUSDC"), JL_USDC, target, desk.maria, held // 2, 6)
    assert (await desk.send(gift)).succeeded
    await lender.wait(1)
    left = held - held // 2
    assert await lender.earned() == await lender.worth() - -(-100 * MILLION * left // held)
    # Whoever is given shares is taken to have had them from the start.
    (given,) = await desk.jupiter.lend_earnings(desk.zoe, [JL_USDC])
    (position,) = [p for p in await desk.jupiter.lend_positions([desk.zoe]) if p.token.address == JL_USDC]
    cost = -(-(held // 2) * OPENING_PRICE // MILLION)
    assert given.earnings_raw == position.underlying_assets_raw - cost


async def test_shares_taken_away_by_decree_take_the_average_cost_along(lender):
    await lender.call("deposit", 100 * MILLION)
    held = await lender.desk.held("jlUSDC")
    await lender.desk.give("jlUSDC", held // 2)
    await lender.wait(1)
    assert await lender.earned() == await lender.worth() - -(-100 * MILLION * (held // 2) // held)


async def test_a_rewound_deposit_is_forgotten(lender):
    await lender.call("deposit", 100 * MILLION)
    checkpoint = await lender.desk.chain.checkpoint()
    await lender.call("deposit", 100 * MILLION)
    await lender.desk.chain.rewind(checkpoint)
    await lender.wait(1)
    assert await lender.earned() == await lender.worth() - 100 * MILLION


async def test_earnings_name_owner_share_and_slot(lender):
    desk = lender.desk
    first, second = await desk.jupiter.lend_earnings(desk.maria, [JL_USDT, JL_USDC])
    assert [first.address, second.address] == [JL_USDT, JL_USDC]
    assert (first.owner_address, first.slot) == (desk.maria, (await desk.chain.clock()).slot)


async def test_earnings_are_counted_by_share_mint_alone(lender):
    with pytest.raises(JupiterRefusalError) as caught:
        await lender.earned(USDC)
    assert caught.value.code == "unsupported_asset"
    assert JL_USDC in caught.value.suggestions[0]
