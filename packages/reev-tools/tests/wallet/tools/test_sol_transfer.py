from dataclasses import replace

import pytest

from reev_tools.wallet import Wallet, WalletTools
from reev_types.tools import Executed, Refused

SOL = 10**9
FEE = 5_000
RENT = 890_880


@pytest.mark.parametrize(
    "amount", [{"amount": "0.1"}, {"amount": 0.1}, {"amount": ".1"}, {"amount_raw": 100_000_000}], ids=str
)
async def test_the_recipient_gets_exactly_what_was_asked(town, amount):
    result = await town.call("sol_transfer", recipient="BOB", **amount)
    assert isinstance(result, Executed)
    assert await town.lamports(town.bob) == 100_000_000
    assert await town.lamports(town.alice) == SOL - 100_000_000 - FEE


async def test_the_result_says_what_changed_on_both_sides(town):
    result = await town.call("sol_transfer", recipient=town.bob, amount="0.1")
    assert isinstance(result, Executed)
    assert {(change.owner, change.change, change.symbol) for change in result.balance_changes} == {
        (town.alice, "-0.100005", "SOL"),
        (town.bob, "+0.1", "SOL"),
    }
    assert result.fee_lamports == FEE


async def test_max_leaves_the_reserve_in_the_wallet(town):
    await town.call("sol_transfer", recipient="BOB", amount="max")
    assert await town.lamports(town.bob) == SOL - 10_000_000
    assert await town.lamports(town.alice) == 10_000_000 - FEE


async def test_max_leaves_the_fee_where_no_reserve_is_kept(town):
    tools = WalletTools(Wallet(town.alice, town.chain, names={"BOB": town.bob}, sol_reserve_lamports=0))
    result = await replace(town, tools=tools).call("sol_transfer", recipient="BOB", amount="max")
    assert isinstance(result, Executed), result
    assert (await town.lamports(town.bob), await town.lamports(town.alice)) == (SOL - FEE, 0)


async def test_a_wallet_may_be_emptied_to_the_last_lamport_by_an_exact_amount(town):
    result = await town.call("sol_transfer", recipient="BOB", amount_raw=SOL - FEE)
    assert isinstance(result, Executed)
    assert await town.lamports(town.alice) == 0


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"amount": "1"}, "insufficient_funds"),
        ({"amount_raw": SOL - FEE + 1}, "insufficient_funds"),
        ({"amount_raw": SOL - FEE - 1}, "below_rent"),
        ({"amount_raw": RENT - 1}, "below_rent"),
        ({"amount": "0"}, "zero_amount"),
        ({"amount_raw": 0}, "zero_amount"),
        ({"amount": "-0.1"}, "not_a_number"),
        ({"amount": "1e-1"}, "not_a_number"),
        ({"amount": "0.1 SOL"}, "not_a_number"),
        ({"amount": "0.0000000001"}, "too_precise"),
        ({"amount": "99999999999"}, "too_large"),
        ({"amount": True}, "bad_arguments"),
        ({"amount": "0.1", "amount_raw": 100_000_000}, "bad_arguments"),
        ({}, "bad_arguments"),
        ({"amount_raw": -1}, "bad_arguments"),
        ({"amount_raw": 2**64}, "bad_arguments"),
        ({"amount_raw": 1.5}, "bad_arguments"),
        ({"amount": "0.1", "memo": "hi"}, "bad_arguments"),
    ],
    ids=str,
)
async def test_what_cannot_be_meant_is_refused_and_nothing_is_sent(town, arguments, code):
    before = await town.chain.state_hash()
    result = await town.call("sol_transfer", recipient="BOB", **arguments)
    assert isinstance(result, Refused)
    assert result.code == code
    assert await town.chain.state_hash() == before


async def test_a_wallet_without_funds_is_told_what_it_lacks(town):
    await town.chain.set_lamports(town.alice, 0)
    result = await town.call("sol_transfer", recipient="BOB", amount="0.1")
    assert isinstance(result, Refused)
    assert "takes 0.100005 SOL, the wallet has 0 SOL" in result.message


async def test_an_existing_wallet_can_receive_a_single_lamport(town):
    await town.chain.set_lamports(town.bob, SOL)
    result = await town.call("sol_transfer", recipient="BOB", amount_raw=1)
    assert isinstance(result, Executed)
    assert await town.lamports(town.bob) == SOL + 1


@pytest.mark.parametrize("recipient", ["ALICE", "program", "usdc", "ata", "pda"])
async def test_a_recipient_that_is_nobodys_wallet_is_refused(town, recipient):
    ata = await town.chain.set_token_balance(town.bob, town.usdc, 1)
    pda = town.chain.associated_token_address(town.carol, town.usdc, town.program)
    places = {"program": town.program, "usdc": town.usdc, "ata": ata, "pda": pda}
    result = await town.call("sol_transfer", recipient=places.get(recipient, recipient), amount="0.1")
    assert isinstance(result, Refused)
    assert result.code == "invalid_recipient"


@pytest.mark.parametrize("recipient", ["MALLORY", "", "bob", "BOB; drop", "١١١"])
async def test_an_unknown_name_is_refused_with_the_known_ones(town, recipient):
    result = await town.call("sol_transfer", recipient=recipient, amount="0.1")
    assert isinstance(result, Refused)
    assert result.code == "unknown_address"
    assert "ALICE, BOB" in result.suggestions[0]
