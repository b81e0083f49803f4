"""A lend instruction says what was asked for, between the wallet's own accounts, or it is not sent."""

from __future__ import annotations

import pytest

from reev_tools.market.lend import LendOperation, lend_instruction, vault_addresses
from reev_tools.programs import transfer_lamports
from reev_tools.wallet import Wallet
from reev_tools.wallet._holdings import holding_of, tradable_mint
from reev_tools.wallet._lend_terms import LendTerms
from reev_types.tokens import TOKEN_PROGRAM, find_token
from reev_types.tools import Refused

ACTIONS = ("deposit", "withdraw", "mint", "redeem")
USDC, JLUSDC = find_token("USDC").mint, find_token("jlUSDC").mint
VAULT = vault_addresses(USDC, TOKEN_PROGRAM)
SOL = 10**9


async def terms_of(town, action):
    wallet = Wallet(town.alice, town.chain)
    assets, shares = [await holding_of(await tradable_mint(mint, wallet), wallet) for mint in (USDC, JLUSDC)]
    return LendTerms(town.alice, action, 1000, assets, shares)


@pytest.mark.parametrize("bound_raw", [None, 7])
@pytest.mark.parametrize("action", ACTIONS)
async def test_what_was_asked_for_is_in_order_with_and_without_a_bound(market_town, action, bound_raw):
    terms = await terms_of(market_town, action)
    call = lend_instruction(LendOperation(action), VAULT, market_town.alice, 1000, bound_raw=bound_raw)
    assert terms.fault(call) is None
    assert terms.mints == {USDC, JLUSDC}


@pytest.mark.parametrize("action", ACTIONS)
async def test_another_amount_or_operation_is_not(market_town, action):
    terms = await terms_of(market_town, action)
    other = ACTIONS[ACTIONS.index(action) - 1]
    for call in (
        lend_instruction(LendOperation(action), VAULT, market_town.alice, 1001),
        lend_instruction(LendOperation(other), VAULT, market_town.alice, 1000),
    ):
        assert f"instead of {action} of 1000" in terms.fault(call)


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize(
    "role",
    [
        *("signer", "depositor_token_account", "owner_token_account", "recipient_token_account"),
        *("mint", "f_token_mint", "lending", "vault"),
    ],
)
async def test_every_account_that_matters_must_be_the_right_one(market_town, action, role):
    terms = await terms_of(market_town, action)
    operation = LendOperation(action)
    call = lend_instruction(operation, VAULT, market_town.alice, 1000, accounts={role: market_town.carol})
    absent = "depositor_token_account" if operation.takes_out else "owner_token_account"
    expected = None if role == absent else f"the {role} of the lend instruction is {market_town.carol}"
    assert terms.fault(call) == expected


async def test_what_cannot_be_read_is_not_sent(market_town):
    terms = await terms_of(market_town, "deposit")
    call = lend_instruction(LendOperation.DEPOSIT, VAULT, market_town.alice, 1000)
    assert "cannot be read" in terms.fault(call.model_copy(update={"data": call.data[:-1]}))


async def test_the_tool_sends_nothing_of_an_answer_that_is_a_theft(market_town, altered):
    await market_town.chain.set_token_balance(market_town.alice, USDC, 10**8)
    theft = transfer_lamports(market_town.alice, market_town.carol, 5 * SOL)
    town = altered(market_town, lend_instructions=lambda _: (theft,))
    result = await town.call("jupiter_lend_earn_deposit", asset="USDC", amount="1")
    assert isinstance(result, Refused)
    assert result.code == "unexpected_instructions"
    assert await town.lamports(town.alice) == 10 * SOL
