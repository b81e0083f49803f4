import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reev_agent.models import AssistantMessage, ModelError, ToolRequest, message_json, read_message, read_reply
from reev_types.models import TokenUsage


def reply(**parts):
    message = parts.pop("message", {"content": "x"})
    return read_reply({"choices": [{"message": message, "finish_reason": "stop"}]} | parts)


@pytest.mark.parametrize(
    ("message", "read"),
    [
        ({"content": None}, AssistantMessage()),
        ({}, AssistantMessage()),
        (
            {"content": [{"type": "text", "text": "a"}, {"type": "image"}, {"type": "text", "text": "b"}]},
            AssistantMessage("ab"),
        ),
        ({"content": "", "tool_calls": None, "refusal": "no"}, AssistantMessage(refusal="no")),
        ({"reasoning_content": "hm", "content": "x"}, AssistantMessage("x", reasoning="hm")),
        (
            {"tool_calls": [{"id": "a", "function": {"name": "t", "arguments": {"n": "é"}}}]},
            AssistantMessage("", (ToolRequest("a", "t", '{"n": "é"}'),)),
        ),
        ({"tool_calls": [{"function": {"name": "t"}}]}, AssistantMessage("", (ToolRequest("", "t", ""),))),
        ({"tool_calls": [{"id": None, "function": {"name": "t"}}]}, AssistantMessage("", (ToolRequest("", "t", ""),))),
        (
            {"tool_calls": [{"id": 7, "function": {"name": "t"}}, "nonsense"]},
            AssistantMessage("", (ToolRequest("7", "t", ""), ToolRequest("", "", ""))),
        ),
        (
            {"tool_calls": [{"id": "a", "function": {"name": "t", "arguments": None}}]},
            AssistantMessage("", (ToolRequest("a", "t", ""),)),
        ),
    ],
)
def test_messages_are_read_whatever_the_provider_makes_of_them(message, read):
    assert reply(message=message).message == read


@pytest.mark.parametrize(
    ("usage", "read"),
    [
        (None, None),
        ({}, None),
        ({"prompt_tokens": -1, "completion_tokens": 2}, None),
        ({"prompt_tokens": 1.0, "completion_tokens": 2}, None),
        ({"prompt_tokens": 10**9 + 1, "completion_tokens": 2}, None),
        ({"prompt_tokens": "3", "completion_tokens": True}, None),
        ([3], None),
        (
            {"prompt_tokens": 3, "completion_tokens": 2, "prompt_tokens_details": {"cached_tokens": -1}},
            TokenUsage(input_tokens=3, output_tokens=2),
        ),
        ({"prompt_tokens": 3, "completion_tokens": None}, TokenUsage(input_tokens=3, output_tokens=0)),
        (
            {"prompt_tokens": 3, "completion_tokens": 2, "prompt_tokens_details": {"cached_tokens": 9}},
            TokenUsage(input_tokens=3, output_tokens=2, cached_input_tokens=3),
        ),
        (
            {"prompt_tokens": 3, "completion_tokens": 2, "completion_tokens_details": {"reasoning_tokens": 1}},
            TokenUsage(input_tokens=3, output_tokens=2, reasoning_tokens=1),
        ),
    ],
)
def test_usage_is_what_the_provider_says_or_unknown(usage, read):
    assert reply(usage=usage).usage == read


@pytest.mark.parametrize("body", [{}, {"choices": []}, {"choices": [{}]}, {"choices": [{"message": {"content": 3}}]}])
def test_anything_else_is_a_bad_reply_that_says_where(body):
    with pytest.raises(ModelError, match="choices") as caught:
        read_reply(body)
    assert caught.value.code == "model_bad_reply"


def test_a_message_that_is_none_is_a_bad_reply_that_says_where():
    with pytest.raises(ModelError, match="tool_calls") as caught:
        read_message({"tool_calls": 3})
    assert caught.value.code == "model_bad_reply"


def test_the_official_clients_own_replies_are_read():
    chat = pytest.importorskip("openai.types.chat")
    completion = chat.ChatCompletion.model_validate(
        {
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "created": 1,
            "model": "gpt-4.1",
            "service_tier": "default",
            "choices": [
                {
                    "index": 0,
                    "finish_reason": "tool_calls",
                    "logprobs": None,
                    "message": {
                        "role": "assistant",
                        "content": None,
                        "refusal": None,
                        "annotations": [],
                        "tool_calls": [{"id": "c", "type": "function", "function": {"name": "t", "arguments": "{}"}}],
                    },
                }
            ],
            "usage": {
                "prompt_tokens": 10,
                "completion_tokens": 5,
                "total_tokens": 15,
                "prompt_tokens_details": {"cached_tokens": 4, "audio_tokens": 0},
                "completion_tokens_details": {"reasoning_tokens": 2, "audio_tokens": 0},
            },
        }
    )
    for body in (completion.model_dump(), completion.to_dict(), json.loads(completion.model_dump_json())):
        read = read_reply(body)
        assert read.message.tool_calls == (ToolRequest("c", "t", "{}"),)
        assert read.finish_reason == "tool_calls"
        assert read.usage == TokenUsage(input_tokens=10, output_tokens=5, cached_input_tokens=4, reasoning_tokens=2)


calls = st.builds(ToolRequest, st.text(), st.text(), st.text())


@given(st.builds(AssistantMessage, st.text(), st.lists(calls, max_size=3).map(tuple), st.text(), st.text()))
def test_a_message_written_and_read_is_the_same(message):
    assert read_message(json.loads(json.dumps(message_json(message)))) == message
