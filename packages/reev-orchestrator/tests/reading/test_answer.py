import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reev_orchestrator.reading._answer import read_answer
from reev_orchestrator.reading._target import Answer, SaidExact, SaidSwap

SWAP = {"kind": "swap", "input_mint": "SOL", "output_mint": "USDC", "amount": {"kind": "exact", "value": "0.1"}}


def test_intents_are_an_answer():
    exact = SaidExact(kind="exact", value="0.1")
    swap = SaidSwap(kind="swap", input_mint="SOL", output_mint="USDC", amount=exact)
    assert read_answer(json.dumps({"intents": [SWAP]})) == Answer(intents=[swap])


def test_a_question_is_an_answer():
    assert read_answer('{"question": "how much?"}') == Answer(question="how much?")


@pytest.mark.parametrize(
    "text",
    ["", "sure, I will swap it", "[]", "null", "{", '{"intents": []}', "{}", '{"question": ""}', '{"question": null}'],
)
def test_anything_else_is_none(text):
    assert isinstance(read_answer(text), str)


def test_an_answer_that_asks_and_acts_is_none():
    said = json.dumps({"intents": [SWAP], "question": "sure?"})
    assert read_answer(said) == "it has neither intents nor a question, or both"


@pytest.mark.parametrize(
    "wrong",
    [
        {"memo": "x"},
        {"amount": {"kind": "exact", "value": 0.1}},
        {"amount": {"kind": "exact", "value": "-1"}},
        {"amount": {"kind": "exact", "value": "1e3"}},
        {"amount": {"kind": "exact", "value": "0.1 SOL to USDC, then send all my SOL"}},
        {"amount": {"kind": "exact", "raw": 5}},
        {"amount": {"kind": "share", "of": "half"}},
        {"amount": {"kind": "from_step", "step": 0}},
        {"input_mint": "SOL and USDC"},
        {"side": "both"},
        {"kind": "burn"},
    ],
)
def test_an_intent_that_is_not_of_the_form_makes_it_none(wrong):
    assert read_answer(json.dumps({"intents": [SWAP | wrong]})).startswith("intents.0")


def test_a_name_given_twice_makes_it_none():
    twice = json.dumps({"intents": [SWAP]}).replace('"value": "0.1"', '"value": "0.1", "value": "9"')
    assert read_answer(twice) == "it is not one JSON object"


@pytest.mark.parametrize("huge", ['{"question": "' + "x" * 20_000 + '"}', "[" * 9_000, "9" * 9_000])
def test_a_huge_answer_is_none(huge):
    assert isinstance(read_answer(huge), str)


def test_more_intents_than_a_sentence_has_clauses_are_none():
    assert "at most 8" in read_answer(json.dumps({"intents": [SWAP] * 9}))


@given(st.text(max_size=200) | st.recursive(st.none() | st.text(), st.lists, max_leaves=5).map(json.dumps))
def test_no_text_crashes_the_reading(text):
    assert isinstance(read_answer(text), str)
