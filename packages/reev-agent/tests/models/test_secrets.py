import copy
import json
import pickle

import pytest

from reev_agent.models import Secret

KEY = "sk-0123456789abcdef"


def test_a_secret_has_no_readable_form():
    assert KEY not in f"{Secret(KEY)} {Secret(KEY)!r} {[Secret(KEY)]}"
    assert Secret(KEY).reveal() == KEY


@pytest.mark.parametrize("way_out", [pickle.dumps, copy.copy])
def test_a_secret_is_written_nowhere(way_out):
    with pytest.raises(TypeError):
        way_out(Secret(KEY))


def test_it_is_hidden_at_any_depth_in_values_and_names():
    value = {"a": [f"x{KEY}y", 1, None, True], KEY: {"b": KEY * 2}}
    assert Secret(KEY).hidden_in(value) == {
        "a": ["x[redacted]y", 1, None, True],
        "[redacted]": {"b": "[redacted][redacted]"},
    }


@pytest.mark.parametrize(
    "text", [r'{"to": "\u0073k-0123456789abcdef"}', r'{"to": "sk\u002D0123\u0034\u0035678\u0039abcdef']
)
def test_a_key_escaped_in_the_arguments_of_a_tool_is_hidden(text):
    assert Secret(KEY).hidden_in({"arguments": text})["arguments"].startswith('{"to": "[redacted]')


def test_a_key_escaped_twice_is_hidden_and_other_escapes_stay():
    inner = json.dumps({"key": "é" + KEY}).replace("sk-", r"\u0073k-")
    hidden = Secret(KEY).hidden_in(json.dumps({"inner": inner}))
    assert json.loads(json.loads(hidden)["inner"]) == {"key": "é[redacted]"}


def test_a_key_of_characters_that_json_escapes_is_hidden():
    key = 'ab/cd"ef' + chr(92) + "gh"
    hidden = Secret(key).hidden_in(json.dumps({"to": key}).replace("/", r"\/"))
    assert json.loads(hidden) == {"to": "[redacted]"}


def test_what_no_file_can_hold_is_replaced():
    assert Secret(KEY).hidden_in(["a\ud800b"]) == ["a?b"]


@pytest.mark.parametrize("dummy", ["", "x", "ollama"])
def test_a_dummy_key_is_left_alone_in_ordinary_words(dummy):
    assert Secret(dummy).hidden_in("ask ollama for x") == "ask ollama for x"
