"""What a wallet has of a token, what of it can be spent, and which tokens no market can move."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reev_tools.jupiter.sandbox import SandboxJupiter
from reev_tools.market import Market
from reev_tools.wallet import Wallet
from reev_tools.wallet._holdings import holding_of, lamports_of, spendable_raw, tradable_mint
from reev_types.errors import TokenError
from reev_types.tokens import SOL_MINT, find_token
from reev_types.tools import Refused

SOL = 10**9
RENT, FEE, WALLET_RENT = 2_039_280, 5_000, 890_880
USDC = find_token("USDC").mint
NON_TRANSFERABLE = 9


@pytest.fixture
def wallet(market_town):
    return Wallet(market_town.alice, market_town.chain, jupiter=SandboxJupiter(Market.named(), market_town.chain))


async def sol_and_usdc(wallet):
    return [await holding_of(await tradable_mint(mint, wallet), wallet) for mint in (SOL_MINT, USDC)]


@pytest.mark.parametrize(
    ("reserve", "kept"),
    [
        (0, FEE + 2 * RENT),
        (FEE + 2 * RENT, FEE + 2 * RENT),
        (10_000_000, 10_000_000),
        (11 * SOL, 10 * SOL),
    ],
)
async def test_max_of_sol_keeps_the_reserve_or_what_the_operation_needs(wallet, reserve, kept):
    gives, gets = await sol_and_usdc(wallet)
    assert await spendable_raw(gives, gets, replace(wallet, sol_reserve_lamports=reserve)) == 10 * SOL - kept


async def test_max_of_sol_leaves_a_wallet_that_can_exist(market_town, wallet):
    await market_town.chain.set_token_balance(market_town.alice, SOL_MINT, 0)
    gives, gets = await sol_and_usdc(wallet)
    small = replace(wallet, sol_reserve_lamports=FEE + RENT + 1)
    assert await spendable_raw(gives, gets, small) == 10 * SOL - FEE - RENT - WALLET_RENT
    none = replace(wallet, sol_reserve_lamports=0)
    assert await spendable_raw(gives, gets, none) == 10 * SOL - FEE - RENT


async def test_lamports_at_an_address_pay_for_the_account_that_will_be_there(market_town, wallet):
    gives, _ = await sol_and_usdc(wallet)
    for waiting, rent in ((900_000, RENT - 900_000), (5_000_000, 0)):
        await market_town.chain.set_lamports(gives.account, waiting)
        assert (await sol_and_usdc(wallet))[0].rent_lamports == rent


async def test_a_wallet_that_does_not_exist_has_no_lamports(market_town, wallet):
    assert await lamports_of(replace(wallet, address=market_town.carol)) == 0


async def test_a_mint_that_restricts_transfers_is_not_traded(town):
    mint = await town.new_mint("STUCK", decimals=6, extensions=[(NON_TRANSFERABLE, b"")])
    with pytest.raises(TokenError, match="non_transferable") as caught:
        await tradable_mint(mint, Wallet(town.alice, town.chain))
    assert caught.value.code == "unsupported_token"


async def test_a_frozen_account_is_refused_before_anything_is_sent(market_town):
    address = await market_town.chain.set_token_balance(market_town.alice, USDC, 10**6)
    account = await market_town.chain.account(address)
    frozen = account.data[:108] + b"\2" + account.data[109:]
    await market_town.chain.set_account(account.model_copy(update={"data": frozen}))
    result = await market_town.call("jupiter_swap", input_mint="USDC", output_mint="SOL", amount="1")
    assert isinstance(result, Refused)
    assert (result.code, "is frozen" in result.message) == ("unusable_account", True)


async def test_a_refusal_for_want_of_sol_says_what_is_wrapped(market_town):
    await market_town.chain.set_token_balance(market_town.alice, SOL_MINT, 5 * SOL)
    for tool, arguments in (
        ("jupiter_swap", {"input_mint": "SOL", "output_mint": "USDC", "amount": "12"}),
        ("jupiter_lend_earn_deposit", {"asset_mint": "SOL", "amount": "12"}),
    ):
        result = await market_town.call(tool, **arguments)
        assert isinstance(result, Refused)
        assert result.message.endswith("the wallet has 10 SOL; another 5 SOL is wrapped, and is left as it is")
