"""A lending vault whose liquidity is lent for a while."""

import pytest

from reev_tools.jupiter import LendRequest
from reev_tools.jupiter.sandbox import SandboxJupiter
from reev_tools.market import Market
from reev_types.errors import ChainError
from reev_types.faults import Delay, VaultWithoutLiquidity
from reev_types.tokens import SOL_MINT, find_token
from reev_types.tools import Executed, Failed, Refused

USDC = find_token("USDC").mint


async def test_nothing_can_be_withdrawn_while_the_window_lasts(open_storm):
    storm = await open_storm(VaultWithoutLiquidity(mint=USDC))
    storm.schedule.at("step_1", 1)
    result = await storm.withdraw()
    assert isinstance(result, Refused)
    assert result.code == "insufficient_liquidity"
    storm.schedule.at("step_1", 2)
    assert isinstance(await storm.withdraw(), Executed)
    assert [report.detail.split(":")[0] for report in storm.reports] == [
        "the liquidity is lent",
        "the liquidity is back",
    ]


async def test_the_program_itself_refuses_a_withdrawal(open_storm):
    storm = await open_storm(VaultWithoutLiquidity(mint=USDC))
    await storm.raw.set_token_balance(storm.alice, USDC, 0)
    storm.schedule.at("step_1", 1)
    asked = LendRequest(asset=USDC, signer=storm.alice, amount_raw=1_000_000)
    calls = await storm.jupiter.lend_instructions("withdraw", asked)
    outcome = await storm.chain.submit(await storm.chain.prepare(calls, payer=storm.alice))
    assert outcome.failure is not None
    assert outcome.failure.custom_code == 6007


@pytest.mark.parametrize("mint", [USDC, SOL_MINT])
async def test_the_chain_is_as_before_when_it_is_over(open_storm, mint):
    storm = await open_storm(VaultWithoutLiquidity(mint=mint, until_s=30))
    before = await storm.raw.state_hash()
    checkpoint = await storm.chain.checkpoint()
    storm.schedule.at("step_1", 1)
    await storm.chain.token_accounts(storm.alice)
    assert await storm.raw.state_hash() != before
    await storm.schedule.end()
    assert await storm.raw.state_hash() == before
    await storm.chain.rewind(checkpoint)


async def test_the_window_is_a_matter_of_the_chains_time(open_storm):
    storm = await open_storm(VaultWithoutLiquidity(mint=USDC, attempts=(), from_s=10, until_s=30))
    storm.schedule.at("step_1", 1)
    results = []
    for _ in range(3):
        results.append(await storm.withdraw())
        await storm.chain.advance(seconds=15)
    assert [type(result) for result in results] == [Executed, Refused, Executed]


async def test_a_vault_can_run_dry_while_a_transaction_is_on_its_way(open_storm):
    storm = await open_storm(Delay(seconds=20), VaultWithoutLiquidity(mint=USDC, from_s=20))
    storm.schedule.at("step_1", 1)
    result = await storm.withdraw()
    assert isinstance(result, Failed)
    assert result.code == "insufficient_liquidity"
    assert "(error 6007 of program" in result.message


async def test_what_is_paid_in_meanwhile_stays_in_the_vault(open_storm):
    storm = await open_storm(VaultWithoutLiquidity(mint=USDC))
    await storm.raw.set_token_balance(storm.alice, USDC, 5_000_000)
    market = SandboxJupiter(Market.named(), storm.raw)

    async def withdrawable():
        vaults = await market.lend_tokens()
        supply = next(each.liquidity_supply_data for each in vaults if each.asset_address == USDC)
        return supply.withdrawable_raw

    before = await withdrawable()
    storm.schedule.at("step_1", 1)
    assert isinstance(await storm.call("jupiter_lend_earn_deposit", asset="USDC", amount="5"), Executed)
    assert await withdrawable() == 5_000_000
    await storm.schedule.end()
    assert await withdrawable() == before + 5_000_000


async def test_a_rewind_to_before_the_drought_is_no_obstacle(open_storm):
    storm = await open_storm(VaultWithoutLiquidity(mint=USDC))
    checkpoint = await storm.chain.checkpoint()
    storm.schedule.at("step_1", 1)
    await storm.withdraw()
    await storm.chain.rewind(checkpoint)
    await storm.schedule.end()
    assert await storm.raw.state_hash() == checkpoint.state_hash


@pytest.mark.parametrize("mint", [find_token("BONK").mint, find_token("jlUSDC").mint])
async def test_a_vault_that_does_not_exist_cannot_be_drained(open_storm, mint):
    storm = await open_storm(VaultWithoutLiquidity(mint=mint))
    storm.schedule.at("step_1", 1)
    with pytest.raises(ChainError) as unknown:
        await storm.withdraw()
    assert unknown.value.code == "unknown_vault"
