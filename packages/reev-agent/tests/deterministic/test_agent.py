import pytest

from reev_agent import DeterministicAgent
from reev_types.agents import AgentLimits, Completed, GaveUp, LimitReached, RefusedByAgent
from reev_types.amounts import AllAmount, ExactAmount, ShareAmount, StepAmount, UsdAmount
from reev_types.intents import BalancesIntent, PositionsIntent, RefuseIntent, TransferIntent
from reev_types.recovery import FailureClass, Landed, StepFailure
from reev_types.testing import AgentContract
from reev_types.tokens import SOL_MINT, find_token
from reev_types.tools import BalanceChange, Concluded, Executed, Failed, Observed, Refused, ToolCall

USDC = find_token("USDC").mint
WALLET = "11111111111111111111111111111112"


def transfer(amount, mint=SOL_MINT):
    return TransferIntent(mint=mint, recipient="BOB", amount=amount)


class TestDeterministicAgent(AgentContract):
    async def agent(self):
        return DeterministicAgent({"step_1": [transfer(ExactAmount(raw=1)), transfer(ExactAmount(raw=2))]})


@pytest.mark.parametrize(
    ("intent", "wish"),
    [
        (transfer(ExactAmount(raw=7)), ("sol_transfer", {"recipient": "BOB", "amount_raw": 7})),
        (transfer(AllAmount()), ("sol_transfer", {"recipient": "BOB", "amount": "max"})),
        (transfer(ShareAmount(of="1")), ("sol_transfer", {"recipient": "BOB", "amount": "max"})),
        (transfer(ShareAmount(of="0.5")), ("sol_transfer", {"recipient": "BOB", "amount_raw": 2_000_000_000})),
        (transfer(AllAmount(keep_raw=10**9)), ("sol_transfer", {"recipient": "BOB", "amount_raw": 3_000_000_000})),
        (transfer(AllAmount(keep_raw=1)), ("sol_transfer", {"recipient": "BOB", "amount_raw": 3_990_000_000})),
        (transfer(UsdAmount(value="30")), ("sol_transfer", {"recipient": "BOB", "amount_raw": 200_000_000})),
        (
            transfer(ShareAmount(of="0.25"), USDC),
            ("spl_transfer", {"token": USDC, "recipient": "BOB", "amount_raw": 5_000_000}),
        ),
        (
            transfer(StepAmount(step_id="swap_1"), USDC),
            ("spl_transfer", {"token": USDC, "recipient": "BOB", "amount_raw": 394_358_118}),
        ),
        (BalancesIntent(), ("get_account_balance", {})),
        (PositionsIntent(), ("jupiter_earn", {"operation": "both"})),
    ],
    ids=str,
)
async def test_an_intent_becomes_the_tool_call_that_carries_it_out(planned_tools, request_for, intent, wish):
    tools = planned_tools()
    outcome = await DeterministicAgent({"step_1": [intent]}).run_step(request_for(), tools)
    assert tools.wishes == [wish]
    assert outcome == Completed()


async def test_a_refusal_is_explicit(planned_tools, request_for):
    tools = planned_tools([Concluded(by="refuse", code="insufficient_funds", text="")])
    agent = DeterministicAgent({"step_1": [RefuseIntent(code="insufficient_funds")]})
    assert await agent.run_step(request_for(), tools) == RefusedByAgent(code="insufficient_funds")


async def test_an_answer_ends_the_step_with_its_text(planned_tools, request_for):
    tools = planned_tools([Concluded(by="answer", text="42")])
    outcome = await DeterministicAgent({"step_1": [BalancesIntent()]}).run_step(request_for(), tools)
    assert outcome == Completed(answer="42")


@pytest.mark.parametrize(
    "result",
    [
        Refused(code="insufficient_funds", message="too little"),
        Failed(code="insufficient_funds", message="too little", signature="", fee_lamports=5_000),
    ],
)
async def test_what_does_not_work_ends_the_step_with_its_code(planned_tools, request_for, result):
    tools = planned_tools([result])
    agent = DeterministicAgent({"step_1": [transfer(ExactAmount(raw=1))] * 2})
    assert await agent.run_step(request_for(), tools) == GaveUp(code="insufficient_funds", reason="too little")
    assert len(tools.calls) == 1


