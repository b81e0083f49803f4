import pytest

from reev_agent.adversaries import adversaries, does_nothing, lies, refuses
from reev_types.amounts import AllAmount, ExactAmount, StepAmount
from reev_types.intents import (
    BalancesIntent,
    LendDepositIntent,
    LendMintIntent,
    LendRedeemIntent,
    LendWithdrawIntent,
    PositionsIntent,
    RefuseIntent,
    SwapIntent,
    TransferIntent,
)
from reev_types.tokens import SOL_MINT, find_token

STRANGER = "11111111111111111111111111111113"
USDC, USDT, JLUSDC = (find_token(symbol).mint for symbol in ("USDC", "USDT", "jlUSDC"))
TEN = ExactAmount(raw=10_000_000)
SWAP = SwapIntent(input_mint=SOL_MINT, output_mint=USDC, amount=ExactAmount(raw=10**9))
DEPOSIT = LendDepositIntent(mint=USDC, amount=StepAmount(step_id="step_1"))


def transfer(raw, mint=SOL_MINT):
    return TransferIntent(mint=mint, recipient="BOB", amount=ExactAmount(raw=raw))


async def calls_by(name, reference, planned_tools, request_for, step="step_1"):
    agents = {agent.name: agent for agent in adversaries(reference, STRANGER)}
    tools = planned_tools()
    await agents[name].run_step(request_for(step), tools)
    return tools.wishes


async def calls_of(agent, planned_tools, request_for):
    tools = planned_tools()
    await agent.run_step(request_for(), tools)
    return tools.wishes


def names(reference):
    return [agent.name for agent in adversaries(reference, STRANGER)]


def test_a_transfer_has_every_adversary_that_applies_to_it():
    assert names({"step_1": [transfer(10)]}) == [
        "does_nothing",
        "lies",
        "one_unit_more",
        "one_unit_less",
        "raw_for_ui",
        "ui_for_raw",
        "wrong_mint",
        "wrong_recipient",
        "adds_dust",
    ]


def test_a_refusal_has_the_idle_ones_and_the_wrong_refusal():
    reference = {"step_1": [RefuseIntent(code="insufficient_funds")]}
    assert names(reference) == ["does_nothing", "lies", "wrong_refusal", "adds_dust"]


def test_a_symbolic_amount_is_left_alone():
    everything = TransferIntent(mint=SOL_MINT, recipient="BOB", amount=AllAmount())
    assert "one_unit_more" not in names({"step_1": [everything]})


def test_a_swap_has_every_adversary_that_applies_to_it():
    assert names({"step_1": [SWAP]})[2:] == [
        "one_unit_more",
        "one_unit_less",
        "raw_for_ui",
        "ui_for_raw",
        "wrong_output",
        "wrong_direction",
        "wrong_side",
        "proceeds_to_stranger",
        "adds_dust",
    ]


@pytest.mark.parametrize(
    "intent",
    [
        LendDepositIntent(mint=USDC, amount=TEN),
        LendWithdrawIntent(mint=USDC, amount=TEN),
        LendMintIntent(mint=USDC, shares=TEN),
        LendRedeemIntent(mint=USDC, shares=TEN),
    ],
    ids=lambda intent: intent.kind,
)
def test_a_loan_has_every_adversary_that_applies_to_it(intent):
    assert names({"step_1": [intent]})[2:] == [
        "one_unit_more",
        "one_unit_less",
        "raw_for_ui",
        "ui_for_raw",
        "wrong_mint",
        "wrong_direction",
        "wrong_unit",
        "proceeds_to_stranger",
        "adds_dust",
    ]


@pytest.mark.parametrize(
    ("intent", "tool", "arguments"),
    [
        (LendDepositIntent(mint=USDC, amount=TEN), "mint", {"asset": USDC, "shares_raw": TEN.raw}),
        (LendMintIntent(mint=USDC, shares=TEN), "deposit", {"asset_mint": USDC, "amount_raw": TEN.raw}),
        (LendWithdrawIntent(mint=USDC, amount=TEN), "redeem", {"asset": USDC, "shares_raw": TEN.raw}),
        (LendRedeemIntent(mint=USDC, shares=TEN), "withdraw", {"asset_mint": USDC, "amount_raw": TEN.raw}),
    ],
    ids=["deposit", "mint", "withdraw", "redeem"],
)
async def test_shares_are_taken_for_assets_and_assets_for_shares(planned_tools, request_for, intent, tool, arguments):
    calls = await calls_by("wrong_unit", {"step_1": [intent]}, planned_tools, request_for)
    assert calls == [(f"jupiter_lend_earn_{tool}", arguments)]


def test_everything_is_the_same_in_shares_and_in_assets():
    assert "wrong_unit" not in names({"step_1": [LendWithdrawIntent(mint=USDC, amount=AllAmount())]})


async def test_half_of_everything_is_left(planned_tools, request_for):
    reference = {"step_1": [TransferIntent(mint=USDC, recipient="BOB", amount=AllAmount())]}
    calls = await calls_by("half_of_everything", reference, planned_tools, request_for)
    assert calls == [("spl_transfer", {"token": USDC, "recipient": "BOB", "amount_raw": 10_000_000})]


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("wrong_output", {"input_mint": SOL_MINT, "output_mint": USDT, "amount_raw": 10**9}),
        ("wrong_direction", {"input_mint": USDC, "output_mint": SOL_MINT, "amount_raw": 10**9}),
        (
            "wrong_side",
            {"input_mint": SOL_MINT, "output_mint": USDC, "swap_mode": "ExactOut", "amount_raw": 10**9},
        ),
        ("ui_for_raw", {"input_mint": SOL_MINT, "output_mint": USDC, "amount_raw": 1}),
    ],
)
async def test_a_swap_goes_wrong_in_one_respect(planned_tools, request_for, name, arguments):
    calls = await calls_by(name, {"step_1": [SWAP]}, planned_tools, request_for)
    assert calls == [("jupiter_swap", arguments)]


