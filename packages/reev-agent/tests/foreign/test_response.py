"""Whatever a foreign agent writes, reading it ends in one of three ways."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from reev_agent.foreign._response import Proposal, Refusal, read_response
from reev_types.agents import GaveUp

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.just({"program_id": "x"}),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["instructions", "text", "code", "program_id"]), inner, max_size=3)
    ),
    max_leaves=12,
)
fields = st.sampled_from(["transactions", "result", "summary", "refusal", "error", "flows", "signatures"])


@settings(max_examples=150, deadline=None)
@given(body=st.dictionaries(fields, values))
def test_any_json_is_read_without_an_exception(body):
    assert isinstance(read_response(json.dumps(body).encode()), Proposal | Refusal | GaveUp)


@settings(max_examples=50, deadline=None)
@given(content=st.binary(max_size=40))
def test_any_bytes_are_read_without_an_exception(content):
    assert isinstance(read_response(content), Proposal | Refusal | GaveUp)


@given(text=st.text(max_size=20))
def test_a_result_that_does_not_look_like_json_is_the_answer_itself(text):
    prose = f"I did: {text}"
    told = read_response(json.dumps({"result": {"text": prose}}).encode())
    assert told == Proposal((), prose)


def test_an_error_that_is_an_object_is_quoted_by_its_message():
    told = read_response(b'{"error": {"code": 500, "message": "no model"}}')
    assert told == GaveUp(code="foreign_error", reason="no model")


def test_an_error_object_without_a_message_is_quoted_whole():
    assert read_response(b'{"error": {"code": 500}}') == GaveUp(code="foreign_error", reason='{"code": 500}')


def test_transactions_beside_a_refusal_are_a_bad_answer():
    told = read_response(b'{"refusal": {"code": "unsafe_request"}, "transactions": [{"program_id": "x"}]}')
    assert isinstance(told, GaveUp)
    assert told.code == "foreign_bad_answer"