async def test_reading_does_not_end_the_step(planned_tools, request_for):
    tools = planned_tools([Observed(data={})])
    agent = DeterministicAgent({"step_1": [BalancesIntent(), BalancesIntent()]})
    assert await agent.run_step(request_for(), tools) == Completed()
    assert [call.call_id for call in tools.calls] == ["step_1.1", "step_1.2"]


async def test_an_amount_without_a_value_is_given_up_and_nothing_is_called(planned_tools, request_for):
    tools = planned_tools()
    agent = DeterministicAgent({"step_1": [transfer(UsdAmount(value="5"), find_token("BONK").mint)]})
    outcome = await agent.run_step(request_for(), tools)
    assert isinstance(outcome, GaveUp)
    assert outcome.code == "unknown_price"
    assert tools.calls == []


@pytest.mark.parametrize(
    ("amount", "token", "code"),
    [(UsdAmount(value="20"), "USDT", "unknown_price"), (ShareAmount(of="0.5"), None, "unknown_decimals")],
)
async def test_a_token_that_is_not_held_is_never_computed_with_made_up_decimals(
    planned_tools, request_for, amount, token, code
):
    mint = find_token(token).mint if token else "11111111111111111111111111111113"
    outcome = await DeterministicAgent({"step_1": [transfer(amount, mint)]}).run_step(request_for(), planned_tools())
    assert isinstance(outcome, GaveUp)
    assert outcome.code == code


async def test_a_step_without_a_reference_is_given_up(planned_tools, request_for):
    outcome = await DeterministicAgent({}).run_step(request_for(), planned_tools())
    assert isinstance(outcome, GaveUp)
    assert outcome.code == "no_reference"


async def test_the_limit_of_calls_ends_the_step(planned_tools, request_for):
    tools = planned_tools()
    agent = DeterministicAgent({"step_1": [BalancesIntent()] * 3})
    outcome = await agent.run_step(request_for(limits=AgentLimits(max_tool_calls=2)), tools)
    assert outcome == LimitReached(which="tool_calls")
    assert len(tools.calls) == 2


async def test_what_has_landed_is_called_again_in_the_same_words_and_counted_once(planned_tools, request_for):
    landed = Landed(
        call_id="step_1.1", tool="sol_transfer", arguments={"amount": "1", "to": "BOB"}, signature="s", summary=""
    )
    failure = StepFailure(
        step_id="step_1", attempt=1, code="timeout", failure_class=FailureClass.TRANSPORT, landed=(landed,)
    )
    change = BalanceChange(
        owner=WALLET, mint=USDC, symbol="USDC", before_raw=0, after_raw=20_000_000, change_raw=20_000_000, change="+20"
    )
    tools = planned_tools([Executed(signature="s", fee_lamports=5_000, balance_changes=(change,))])
    intents = [
        transfer(ShareAmount(of="0.5")),
        transfer(ShareAmount(of="0.5"), USDC),
        transfer(StepAmount(step_id="step_1.1"), USDC),
    ]
    agent = DeterministicAgent({"step_1": intents})
    assert await agent.run_step(request_for(attempt=2, failure=failure), tools) == Completed()
    assert tools.calls[0] == ToolCall(call_id="step_1.1", tool="sol_transfer", arguments=landed.arguments)
    assert [arguments["amount_raw"] for _, arguments in tools.wishes[1:]] == [10_000_000, 20_000_000]


async def test_a_failure_of_which_nothing_has_landed_changes_no_call(planned_tools, request_for):
    failure = StepFailure(step_id="step_1", attempt=1, code="timeout", failure_class=FailureClass.TRANSPORT)
    tools = planned_tools()
    agent = DeterministicAgent({"step_1": [transfer(ExactAmount(raw=1))]})
    await agent.run_step(request_for(attempt=2, failure=failure), tools)
    assert tools.wishes == [("sol_transfer", {"recipient": "BOB", "amount_raw": 1})]
