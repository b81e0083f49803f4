"""Other names of tools and parameters lead to the same deeds, and never to another wallet."""

import pytest

from reev_tools.wallet import STANDARD_TOOLS, TOOL_ALIASES, primary_name
from reev_types.tools import Executed, Observed, Refused

SOL = 10**9


def test_aliases_lead_to_tools_and_are_no_tools_themselves():
    names = {tool.name for tool in STANDARD_TOOLS}
    assert set(TOOL_ALIASES.values()) <= names
    assert not set(TOOL_ALIASES) & names


def test_a_name_that_is_no_alias_stays_as_it_is():
    assert primary_name("teleport") == "teleport"


async def test_aliases_are_not_on_offer(town):
    assert not set(TOOL_ALIASES) & {spec.name for spec in town.tools.specs()}


async def test_schemas_show_primary_names_alone(town):
    shown = {spec.name: set(spec.parameters["properties"]) for spec in town.tools.specs()}
    assert shown["get_account_balance"] == {"account", "token"}
    assert shown["sol_transfer"] == {"recipient", "amount", "amount_raw"}
    assert shown["spl_transfer"] == {"recipient", "token", "amount", "amount_raw"}


@pytest.mark.parametrize(
    ("alias", "arguments"),
    [
        ("account_balance", {}),
        ("balance_validation", {}),
        ("get_jupiter_lend_earn_position", {}),
        ("get_jupiter_lend_earn_tokens", {}),
        ("jupiter_earn_tool", {}),
        ("jupiter_lend", {"asset": "SOL", "amount": "1"}),
        ("jupiter_lend_rates", {}),
        ("jupiter_pools", {}),
        ("jupiter_positions", {}),
        ("jupiter_swap_flow", {"input_token": "SOL", "output_token": "USDC", "amount": "1"}),
        ("jupiter_withdraw", {"mint": "SOL", "amount": "1"}),
        ("lend_earn_tokens", {}),
        ("sol_tool", {"recipient_pubkey": "BOB", "amount": "1"}),
    ],
)
async def test_every_alias_does_what_its_tool_does(open_market_town, alias, arguments):
    results = []
    for name in (alias, TOOL_ALIASES[alias]):
        town = open_market_town()
        await town.chain.set_lamports(town.alice, 10 * SOL)
        await town.lent("jlWSOL", 2 * SOL)
        results.append(await town.call(name, **arguments))
    assert results[0] == results[1]
    assert isinstance(results[0], Executed | Observed)


@pytest.mark.parametrize("parameter", ["user_pubkey", "wallet_pubkey", "pubkey", "signer"])
async def test_the_own_wallet_may_be_named_in_every_way(town, parameter):
    for own in ("ALICE", town.alice):
        result = await town.call("sol_transfer", recipient="BOB", amount="0.1", **{parameter: own})
        assert isinstance(result, Executed)


@pytest.mark.parametrize("parameter", ["user_pubkey", "wallet_pubkey", "pubkey", "signer"])
async def test_another_wallet_is_refused_and_nothing_is_sent(town, parameter):
    for other in ("BOB", town.bob, 7, None):
        result = await town.call("sol_transfer", recipient="BOB", amount="0.1", **{parameter: other})
        assert isinstance(result, Refused)
        assert result.code == "foreign_wallet"
    assert await town.lamports(town.bob) == 0


async def test_a_wallet_that_is_none_is_refused(town):
    result = await town.call("jupiter_earn", user_pubkey="NOBODY")
    assert isinstance(result, Refused)
    assert result.code == "unknown_address"


async def test_the_account_to_read_may_be_anybodys_under_every_name(town):
    for name in ("account", "pubkey", "wallet_pubkey", "user_pubkey"):
        result = await town.call("get_account_balance", **{name: "BOB"})
        assert isinstance(result, Observed)
        assert result.data["account"] == town.bob


async def test_one_parameter_under_two_names_is_refused(town):
    result = await town.call("sol_transfer", recipient="BOB", recipient_pubkey=town.carol, amount="0.1")
    assert isinstance(result, Refused)
    assert result.code == "bad_arguments"


async def test_the_originals_names_for_tokens_and_recipients_are_understood(town):
    await town.chain.set_token_balance(town.alice, town.usdc, 5_000_000)
    result = await town.call("spl_transfer", recipient_pubkey="BOB", mint_address=town.usdc, amount="2")
    assert isinstance(result, Executed)
    assert await town.tokens(town.bob) == 2_000_000


async def test_whole_numbers_of_the_original_are_not_guessed_to_be_lamports(town):
    result = await town.call("sol_transfer", user_pubkey="ALICE", recipient_pubkey="BOB", amount=100_000_000)
    assert isinstance(result, Refused)
    assert result.code == "insufficient_funds"
