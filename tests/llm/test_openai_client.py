"""OpenAI's own client describes requests and replies: what is sent fits its types, and what it describes is read."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from pydantic import TypeAdapter, ValidationError

from reev_agent.models import read_reply
from reev_runner.files import BUILT_IN

# In the 400s a model is asked again when something fails, so one play does not tell its turns: see test_recovery.py.
IDS = [path.stem for path in sorted(BUILT_IN.glob("[0-3]*.yml"))]

params = pytest.importorskip("openai.types.chat.completion_create_params", reason="the openai client is not installed")
replies = pytest.importorskip("openai.types.chat.chat_completion")

STREAMING = TypeAdapter(params.CompletionCreateParamsStreaming)
WHOLE = TypeAdapter(params.CompletionCreateParamsNonStreaming)


def read_through(value):
    """Return ``value`` with its iterables as lists: pydantic checks their items only when somebody takes them."""
    if isinstance(value, dict):
        return {name: read_through(item) for name, item in value.items()}
    is_items = isinstance(value, Iterable) and not isinstance(value, str | bytes)
    return [read_through(item) for item in value] if is_items else value


@pytest.mark.parametrize("agent", ["local", "openai:gpt-4.1"])
@pytest.mark.parametrize("benchmark", IDS)
def test_the_clients_request_model_accepts_what_is_sent(run, serve, root_of, sensible, benchmark, agent):
    server = serve(sensible)
    run([benchmark], agent, root_of(server))
    assert server.bodies
    for body in server.bodies:
        assert read_through((STREAMING if body.get("stream") else WHOLE).validate_python(body)) == body


WRONG = {
    "a message": ("messages", [{"role": "user", "content": 5}]),
    "a tool call": ("messages", [{"role": "assistant", "tool_calls": [{"id": 1}]}]),
    "a tool": ("tools", [{"type": "function", "function": {"description": "has no name"}}]),
    "a parameter": ("temperature", "hot"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_request_that_is_not_one_is_noticed(run, serve, root_of, sensible, what):
    field, value = WRONG[what]
    server = serve(sensible)
    run(["001"], "local", root_of(server))
    with pytest.raises(ValidationError):
        read_through(WHOLE.validate_python(server.bodies[0] | {field: value}))


def test_a_reply_built_by_the_client_is_read():
    function = {"name": "sol_transfer", "arguments": "{}"}
    message = {"role": "assistant", "tool_calls": [{"id": "c", "type": "function", "function": function}]}
    reply = replies.ChatCompletion.model_validate(
        {
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "created": 1,
            "model": "gpt-4.1",
            "choices": [{"index": 0, "message": message, "finish_reason": "tool_calls", "logprobs": None}],
            "usage": {
                "prompt_tokens": 9,
                "completion_tokens": 2,
                "total_tokens": 11,
                "prompt_tokens_details": {"cached_tokens": 4},
                "completion_tokens_details": {"reasoning_tokens": 1},
            },
        }
    )
    read = read_reply(reply.model_dump(mode="json"))
    assert [(call.call_id, call.name, call.arguments) for call in read.message.tool_calls] == [
        ("c", "sol_transfer", "{}")
    ]
    assert (read.usage.cached_input_tokens, read.usage.reasoning_tokens, read.response_id) == (4, 1, "chatcmpl-1")
