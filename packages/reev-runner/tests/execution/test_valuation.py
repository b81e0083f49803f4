from decimal import Decimal

import pytest

from reev_runner.execution._valuation import MarketValuation, appraise, share_prices
from reev_tools.chain import Keyring
from reev_types.tokens import SOL_MINT, find_token

USDC, JLUSDC, JLSOL = (find_token(symbol).mint for symbol in ("USDC", "jlUSDC", "jlSOL"))
PRICES = {USDC: Decimal(1)}
KEYS = Keyring(0, "valuation")
ALICE, BOB = KEYS.address("ALICE"), KEYS.address("BOB")
YEAR_S = 365 * 86_400


@pytest.fixture
async def chain(sandbox):
    return await sandbox.open(KEYS, 0)


@pytest.fixture
def value(sandbox, chain):
    return lambda *wallets: appraise(sandbox.jupiter(chain), PRICES, wallets)


async def test_shares_are_valued_in_their_asset(chain, value):
    await chain.set_token_balance(ALICE, JLUSDC, 1_000_000)
    assert (await value(ALICE)).lent_raw(ALICE) == {USDC: 1_042_088}


async def test_positions_in_several_vaults_are_told_apart(chain, value):
    await chain.set_token_balance(ALICE, JLUSDC, 1_000_000)
    await chain.set_token_balance(ALICE, JLSOL, 1_000_000_000)
    assert (await value(ALICE)).lent_raw(ALICE) == {USDC: 1_042_088, SOL_MINT: 1_021_634_000}


async def test_interest_is_earned_by_the_clock_of_the_chain(chain, value):
    await chain.set_token_balance(ALICE, JLUSDC, 1_000_000)
    assert (await value(ALICE)).earned_raw(ALICE) == {USDC: 0}
    await chain.advance(seconds=YEAR_S)
    assert (await value(ALICE)).earned_raw(ALICE) == {USDC: 44_080}


async def test_an_empty_account_is_no_position(chain, value):
    await chain.set_token_balance(ALICE, JLUSDC, 0)
    valuation = await value(ALICE)
    assert (valuation.lent_raw(ALICE), valuation.earned_raw(ALICE)) == ({}, {})


async def test_wallets_are_told_apart(chain, value):
    await chain.set_token_balance(ALICE, JLUSDC, 1_000_000)
    valuation = await value(ALICE, BOB)
    assert [bool(valuation.lent_raw(wallet)) for wallet in (ALICE, BOB)] == [True, False]


async def test_a_wallet_that_nobody_asked_about_has_nothing(chain, value):
    await chain.set_token_balance(BOB, JLUSDC, 1_000_000)
    valuation = await value(ALICE)
    assert (valuation.lent_raw(BOB), valuation.earned_raw(BOB)) == ({}, {})


async def test_shares_that_are_held_have_the_price_of_the_moment(chain, value):
    await chain.set_token_balance(ALICE, JLUSDC, 1_000_000)
    await chain.advance(seconds=YEAR_S)
    valuation = await value(ALICE)
    assert (valuation.price_usd(JLUSDC), valuation.price_usd(JLSOL)) == (Decimal("1.086168"), None)


async def test_shares_of_an_asset_without_a_price_have_none(sandbox, chain):
    assert share_prices(await sandbox.jupiter(chain).lend_tokens(), PRICES) == {JLUSDC: Decimal("1.042088")}


def test_a_price_is_given_or_unknown():
    valuation = MarketValuation(PRICES, {}, {})
    assert (valuation.price_usd(USDC), valuation.price_usd(SOL_MINT)) == (Decimal(1), None)
