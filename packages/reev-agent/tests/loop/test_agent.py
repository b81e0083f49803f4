import json

import pytest

from reev_agent.costs import Price, PriceTable
from reev_agent.loop import SYSTEM_TEXT, LlmAgent
from reev_agent.models import AssistantMessage, ChatReply, ModelError, SystemMessage, ToolMessage, ToolRequest
from reev_agent.models import UserMessage as User
from reev_agent.testing import ScriptedModel, SteppedClock, said, wants
from reev_types.agents import AgentLimits, Completed, GaveUp, LimitReached, RefusedByAgent
from reev_types.models import Sampling, TokenUsage
from reev_types.testing import AgentContract
from reev_types.tools import Concluded, Executed, Failed, Refused

PAY = ("sol_transfer", {"recipient": "BOB", "amount": "0.1"})


class TestLlmAgent(AgentContract):
    async def agent(self):
        return LlmAgent(ScriptedModel([wants(PAY, PAY), wants(PAY), said("done")]), SteppedClock())


@pytest.fixture
def run(planned_tools, request_for):
    async def run(replies, results=(), tools=None, limits=None, model=None, **settings):
        model = model or ScriptedModel(replies)
        tools = tools or planned_tools(results)
        agent = LlmAgent(model, settings.pop("clock", None) or SteppedClock(), **settings)
        outcome = await agent.run_step(request_for(limits=limits or AgentLimits()), tools)
        return outcome, tools, model

    return run


@pytest.fixture
def accounting_tools(planned_tools):
    class AccountingTools(planned_tools):
        def __init__(self):
            super().__init__()
            self.refused = []

        def refuse(self, call, refusal):
            self.refused.append((call, refusal))
            return refusal

    return AccountingTools()


def tool_texts(model):
    return [json.loads(m.text) for m in model.requests[-1].messages if isinstance(m, ToolMessage)]


async def test_the_model_reads_the_system_text_and_the_prompt_and_nothing_else(run):
    _, _, model = await run([said("done")])
    assert model.requests[0].messages == (SystemMessage(SYSTEM_TEXT), User("do it"))


async def test_plain_text_completes_the_step(run):
    outcome, tools, _ = await run([said("all done")])
    assert outcome == Completed(answer="all done")
    assert tools.calls == []


async def test_a_call_is_carried_out_and_its_result_told(run):
    done = Executed(signature="sig", fee_lamports=5_000, balance_changes=())
    outcome, tools, model = await run([wants(PAY), said("paid")], [done])
    assert outcome == Completed(answer="paid")
    assert tools.wishes == [PAY]
    assert tool_texts(model)[0]["signature"] == "sig"


async def test_parallel_calls_are_carried_out_in_order(run):
    _, tools, model = await run([wants(("a", {}), ("b", {"x": 1}), ("a", {})), said("")])
    assert tools.wishes == [("a", {}), ("b", {"x": 1}), ("a", {})]
    assert [call.call_id for call in tools.calls] == ["step_1.1", "step_1.2", "step_1.3"]
    assert [m.call_id for m in model.requests[1].messages if isinstance(m, ToolMessage)] == [
        "call_1",
        "call_2",
        "call_3",
    ]


async def test_a_failure_is_told_with_its_code(run):
    failed = Failed(code="insufficient_funds", message="too little", signature="s", fee_lamports=5_000)
    _, _, model = await run([wants(PAY), said("sorry")], [failed])
    assert tool_texts(model)[0]["code"] == "insufficient_funds"


async def test_answer_ends_the_step_and_what_follows_it_is_not_carried_out(run):
    ended = Concluded(by="answer", text="42")
    outcome, tools, model = await run([wants(("answer", {"text": "42"}), PAY)], [ended])
    assert outcome == Completed(answer="42")
    assert len(tools.calls) == 1
    assert len(model.requests) == 1


