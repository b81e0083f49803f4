import json

import pytest

pytest.importorskip("pydantic_ai", reason="the extra pydantic-ai is not installed")

from pydantic_ai import messages as theirs
from pydantic_ai.usage import RequestUsage

from reev_agent.models import (
    AssistantMessage,
    ChatRequest,
    Secret,
    SystemMessage,
    ToolMessage,
    ToolRequest,
    UserMessage,
)
from reev_agent.pydantic_ai._messages import chat_reply, model_messages, parameters, settings
from reev_types.models import Sampling, TokenUsage
from reev_types.tools import ToolSpec

CALLS = (ToolRequest("a", "pay", '{"amount": "1"}'), ToolRequest("b", "look", "{}"))
WANTED = AssistantMessage("well", CALLS)
TALK = ChatRequest(
    (SystemMessage("rules"), UserMessage("do it"), WANTED, ToolMessage("a", "paid"), ToolMessage("b", "seen"))
)


def shown(messages):
    return [
        (message.kind, [(part.part_kind, getattr(part, "content", None) or part.args) for part in message.parts])
        for message in messages
    ]


def test_a_conversation_takes_turns():
    assert shown(model_messages(TALK, {})) == [
        ("request", [("system-prompt", "rules"), ("user-prompt", "do it")]),
        ("response", [("text", "well"), ("tool-call", '{"amount": "1"}'), ("tool-call", "{}")]),
        ("request", [("tool-return", "paid"), ("tool-return", "seen")]),
    ]


def test_a_result_names_the_tool_that_was_called():
    returned = model_messages(TALK, {})[-1].parts
    assert [(part.tool_name, part.tool_call_id) for part in returned] == [("pay", "a"), ("look", "b")]


def test_what_the_model_said_goes_back_as_it_came():
    signed = theirs.ModelResponse(parts=[theirs.ThinkingPart("hm", signature="sig", provider_name="anthropic")])
    assert model_messages(TALK, {WANTED: signed})[1] is signed


def test_a_tool_goes_out_as_it_is():
    schema = {"type": "object", "properties": {"amount": {"type": "string"}}}
    spec = ToolSpec(name="pay", description="Pays.", parameters=schema, moves_funds=True)
    (tool,) = parameters(ChatRequest((), (spec,))).function_tools
    assert (tool.name, tool.description, tool.parameters_json_schema, tool.strict) == ("pay", "Pays.", schema, False)


def test_what_is_unset_or_ignored_is_left_out():
    assert settings(Sampling(), frozenset()) == {"max_retries": 0}
    told = settings(Sampling(temperature=0.0, max_output_tokens=9, seed=7), frozenset({"seed", "max_retries"}))
    assert told == {"temperature": 0.0, "max_tokens": 9}


def response(*parts, **fields):
    return theirs.ModelResponse(parts=list(parts), **fields)


def test_a_response_becomes_a_reply():
    reply = chat_reply(
        response(
            theirs.ThinkingPart("hm"),
            theirs.TextPart("we"),
            theirs.TextPart("ll"),
            theirs.ToolCallPart("pay", {"amount": "1"}, "a"),
            theirs.ToolCallPart("look", None, "b"),
            theirs.ToolCallPart("odd", "{not json", "c"),
            usage=RequestUsage(input_tokens=30, output_tokens=9, cache_read_tokens=20, output_reasoning_tokens=5),
            model_name="big-1",
            provider_response_id="msg_1",
            finish_reason="tool_call",
        ),
        2,
        (),
    )
    assert reply.message == AssistantMessage(
        "well",
        (
            ToolRequest("a", "pay", '{"amount": "1"}'),
            ToolRequest("b", "look", ""),
            ToolRequest("c", "odd", "{not json"),
        ),
        "hm",
    )
    assert reply.usage == TokenUsage(input_tokens=30, output_tokens=9, cached_input_tokens=20, reasoning_tokens=5)
    assert (reply.finish_reason, reply.model, reply.response_id, reply.attempts) == ("tool_calls", "big-1", "msg_1", 2)


@pytest.mark.parametrize(
    ("theirs_is", "ours_is"),
    [(None, "stop"), ("stop", "stop"), ("length", "length"), ("content_filter", "content_filter"), ("error", "error")],
)
def test_the_reason_to_end_is_told_in_our_words(theirs_is, ours_is):
    assert chat_reply(response(theirs.TextPart("x"), finish_reason=theirs_is), 1, ()).finish_reason == ours_is


def test_usage_that_nobody_tells_is_not_known():
    assert chat_reply(response(theirs.TextPart("x")), 1, ()).usage is None


def test_no_secret_comes_through():
    key = "sk-ant-0123456789"
    reply = chat_reply(
        response(
            theirs.TextPart(f"the key is {key}"),
            theirs.ThinkingPart(key),
            theirs.ToolCallPart("pay", {"to": key}, "a"),
        ),
        1,
        (Secret(key),),
    )
    assert key not in repr(reply.message) + json.dumps(reply.raw)
    assert reply.message.text == "the key is [redacted]"
