from hypothesis import given, settings
from hypothesis import strategies as st

from reev_runner.dynamic._yaml import yaml_text
from reev_runner.files._nodes import plain
from reev_runner.files._yaml import parse_yaml

# What the loader refuses everywhere: control characters and surrogates. U+FEFF at a start is a mark of the encoding.
TEXTS = st.text(st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufeff\ufffe\uffff"), max_size=60)
LINES = st.lists(TEXTS, max_size=4).map("\n".join)
VALUES = st.recursive(
    LINES | st.integers(-(2**64), 2**64) | st.booleans(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from("abcdef"), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=200)
@given(st.dictionaries(st.sampled_from(("prompt", "steps", "x")), VALUES, min_size=1))
def test_everything_reads_back_as_it_was(values):
    assert plain(parse_yaml(yaml_text(values), "t.yml")) == values


def test_texts_that_look_like_something_else_stay_texts():
    values = {"a": ["1e3", "yes", "null", "0x1f", "12:30", "- x", "a: b", "# c", "", " ", "1" * 32, "&x", "*y", "!z"]}
    assert plain(parse_yaml(yaml_text(values), "t.yml")) == values


def test_several_lines_are_written_as_such():
    assert yaml_text({"prompt": "one\ntwo"}) == "prompt: |-\n  one\n  two\n"


def test_the_same_value_twice_is_written_twice():
    shared = {"a": 1}
    assert "&" not in yaml_text({"one": shared, "two": shared})