async def test_refuse_ends_the_step_with_its_code(run):
    ended = Concluded(by="refuse", code="insufficient_funds", text="too little")
    outcome, _, _ = await run([wants(("refuse", {"code": "insufficient_funds"}))], [ended])
    assert outcome == RefusedByAgent(code="insufficient_funds", reason="too little")


@pytest.mark.parametrize("text", ['{"amount": ', "[1]", '{"amount": "1", "amount": "100"}', "NaN", "[" * 100_000])
async def test_unusable_arguments_are_explained_and_nothing_is_called(run, text):
    outcome, tools, model = await run([wants(("sol_transfer", text)), said("no")])
    assert outcome == Completed(answer="no")
    assert tools.calls == []
    assert tool_texts(model)[0]["code"] == "bad_arguments"


@pytest.mark.parametrize("reply", [wants(("sol_transfer", "[1]")), wants(PAY, finish_reason="length")])
async def test_a_call_that_is_not_carried_out_is_put_on_the_account_of_the_tools(run, accounting_tools, reply):
    _, _, model = await run([reply, said("no")], tools=accounting_tools)
    assert [(call.call_id, call.tool, call.arguments) for call, _ in accounting_tools.refused] == [
        ("step_1.1", "sol_transfer", {})
    ]
    assert tool_texts(model)[0]["code"] == accounting_tools.refused[0][1].code
    assert accounting_tools.calls == []


@pytest.mark.parametrize("text", ["", " \n"])
async def test_a_reply_without_text_and_calls_gives_up(run, text):
    outcome, _, _ = await run([wants(PAY), said(text)])
    assert isinstance(outcome, GaveUp)
    assert outcome.code == "model_empty_reply"


async def test_a_reply_cut_off_in_its_calls_carries_nothing_out(run):
    _, tools, model = await run([wants(PAY, finish_reason="length"), said("")])
    assert tools.calls == []
    assert tool_texts(model)[0]["code"] == "reply_cut_off"


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (said("partly do", finish_reason="length"), "model_reply_cut_off"),
        (said("", finish_reason="content_filter"), "model_content_blocked"),
        (said("", finish_reason="sensitive"), "model_content_blocked"),
        (wants(PAY, finish_reason="content_filter"), "model_content_blocked"),
        (ChatReply(AssistantMessage(refusal="I cannot help")), "model_declined"),
    ],
)
async def test_a_reply_that_is_no_answer_gives_the_step_up(run, reply, code):
    outcome, tools, _ = await run([reply])
    assert isinstance(outcome, GaveUp)
    assert outcome.code == code
    assert tools.calls == []


@pytest.mark.parametrize(
    ("limits", "which", "calls"),
    [
        (AgentLimits(max_turns=3), "turns", 3),
        (AgentLimits(max_tool_calls=2), "tool_calls", 2),
        (AgentLimits(max_tokens=240), "tokens", 2),
        (AgentLimits(max_tokens=239), "tokens", 1),
        (AgentLimits(max_cost_micro_usd=280), "cost", 2),
        (AgentLimits(max_cost_micro_usd=279), "cost", 1),
    ],
)
async def test_each_limit_ends_the_step_with_its_code_and_what_was_done_stays_done(run, limits, which, calls):
    price = Price(provider="scripted", model="scripted", as_of="2026-01-01", input="1", cached_input="1", output="2")
    outcome, tools, _ = await run([wants(PAY)] * 50, limits=limits, prices=PriceTable([price]))
    assert outcome == LimitReached(which=which)
    assert len(tools.calls) == calls


async def test_calls_beyond_the_limit_in_one_reply_are_not_carried_out(run):
    outcome, tools, _ = await run([wants(PAY, PAY, PAY)], limits=AgentLimits(max_tool_calls=2))
    assert outcome == LimitReached(which="tool_calls")
    assert len(tools.calls) == 2


async def test_unusable_calls_count_against_the_limit(run):
    outcome, _, model = await run([wants(("a", "{"))] * 50, limits=AgentLimits(max_tool_calls=3))
    assert outcome == LimitReached(which="tool_calls")
    assert len(model.requests) == 4


