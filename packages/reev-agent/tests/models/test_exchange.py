import asyncio
import json

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reev_agent.models import Fault, ModelError, Secret, _exchange, read_reply
from reev_agent.models._exchange import exchange

WHOLE = {"choices": [{"index": 0, "delta": {"content": "paid"}, "finish_reason": "stop"}]}
BEGUN = {"choices": [{"index": 0, "delta": {"content": "pa"}}]}
USAGE = {"choices": [], "usage": {"prompt_tokens": 5, "completion_tokens": 2}}


async def silence():
    await asyncio.Event().wait()


async def breaking_off():
    raise httpx.ReadError("reset")


async def timing_out():
    raise httpx.ReadTimeout("")


async def closing():
    return


async def streamed(*events, end=closing):
    """Return what becomes of a stream of ``events`` that ends as told."""

    async def content():
        for event in events:
            text = event if isinstance(event, str) else json.dumps(event)
            yield f"data: {text}\n\n".encode()
        await end()

    def answer(_):
        return httpx.Response(200, headers={"content-type": "text/event-stream"}, content=content())

    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as client:
        return await exchange(client, "http://localhost/v1", b"{}", Secret(""), lambda: "2026-01-01T00:00:00Z")


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(_exchange, "_USAGE_WAIT_S", 0.01)
    monkeypatch.setattr(_exchange, "_FAREWELL_WAIT_S", 0.01)


@pytest.mark.parametrize("end", [silence, breaking_off, timing_out, closing])
async def test_after_the_last_word_a_connection_may_stay_open_or_break(impatient, end):
    reply = read_reply(await streamed(WHOLE, USAGE, "[DONE]", end=end))
    assert reply.message.text == "paid"
    assert reply.usage is not None


@pytest.mark.parametrize("end", [silence, breaking_off, timing_out, closing])
async def test_a_finished_answer_is_whole_without_a_last_word(impatient, end):
    assert read_reply(await streamed(WHOLE, end=end)).message.text == "paid"


async def test_a_cut_event_after_a_finished_answer_does_no_harm():
    assert read_reply(await streamed(WHOLE, '{"usa')).message.text == "paid"


async def test_what_comes_after_the_last_word_is_not_read():
    assert read_reply(await streamed(WHOLE, "[DONE]", WHOLE)).message.text == "paid"


@pytest.mark.parametrize(
    ("end", "code"),
    [(breaking_off, "model_reply_cut"), (timing_out, "model_timeout"), (closing, "model_reply_cut")],
)
async def test_an_unfinished_answer_is_not_whole(end, code):
    fault = await streamed(BEGUN, end=end)
    assert isinstance(fault, Fault)
    assert fault.error.code == code


@pytest.mark.parametrize("events", [["[DONE]"], [USAGE, "[DONE]"], [{"choices": [{"index": 1}]}, "[DONE]"]])
async def test_a_stream_without_a_choice_is_cut(events):
    fault = await streamed(*events)
    assert isinstance(fault, Fault)
    assert fault.error.code == "model_reply_cut"


NAMES = [
    "choices",
    "delta",
    "tool_calls",
    "index",
    "id",
    "function",
    "name",
    "arguments",
    "content",
    "finish_reason",
    "usage",
    "error",
    "model",
]
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
    max_leaves=10,
)
calls = st.fixed_dictionaries(
    {},
    optional={
        "index": json_values,
        "id": json_values,
        "function": st.dictionaries(st.sampled_from(NAMES), json_values),
    },
)
choices = st.fixed_dictionaries(
    {"delta": st.fixed_dictionaries({}, optional={"tool_calls": st.lists(calls, max_size=2), "content": json_values})},
    optional={"finish_reason": json_values},
)
chunks = json_values | st.fixed_dictionaries(
    {"choices": st.lists(choices, max_size=2)}, optional={"usage": json_values, "id": json_values}
)


def code_of(answer):
    """Return the code of what is wrong with an answer, or nothing."""
    if isinstance(answer, Fault):
        return answer.error.code
    try:
        read_reply(answer)
    except ModelError as error:
        return error.code
    return ""


@settings(max_examples=150, deadline=None)
@given(st.lists(chunks, max_size=3))
async def test_whatever_is_streamed_is_a_reply_or_a_fault_or_an_error_of_ours(events):
    answer = await streamed(*map(json.dumps, events), "[DONE]")
    assert code_of(answer).startswith("model_") or read_reply(answer).attempts == 1
