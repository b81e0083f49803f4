from __future__ import annotations

from reev_tools.chain import associated_token_address
from reev_tools.decoding import describe_inner
from reev_tools.market.lend import LEND_PROGRAM, LendOperation
from reev_tools.market.swap import SWAP_PROGRAM
from reev_tools.programs import create_associated_token_account, transfer_lamports
from reev_types.tokens import TOKEN_PROGRAM, find_token

JUP = find_token("JUP").mint


def told(outcome, index=0):
    return [(view.depth, view.view.program, view.view.name) for view in describe_inner(outcome)[index]]


async def test_a_swap_tells_its_transfers_and_its_event(customer):
    outcome = await customer.send(customer.swap("route"))
    assert told(outcome) == [
        (1, "Token", "TransferChecked"),
        (1, "Token", "TransferChecked"),
        (1, "Jupiter", "SwapEvent"),
    ]
    event = describe_inner(outcome)[0][-1].view
    assert event.arguments["amount"].startswith("0.001 SOL for 0.")
    assert event.arguments["amount"].endswith(" USDC")


async def test_a_deposit_tells_what_it_logged(customer):
    outcome = await customer.send(customer.lend(LendOperation.DEPOSIT, 10**6))
    views = {view.view.name: view.view for view in describe_inner(outcome)[0]}
    assert views["LogDeposit"].arguments["assets"] == "1000000"
    assert views["LogDeposit"].accounts["sender"] == customer.address
    assert float(views["LogUpdateRates"].arguments["token_exchange_price"]) >= 1


async def test_what_happened_stands_under_its_own_instruction(customer):
    transfer = transfer_lamports(customer.address, customer.address, 1)
    outcome = await customer.send(
        transfer, customer.lend(LendOperation.WITHDRAW, 10**6), transfer, customer.swap("route")
    )
    beneath = describe_inner(outcome)
    assert sorted(beneath) == [1, 3]
    assert "LogWithdraw" in [view.view.name for view in beneath[1]]
    assert "SwapEvent" in [view.view.name for view in beneath[3]]


async def test_the_creation_of_an_account_tells_its_steps(customer):
    account = associated_token_address(customer.address, JUP, TOKEN_PROGRAM)
    outcome = await customer.send(
        create_associated_token_account(customer.address, account, customer.address, JUP, TOKEN_PROGRAM)
    )
    names = [name for _, _, name in told(outcome)]
    assert names == ["GetAccountDataSize", "CreateAccount", "InitializeImmutableOwner", "InitializeAccount3"]
    assert describe_inner(outcome)[0][1].view.arguments["amount"].endswith(" SOL")


async def test_a_transfer_has_nothing_beneath(customer):
    outcome = await customer.send(transfer_lamports(customer.address, customer.address, 1))
    assert outcome.inner_instructions == ()
    assert describe_inner(outcome) == {}


async def test_a_failed_swap_tells_how_far_it_came(customer):
    outcome = await customer.send(customer.swap("route"), customer.swap("route", 10**12))
    assert outcome.failure is not None
    assert outcome.failure.instruction_index == 1
    assert "SwapEvent" in [name for _, _, name in told(outcome, 0)]


async def test_a_log_that_is_no_event_is_passed_over(customer):
    outcome = await customer.send(transfer_lamports(customer.address, customer.address, 1))
    begun = f"Program {LEND_PROGRAM} invoke [1]"
    for line in ("Program data: AAA", "Program data: %%%", f"Program {SWAP_PROGRAM} invoke [1]"):
        assert describe_inner(outcome.model_copy(update={"logs": (begun, line)})) == {}
