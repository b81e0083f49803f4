import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reev_agent.loop._arguments import read_arguments
from reev_types.tools import Refused


@pytest.mark.parametrize(
    ("text", "arguments"),
    [
        ("", {}),
        ("  \n", {}),
        ("{}", {}),
        ('{"a": 1}', {"a": 1}),
        ('"{\\"a\\": 1}"', {"a": 1}),
        ('{"a": 0.1}', {"a": 0.1}),
        ('{"a": 123456789.123456789123}', {"a": "123456789.123456789123"}),
        ('{"a": 1e999}', {"a": "1e999"}),
        ('{"a": 18446744073709551615}', {"a": 18446744073709551615}),
        ('{"a": {"b": [true, null]}}', {"a": {"b": [True, None]}}),
    ],
)
def test_an_object_is_read_and_no_digit_is_lost(text, arguments):
    assert read_arguments(text) == arguments


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "column 2"),
        ("null", "null"),
        ("[1]", "an array"),
        ('"text"', "not JSON"),
        ('"1"', "a number"),
        ("true", "a truth value"),
        ('{"a": NaN}', "NaN"),
        ('{"a": -Infinity}', "-Infinity"),
        ('{"amount": "1", "amount": "100"}', "'amount' is given twice"),
        ('{"b": {"x": 1, "x": 2}}', "'x' is given twice"),
        ('{"a": ' + "9" * 81 + "}", "80 digits"),
        ('{"a": 1e-99999999999999999999}', ""),
        ('{"a": "\\ud800"}', "half a Unicode character"),
        ("[" * 50_000, "nested too deeply"),
        ('{"a": ' + "[" * 32 + "]" * 32 + "}", "nested too deeply"),
        ('{"a": "' + "x" * 70_000 + '"}', "longer than"),
    ],
    ids=lambda text: text[:20],
)
def test_what_cannot_be_used_is_explained(text, told):
    refused = read_arguments(text)
    assert isinstance(refused, Refused)
    assert refused.code == "bad_arguments"
    assert told in refused.message
    assert "JSON object" in refused.suggestions[0]


@given(st.dictionaries(st.text(), st.integers(-(2**64), 2**64) | st.text() | st.booleans() | st.none()))
def test_every_ordinary_object_is_read_as_it_is(value):
    assert read_arguments(json.dumps(value)) == value


@given(st.text())
def test_no_text_breaks_the_reader(text):
    assert isinstance(read_arguments(text), dict | Refused)
