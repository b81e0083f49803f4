import pytest

from reev_agent.adversaries import adversaries, does_nothing, lies, refuses
from reev_types.amounts import AllAmount, ExactAmount
from reev_types.intents import RefuseIntent, TransferIntent
from reev_types.tokens import SOL_MINT, find_token

STRANGER = "11111111111111111111111111111113"
USDT = find_token("USDT").mint


def transfer(raw, mint=SOL_MINT):
    return TransferIntent(mint=mint, recipient="BOB", amount=ExactAmount(raw=raw))


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
        "wrong_recipient",
        "wrong_mint",
        "adds_dust",
    ]


def test_a_refusal_has_the_idle_ones_and_the_wrong_refusal():
    reference = {"step_1": [RefuseIntent(code="insufficient_funds")]}
    assert names(reference) == ["does_nothing", "lies", "wrong_refusal", "adds_dust"]


def test_a_symbolic_amount_is_left_alone():
    everything = TransferIntent(mint=SOL_MINT, recipient="BOB", amount=AllAmount())
    assert "one_unit_more" not in names({"step_1": [everything]})


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
