import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reev_agent.models._stream import Assembly, event_payloads


async def payloads(*chunks):
    async def source():
        for chunk in chunks:
            yield chunk

    return [payload async for payload in event_payloads(source())]


async def test_comments_and_other_fields_are_no_data():
    assert await payloads(b": ping\n\nevent: x\nid: 3\ndata: one\n\n") == ["one"]


async def test_data_over_several_lines_is_one_event():
    assert await payloads(b"data: one\ndata:two\n\ndata: three") == ["one\ntwo", "three"]


async def test_unicode_line_separators_do_not_end_a_line():
    assert await payloads("data: a\u2028b\x85c\x0bd\n\n".encode()) == ["a\u2028b\x85c\x0bd"]


@given(st.lists(st.integers(0, 40), max_size=6), st.sampled_from([b"\n", b"\r\n", b"\r"]))
async def test_it_does_not_matter_where_the_bytes_are_cut(places, end):
    text = end.join([b'data: {"a": 1}', b"", "data: é\u2028".encode(), b"data: z", b"", b""])
    cuts = sorted(min(place, len(text)) for place in places)
    pieces = [text[start:stop] for start, stop in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    assert await payloads(*pieces) == ['{"a": 1}', "é\u2028\nz"]


def assembled(*chunks):
    assembly = Assembly()
    for chunk in chunks:
        assembly.add(json.dumps(chunk))
    return assembly


def delta(**delta):
    return {"choices": [{"delta": delta}]}


def calls_of(assembly):
    message = assembly.completion()["choices"][0]["message"]
    return [(call["id"], call["function"]["name"], call["function"]["arguments"]) for call in message["tool_calls"]]


def test_whole_calls_without_an_index_are_calls_of_their_own():
    one = delta(tool_calls=[{"id": "a", "function": {"name": "x", "arguments": "{}"}}])
    two = delta(tool_calls=[{"id": "b", "function": {"name": "y", "arguments": {"k": 1}}}])
    assert calls_of(assembled(one, two)) == [("a", "x", "{}"), ("b", "y", '{"k": 1}')]


def test_fragments_without_an_index_belong_to_the_last_call():
    one = delta(tool_calls=[{"id": "a", "function": {"name": "x", "arguments": "{"}}])
    rest = delta(tool_calls=[{"function": {"arguments": "}"}}])
    assert calls_of(assembled(one, rest)) == [("a", "x", "{}")]


def test_a_fragment_may_name_the_call_before_its_arguments_come():
    name = delta(tool_calls=[{"index": 0, "id": "a", "function": {"name": "x"}}])
    rest = delta(tool_calls=[{"index": 0, "function": {"arguments": "{}"}}])
    assert calls_of(assembled(name, rest)) == [("a", "x", "{}")]


def test_only_the_first_choice_counts():
    other = {"choices": [{"index": 1, "delta": {"content": "no"}}, {"index": 0, "delta": {"content": "yes"}}]}
    assert assembled(other).completion()["choices"][0]["message"]["content"] == "yes"


def test_a_choice_without_an_index_is_the_first():
    chunk = {"choices": [{"index": None, "delta": {"content": "yes"}}]}
    assert assembled(chunk).completion()["choices"][0]["message"]["content"] == "yes"


def test_a_stream_that_ends_without_a_choice_is_not_complete():
    assembly = assembled({"choices": [], "usage": {"prompt_tokens": 5}})
    assembly.add("[DONE]")
    assert assembly.is_over
    assert not assembly.is_complete


def test_a_name_that_every_fragment_repeats_stands_once():
    one = delta(tool_calls=[{"index": 0, "id": "a", "function": {"name": "x", "arguments": "{"}}])
    rest = delta(tool_calls=[{"index": 0, "id": "a", "function": {"name": "x", "arguments": "}"}}])
    assert calls_of(assembled(one, rest)) == [("a", "x", "{}")]


@pytest.mark.parametrize("nonsense", [3.5, True, ["a"], {"a": 1}])
def test_an_id_or_a_name_that_is_no_text_is_ignored(nonsense):
    one = delta(tool_calls=[{"index": 0, "id": "a", "function": {"name": "x"}}])
    rest = delta(tool_calls=[{"index": 0, "id": nonsense, "function": {"name": nonsense, "arguments": "{}"}}])
    assert calls_of(assembled(one, rest)) == [("a", "x", "{}")]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["choices", "delta", "tool_calls", "index", "id", "function", "name", "arguments", "content"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(st.lists(json_values, max_size=4))
def test_no_chunk_does_worse_than_a_value_error(chunks):
    assembly = Assembly()
    for chunk in chunks:
        try:
            assembly.add(json.dumps({"choices": chunk} if isinstance(chunk, list) else chunk))
        except ValueError:
            continue
    assert assembly.completion()["choices"][0]["message"]["role"] == "assistant"
