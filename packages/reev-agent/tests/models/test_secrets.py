import copy
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


def test_what_no_file_can_hold_is_replaced():
    assert Secret(KEY).hidden_in(["a\ud800b"]) == ["a?b"]


@pytest.mark.parametrize("dummy", ["", "x", "ollama"])
def test_a_dummy_key_is_left_alone_in_ordinary_words(dummy):
    assert Secret(dummy).hidden_in("ask ollama for x") == "ask ollama for x"