async def test_the_output_asked_for_is_held_to_the_tokens_that_are_left(run):
    _, _, model = await run(
        [wants(PAY), said("")], limits=AgentLimits(max_tokens=300), sampling=Sampling(max_output_tokens=250)
    )
    assert [request.sampling.max_output_tokens for request in model.requests] == [250, 180]


async def test_tokens_are_estimated_when_the_provider_is_silent(run, exchanges):
    silent = ChatReply(AssistantMessage(text="done"))
    await run([silent], log=exchanges)
    assert exchanges.replies[0].usage.is_estimated
    assert exchanges.replies[0].usage.input_tokens > 100


async def test_a_limit_on_cost_needs_a_price(run):
    outcome, _, model = await run([said("")], limits=AgentLimits(max_cost_micro_usd=5), prices=PriceTable())
    assert isinstance(outcome, GaveUp)
    assert outcome.code == "unknown_price"
    assert model.requests == []


async def test_sampling_is_sent(run):
    sampling = Sampling(temperature=0.2, max_output_tokens=99, seed=7)
    _, _, model = await run([said("")], sampling=sampling)
    assert model.requests[0].sampling == sampling


async def test_an_error_of_the_provider_is_raised_with_the_evidence_kept(run, exchanges):
    with pytest.raises(ModelError, match="model_quota"):
        await run([wants(PAY), ModelError("model_quota", "no credit")], log=exchanges)
    assert [record.kind for record in exchanges.records] == ["request", "reply", "request", "failure"]


@pytest.mark.parametrize("code", ["model_context_exceeded", "model_content_blocked"])
async def test_what_the_conversation_itself_caused_is_the_agents_failure(run, code):
    outcome, _, _ = await run([ModelError(code, "no")])
    assert isinstance(outcome, GaveUp)
    assert outcome.code == code


async def test_every_exchange_is_recorded_with_what_is_new_in_it(run, exchanges):
    await run([wants(PAY), said("paid")], log=exchanges)
    first, second = exchanges.requests
    assert [message["role"] for message in first.new_messages] == ["system", "user"]
    assert [message["role"] for message in second.new_messages] == ["tool"]
    assert [reply.message.get("content") for reply in exchanges.replies] == ["", "paid"]
    assert [reply.usage for reply in exchanges.replies] == [
        TokenUsage(input_tokens=100, output_tokens=20),
        TokenUsage(input_tokens=100, output_tokens=10),
    ]
    assert [reply.cost_micro_usd for reply in exchanges.replies] == [0, 0]


async def test_odd_names_ids_and_arguments_go_back_in_a_form_that_servers_accept(run):
    odd = AssistantMessage(
        text="\ud800",
        tool_calls=(ToolRequest("", "no such\ntool!", "{"), ToolRequest("x", "", "{}"), ToolRequest("x", "b" * 99, "")),
    )
    _, tools, model = await run([ChatReply(odd), said("")])
    echoed = next(m for m in model.requests[1].messages if isinstance(m, AssistantMessage))
    assert echoed.text == "?"
    assert [call.name for call in echoed.tool_calls] == ["no_such_tool_", "unnamed", "b" * 64]
    assert [call.call_id for call in echoed.tool_calls] == ["turn_1_call_1", "x", "turn_1_call_3"]
    assert [json.loads(call.arguments) for call in echoed.tool_calls] == [{"unusable_arguments": "{"}, {}, {}]
    assert [call.tool for call in tools.calls] == ["unnamed", "b" * 64]


async def test_a_tool_that_refuses_lets_the_model_try_again(run):
    refused = Refused(code="unknown_tool", message="no such tool", suggestions=("sol_transfer",))
    done = Executed(signature="sig", fee_lamports=5_000, balance_changes=())
    _, tools, model = await run([wants(("pay", {})), wants(PAY), said("paid")], [refused, done])
    assert [name for name, _ in tools.wishes] == ["pay", "sol_transfer"]
    assert tool_texts(model)[0]["suggestions"] == ["sol_transfer"]
