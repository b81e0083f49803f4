from __future__ import annotations

import pytest

from reev_tools.chain import EmbeddedChain, Keyring, Vm, World
from reev_tools.jupiter import JupiterRefusalError, JupiterServiceError, LendRequest, SandboxJupiter
from reev_tools.market import Market
from reev_types.chain import AccountState
from reev_types.tokens import SOL_MINT, find_token

USDC, JL_USDC = find_token("USDC").mint, find_token("jlUSDC").mint
MILLION = 10**6
SOL = 10**9
YEAR = 31_536_000


async def usdc_vault(desk):
    return next(token for token in await desk.jupiter.lend_tokens() if token.asset_address == USDC)


async def test_vaults_come_in_the_order_of_their_ids(desk):
    tokens = await desk.jupiter.lend_tokens()
    terms = sorted(desk.market.vaults(), key=lambda terms: terms.lending_id)
    assert [(token.id, token.asset_address) for token in tokens] == [(each.lending_id, each.mint) for each in terms]
    assert {token.symbol: token.asset.symbol for token in tokens} == {
        "jlUSDC": "USDC",
        "jlUSDT": "USDT",
        "jlWSOL": "SOL",
    }


async def test_a_vault_says_what_shares_are_worth_and_what_it_pays(desk):
    token = await usdc_vault(desk)
    assert (token.convert_to_assets_raw, token.convert_to_shares_raw) == (1_042_088, 959_611)
    assert (token.supply_rate_bps, token.rewards_rate_bps, token.total_rate_bps) == (423, 0, 423)
    assert token.total_assets_raw == token.total_supply_raw * 1_042_088 // MILLION
    assert (token.asset.price, token.decimals) == (1, 6)


async def test_shares_grow_with_the_clock(desk):
    await desk.chain.advance(seconds=YEAR)
    token = await usdc_vault(desk)
    assert token.convert_to_assets_raw == 1_042_088 * 10_423 // 10_000


async def test_a_vault_that_lent_everything_out_says_so(open_desk):
    supply = (await usdc_vault(await open_desk(Market.named("empty_vault")))).liquidity_supply_data
    assert supply.withdrawable_raw == MILLION < supply.supply_raw
    full = (await usdc_vault(await open_desk())).liquidity_supply_data
    assert full.withdrawable_raw == full.supply_raw


async def test_a_user_has_a_position_in_every_vault_empty_ones_too(desk):
    await desk.give("jlUSDC", 10 * MILLION)
    await desk.give("USDC", 7)
    await desk.give("SOL", SOL)
    positions = await desk.jupiter.lend_positions([desk.maria, desk.zoe])
    found = {
        (position.owner_address, position.token.symbol): (
            position.shares_raw,
            position.underlying_assets_raw,
            position.underlying_balance_raw,
        )
        for position in positions
    }
    assert found == {
        (desk.maria, "jlUSDC"): (10 * MILLION, 10_420_880, 7),
        (desk.maria, "jlUSDT"): (0, 0, 0),
        (desk.maria, "jlWSOL"): (0, 0, 1_001 * SOL),
        (desk.zoe, "jlUSDC"): (0, 0, 0),
        (desk.zoe, "jlUSDT"): (0, 0, 0),
        (desk.zoe, "jlWSOL"): (0, 0, 0),
    }


@pytest.mark.parametrize(
    ("action", "amount_raw", "assets_raw", "shares_raw"),
    [
        ("deposit", 10 * MILLION, 90 * MILLION, 100 * MILLION + 9_596_118),
        ("mint", 10 * MILLION, 100 * MILLION - 10_420_880, 110 * MILLION),
        ("withdraw", 10 * MILLION, 110 * MILLION, 100 * MILLION - 9_596_119),
        ("redeem", 10 * MILLION, 100 * MILLION + 10_420_880, 90 * MILLION),
    ],
)
async def test_an_operation_does_what_it_says(desk, action, amount_raw, assets_raw, shares_raw):
    await desk.give("USDC", 100 * MILLION)
    await desk.give("jlUSDC", 100 * MILLION)
    request = LendRequest(asset=USDC, signer=desk.maria, amount_raw=amount_raw)
    outcome = await desk.send(*await desk.jupiter.lend_instructions(action, request))
    assert outcome.succeeded
    assert (await desk.held("USDC"), await desk.held("jlUSDC")) == (assets_raw, shares_raw)


async def test_an_asset_without_a_vault_is_refused_with_those_that_have_one(desk):
    request = LendRequest(asset=find_token("JUP").mint, signer=desk.maria, amount_raw=1)
    with pytest.raises(JupiterRefusalError) as caught:
        await desk.jupiter.lend_instructions("deposit", request)
    assert caught.value.code == "unsupported_asset"
    assert all(mint in caught.value.suggestions[0] for mint in (USDC, SOL_MINT))


async def test_a_user_that_is_no_address_is_refused(desk):
    with pytest.raises(JupiterRefusalError) as caught:
        await desk.jupiter.lend_positions(["maria"])
    assert caught.value.code == "invalid_address"


async def test_a_chain_without_the_market_is_out_of_order():
    chain = EmbeddedChain(Vm(World.genesis()), Keyring(0, "jupiter"))
    with pytest.raises(JupiterServiceError) as caught:
        await SandboxJupiter(Market.named(), chain).lend_tokens()
    assert caught.value.code == "vault_out_of_order"


async def test_a_vault_out_of_order_does_not_stop_the_others(desk):
    broken = next(terms for terms in desk.market.vaults() if terms.mint == USDC)
    await desk.chain.set_account(AccountState(address=broken.addresses.lending, owner=desk.maria, lamports=0))
    assert [token.asset.symbol for token in await desk.jupiter.lend_tokens()] == ["SOL", "USDT"]
    positions = await desk.jupiter.lend_positions([desk.maria])
    assert [position.token.asset.symbol for position in positions] == ["SOL", "USDT"]
    with pytest.raises(JupiterServiceError) as caught:
        await desk.jupiter.lend_earnings(desk.maria, [JL_USDC])
    assert caught.value.code == "vault_out_of_order"
    assert "the vault for USDC gives no answer" in caught.value.message
    assert caught.value.suggestions


async def test_a_vault_whose_price_would_fall_is_out_of_order(desk):
    # Interest counts from the world's start, which this market says is still to come.
    for account in desk.market.accounts(now=60):
        await desk.chain.set_account(account)
    with pytest.raises(JupiterServiceError) as caught:
        await desk.jupiter.lend_tokens()
    assert caught.value.code == "vault_out_of_order"
    await desk.chain.advance(seconds=60)
    assert len(await desk.jupiter.lend_tokens()) == 3
