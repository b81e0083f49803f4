import json

import pytest

pytest.importorskip("pydantic_ai", reason="the extra pydantic-ai is not installed")

from pydantic_ai import exceptions
from pydantic_ai import messages as theirs

from reev_agent.loop import LlmAgent
from reev_agent.models import ChatRequest, ModelError, Secret, UserMessage
from reev_agent.testing import SteppedClock
from reev_types.agents import Completed

HELLO = ChatRequest((UserMessage("hello"),))
HI = theirs.ModelResponse(parts=[theirs.TextPart("hi")])


def calling(call_id):
    signature = {"signature": "sig", "provider_name": "function"}
    return theirs.ModelResponse(
        parts=[
            theirs.ThinkingPart("I pay", **signature),
            theirs.ToolCallPart("sol_transfer", {"recipient": "BOB", "amount": "0.1"}, call_id),
        ],
        finish_reason="tool_call",
    )


async def test_a_model_is_asked_and_answers(spoken):
    model, asked = spoken(HI)
    reply = await model.complete(HELLO)
    assert (reply.message.text, model.provider, model.model) == ("hi", "function", "double")
    assert asked[0][0][0].parts[0].content == "hello"


async def test_the_loop_carries_out_what_it_wants(spoken, request_for, planned_tools):
    model, asked = spoken(calling("call_1"), HI)
    tools = planned_tools()
    outcome = await LlmAgent(model, SteppedClock()).run_step(request_for(), tools)
    assert outcome == Completed(answer="hi")
    assert tools.wishes == [("sol_transfer", {"recipient": "BOB", "amount": "0.1"})]
    _, said, returned = asked[1][0]
    assert said.parts[0].signature == "sig"
    assert json.loads(returned.parts[0].content)["status"] == "executed"


async def test_what_may_pass_is_asked_again_after_the_wait_that_is_asked_for(spoken):
    clock = SteppedClock()
    busy = exceptions.ModelRateLimitError("double", "slow down", retry_after=7.0)
    model, asked = spoken(busy, HI, clock=clock)
    reply = await model.complete(HELLO)
    assert (reply.attempts, len(asked), clock.monotonic()) == (2, 2, 7.0)


async def test_quota_is_never_asked_for_twice(spoken):
    model, asked = spoken(exceptions.ModelQuotaExceededError("double", "pay first"))
    with pytest.raises(ModelError, match="model_quota") as caught:
        await model.complete(HELLO)
    assert (len(asked), caught.value.context["attempts"]) == (1, 1)


async def test_patience_ends(spoken):
    model, asked = spoken(exceptions.ModelOverloadedError("double", "busy"))
    with pytest.raises(ModelError, match="model_unavailable") as caught:
        await model.complete(HELLO)
    assert (len(asked), caught.value.context["attempts"]) == (4, 4)


async def test_no_secret_comes_back(spoken):
    key = "sk-ant-0123456789"
    said = theirs.ModelResponse(parts=[theirs.TextPart(f"your key is {key}")])
    model, _ = spoken(said, secrets=(Secret(key),))
    assert (await model.complete(HELLO)).message.text == "your key is [redacted]"