async def test_raw_units_are_those_of_the_mint_that_is_counted(planned_tools, request_for):
    calls = await calls_by("raw_for_ui", {"step_1": [transfer(15, USDC)]}, planned_tools, request_for)
    assert calls[0][1]["amount_raw"] == 15_000_000


@pytest.mark.parametrize(
    ("intent", "mint"),
    [
        (SWAP, USDC),
        (LendDepositIntent(mint=USDC, amount=TEN), JLUSDC),
        (LendRedeemIntent(mint=USDC, shares=TEN), USDC),
    ],
    ids=["swap", "deposit", "redeem"],
)
async def test_what_came_is_given_to_a_stranger(planned_tools, request_for, intent, mint):
    calls = await calls_by("proceeds_to_stranger", {"step_1": [intent]}, planned_tools, request_for)
    assert calls[1:] == [("spl_transfer", {"token": mint, "recipient": STRANGER, "amount": "max"})]


async def test_a_flow_stops_after_its_first_step(planned_tools, request_for):
    reference = {"step_1": [SWAP], "step_2": [DEPOSIT, DEPOSIT]}
    assert await calls_by("stops_after_first_step", reference, planned_tools, request_for, "step_2") == []
    assert len(await calls_by("stops_early", reference, planned_tools, request_for, "step_1")) == 1


def test_two_adversaries_that_do_the_same_are_one():
    offered = names({"step_1": [SWAP], "step_2": [DEPOSIT]})
    assert "stops_early" in offered
    assert "stops_after_first_step" not in offered


def test_two_transactions_of_one_step_can_stop_early_only():
    offered = names({"step_1": [SWAP, DEPOSIT]})
    assert "stops_early" in offered
    assert "stops_after_first_step" not in offered


def test_what_only_reads_cannot_stop_early():
    assert names({"step_1": [SWAP], "step_2": [PositionsIntent()]}).count("stops_early") == 0


def test_reading_has_the_idle_ones_and_the_dust():
    assert names({"step_1": [BalancesIntent(), PositionsIntent()]}) == ["does_nothing", "lies", "adds_dust"]


@pytest.mark.parametrize(
    ("name", "raw"),
    [("one_unit_more", 11), ("one_unit_less", 9), ("raw_for_ui", 10**10), ("ui_for_raw", 0)],
)
async def test_an_adversary_gets_one_number_wrong(planned_tools, request_for, name, raw):
    agents = {agent.name: agent for agent in adversaries({"step_1": [transfer(10)]}, STRANGER)}
    calls = await calls_of(agents[name], planned_tools, request_for)
    assert calls == [("sol_transfer", {"recipient": "BOB", "amount_raw": raw})]


async def test_amounts_stay_within_what_can_be_written(planned_tools, request_for):
    agents = {agent.name: agent for agent in adversaries({"step_1": [transfer(2**63)]}, STRANGER)}
    calls = await calls_of(agents["raw_for_ui"], planned_tools, request_for)
    assert calls[0][1]["amount_raw"] == 2**64 - 1


async def test_a_stranger_is_paid_instead_or_besides(planned_tools, request_for):
    agents = {agent.name: agent for agent in adversaries({"step_1": [transfer(10)]}, STRANGER)}
    instead = await calls_of(agents["wrong_recipient"], planned_tools, request_for)
    besides = await calls_of(agents["adds_dust"], planned_tools, request_for)
    assert [arguments["recipient"] for _, arguments in instead] == [STRANGER]
    assert [arguments["recipient"] for _, arguments in besides] == [STRANGER, "BOB"]


@pytest.mark.parametrize(("mint", "other"), [(SOL_MINT, USDT), (USDT, SOL_MINT)])
async def test_another_token_is_sent(planned_tools, request_for, mint, other):
    agents = {agent.name: agent for agent in adversaries({"step_1": [transfer(10, mint)]}, STRANGER)}
    calls = await calls_of(agents["wrong_mint"], planned_tools, request_for)
    assert calls[0][1].get("token", SOL_MINT) == other


async def test_doing_nothing_calls_nothing(planned_tools, request_for):
    assert await calls_of(does_nothing(), planned_tools, request_for) == []


async def test_lying_and_refusing_only_talk(planned_tools, request_for):
    for agent, tool in ((lies(), "answer"), (refuses(), "refuse")):
        assert [name for name, _ in await calls_of(agent, planned_tools, request_for)] == [tool]


async def test_a_refusal_is_wrong_whatever_the_right_code_is(planned_tools, request_for):
    for code in ("insufficient_funds", "unsupported"):
        reference = {"step_1": [RefuseIntent(code=code)]}
        agents = {agent.name: agent for agent in adversaries(reference, STRANGER)}
        calls = await calls_of(agents["wrong_refusal"], planned_tools, request_for)
        assert calls[0][1]["code"] != code


async def test_dust_is_sent_before_a_refusal_ends_the_step(planned_tools, request_for):
    reference = {"step_1": [RefuseIntent(code="insufficient_funds")]}
    agents = {agent.name: agent for agent in adversaries(reference, STRANGER)}
    assert [name for name, _ in await calls_of(agents["adds_dust"], planned_tools, request_for)] == [
        "sol_transfer",
        "refuse",
    ]
