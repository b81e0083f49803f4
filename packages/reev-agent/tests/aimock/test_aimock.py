"""The loop against a mock server that somebody else wrote: a second reading of the wire."""

from __future__ import annotations

import json

import pytest

from reev_agent.loop import LlmAgent
from reev_agent.models import ChatRequest, ModelError, ToolMessage, UserMessage
from reev_agent.providers import EndpointSpec, open_model, resolve_model
from reev_agent.testing import SteppedClock
from reev_types.agents import AgentLimits, Completed, GaveUp, LimitReached
from reev_types.models import TokenUsage

NAMES = ("glm-4.6", "glm-4.6-coding", "local", "openai:gpt-4.1", "by url")
BOB = ("sol_transfer", {"recipient": "BOB", "amount": "0.1"})
KEY = "a-key-that-nobody-sees"


@pytest.fixture
def model_of(aimock):
    def model_of(name, clock):
        environment = {
            "ZAI_API_KEY": KEY,
            "OPENAI_API_KEY": KEY,
            "ZAI_API_URL": f"{aimock}/api/paas/v4",
            "ZAI_CODING_API_URL": f"{aimock}/api/coding/paas/v4",
            "LOCAL_MODEL_URL": f"{aimock}/v1",
            "OPENAI_BASE_URL": f"{aimock}/v1",
        }
        spec = resolve_model(f"{aimock}/v1#some-model" if name == "by url" else name, environment)
        assert isinstance(spec, EndpointSpec)
        return open_model(spec, clock)

    return model_of


@pytest.fixture
def run(model_of, planned_tools, request_for, exchanges):
    async def run(prompt, name="glm-4.6", limits=None, clock=None):
        clock, tools = clock or SteppedClock(), planned_tools()
        agent = LlmAgent(model_of(name, clock), clock, log=exchanges)
        request = request_for(limits=limits or AgentLimits()).model_copy(update={"prompt": prompt})
        return await agent.run_step(request, tools), tools

    return run


@pytest.mark.parametrize("name", NAMES)
async def test_a_tool_loop_runs_under_every_name(run, exchanges, name):
    outcome, tools = await run("please pay once", name)
    assert outcome == Completed(answer="paid")
    assert tools.wishes == [BOB]
    assert [reply.usage for reply in exchanges.replies] == [TokenUsage(input_tokens=321, output_tokens=17)] * 2


@pytest.mark.parametrize("name", NAMES)
async def test_parallel_calls_are_all_carried_out(run, name):
    outcome, tools = await run("please pay twice", name)
    assert outcome == Completed(answer="paid twice")
    assert tools.wishes == [BOB, BOB]


@pytest.mark.parametrize("name", ["glm-4.6", "local"])
async def test_reasoning_is_read_streamed_or_not(model_of, name):
    reply = await model_of(name, SteppedClock()).complete(ChatRequest((UserMessage("think first"),)))
    assert (reply.message.reasoning, reply.message.text) == ("let me see", "thought")


@pytest.mark.parametrize(("prompt", "waited"), [("slow down", [7]), ("zai busy", None)])
async def test_a_rate_limit_is_waited_out(run, prompt, waited):
    clock = SteppedClock()
    outcome, _ = await run(prompt, clock=clock)
    assert isinstance(outcome, Completed)
    assert len(clock.sleeps) == 1
    assert waited is None or clock.sleeps == waited


@pytest.mark.parametrize(
    ("prompt", "code", "attempts"),
    [
        ("zai broke", "model_quota", 1),
        ("zai window", "model_quota", 1),
        ("zai key", "model_auth", 1),
        ("quota", "model_quota", 1),
        ("down for good", "model_unavailable", 4),
    ],
)
async def test_what_does_not_pass_ends_in_its_code(run, prompt, code, attempts):
    with pytest.raises(ModelError) as caught:
        await run(prompt)
    assert caught.value.code == code
    assert caught.value.context["attempts"] == attempts


async def test_a_conversation_too_long_gives_the_step_up(run):
    outcome, _ = await run("too long")
    assert isinstance(outcome, GaveUp)
    assert outcome.code == "model_context_exceeded"


async def test_malformed_arguments_are_explained_to_the_model(run):
    outcome, tools = await run("bad arguments")
    assert outcome == Completed(answer="I see my mistake")
    assert tools.calls == []


@pytest.mark.parametrize(
    ("limits", "which"), [(AgentLimits(max_turns=3), "turns"), (AgentLimits(max_tool_calls=3), "tool_calls")]
)
async def test_an_endless_loop_ends_at_a_limit(run, limits, which):
    outcome, tools = await run("endless", limits=limits)
    assert outcome == LimitReached(which=which)
    assert len(tools.calls) == 3


async def test_a_reply_cut_off_in_the_middle_is_asked_for_again(run):
    clock = SteppedClock()
    outcome, _ = await run("cut off", clock=clock)
    assert outcome == Completed(answer="whole")
    assert len(clock.sleeps) == 1


async def test_the_mock_saw_what_was_recorded_and_no_more(run, aimock, exchanges):
    import httpx

    await run("please pay once", "local")
    async with httpx.AsyncClient(trust_env=False) as client:
        journal = (await client.get(f"{aimock}/__aimock/journal")).json()
    entries = journal if isinstance(journal, list) else journal["entries"]
    sent = entries[-1]["body"]
    recorded = [message for record in exchanges.requests for message in record.new_messages]
    replies = [reply.message for reply in exchanges.replies[:-1]]
    assert [message for message in sent["messages"] if message["role"] != "assistant"] == recorded
    assert [message["tool_calls"] for message in sent["messages"] if message["role"] == "assistant"] == [
        reply["tool_calls"] for reply in replies
    ]
    assert KEY not in json.dumps(journal)


async def test_the_result_of_a_tool_goes_back_under_the_calls_id(model_of):
    model = model_of("glm-4.6", SteppedClock())
    ask = UserMessage("please pay once")
    first = await model.complete(ChatRequest((ask,)))
    told = ToolMessage(first.message.tool_calls[0].call_id, "{}")
    second = await model.complete(ChatRequest((ask, first.message, told)))
    assert second.message.text == "paid"
