import re
from decimal import Decimal

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from reev_runner.files._nodes import MappingNode, ScalarNode, plain
from reev_runner.files._source import CONTROL_CHARACTER
from reev_runner.files._tree import MAX_DEPTH, MAX_NODES
from reev_runner.files._yaml import parse_yaml
from reev_types.errors import BenchmarkError

LOADERS = [pytest.param(yaml.SafeLoader, id="python")]
if hasattr(yaml, "CSafeLoader"):
    LOADERS.append(pytest.param(yaml.CSafeLoader, id="c"))

both = pytest.mark.parametrize("loader", LOADERS)


def refusal(text: str, loader: type) -> BenchmarkError:
    with pytest.raises(BenchmarkError) as caught:
        parse_yaml(text, "b.yml", loader=loader)
    return caught.value


@both
def test_values_and_keys_know_their_line_and_column(loader: type):
    root = parse_yaml("é: [ü, 1]\nb:\n  c: 'x'\n", "b.yml", loader=loader)
    assert isinstance(root, MappingNode)
    assert plain(root) == {"é": ["ü", 1], "b": {"c": "x"}}
    inner = root.entries["b"]
    assert isinstance(inner, MappingNode)
    assert (root.keys["b"].line, root.keys["b"].column) == (2, 1)
    assert (inner.keys["c"].line, inner.keys["c"].column) == (3, 3)
    assert (inner.entries["c"].point.line, inner.entries["c"].point.column) == (3, 6)


@both
def test_quotes_make_text_of_anything(loader: type):
    root = parse_yaml("[1, '1', \"true\", true, |\n  null\n]".replace("|\n  null\n", "null"), "b.yml", loader=loader)
    assert plain(root) == [1, "1", "true", True, None]


REFUSED = {
    "nothing": ("", "empty_file", "1:1"),
    "only comments": ("# nothing\n", "empty_file", "1:1"),
    "two documents": ("a: 1\n---\nb: 2", "several_documents", "2:1"),
    "anchor": ("a: &x 1", "alias", "1:4"),
    "alias": ("a: *x", "alias", "1:4"),
    "anchor on a list": ("a: &x [1]\nb: *x", "alias", "1:4"),
    "tag": ("a: !!python/object/apply:os.system [ls]", "tag", "1:4"),
    "non-specific tag": ("a: ! x", "tag", "1:4"),
    "duplicate key": ("a: 1\nb: 2\na: 3", "duplicate_key", "3:1"),
    "list as key": ("? [a]\n: 1", "bad_key", "1:3"),
    "mapping as key": ("{{a: 1}: 2}", "bad_key", "1:2"),
    "long integer": ("a: " + "9" * 5000, "bad_number", "1:4"),
    "large exponent": ("a: 1e9999", "bad_number", "1:4"),
    "escaped zero byte": ('a: "\\0"', "not_text", "1:4"),
    "terminal escape in a key": ('"\\e[31m": 1', "not_text", "1:1"),
    "deep flow lists": ("[" * 100, "too_deep", f"1:{MAX_DEPTH + 1}"),
    "deep block lists": ("- " * 100, "too_deep", f"1:{2 * MAX_DEPTH + 1}"),
    "very deep lists": ("[" * 250_000, "too_deep", f"1:{MAX_DEPTH + 1}"),
    "very many values": ("[" + "a," * MAX_NODES + "]", "too_many_nodes", f"1:{2 * MAX_NODES}"),
}


@both
@pytest.mark.parametrize(("text", "code", "place"), REFUSED.values(), ids=REFUSED)
def test_what_no_benchmark_needs_is_refused_where_it_stands(loader: type, text: str, code: str, place: str):
    error = refusal(text, loader)
    assert (error.code, str(error.place)) == (code, f"b.yml:{place}")
    assert "\n" not in str(error)
    assert len(str(error)) < 300


@both
@pytest.mark.parametrize("text", ["a: [1", "a: 'x", "a\n b: c", "a: b: c", "\t- x", '"\\UFFFFFFFF"', "%TAG ! x", "@a"])
def test_broken_yaml_is_one_line_with_a_code(loader: type, text: str):
    error = refusal(text, loader)
    assert error.code == "yaml_syntax"
    assert str(error).startswith("b.yml")
    assert "\n" not in str(error)


@both
def test_a_colon_in_a_text_gets_a_hint(loader: type):
    assert refusal("prompt: send this: now", loader).suggestions == ("put a text that contains ': ' in quotes",)


@both
def test_an_escaped_surrogate_does_not_get_in(loader: type):
    assert refusal('a: "\\ud800"', loader).code in {"not_text", "yaml_syntax"}


def test_a_duplicate_key_names_both_places():
    assert refusal("a:\n  b: 1\n  b: 2", yaml.SafeLoader).message == "'b' stands here and in line 2"


def test_very_long_lines_are_read():
    root = parse_yaml("a: " + "x" * 200_000, "b.yml")
    assert isinstance(root, MappingNode)
    assert root.entries["a"] == ScalarNode("x" * 200_000, root.entries["a"].point)


def test_a_very_long_plain_key_is_refused_in_one_short_line():
    error = refusal("k" * 200_000 + ": 1", yaml.SafeLoader)
    assert error.code == "yaml_syntax"
    assert len(str(error)) < 300


def outcome(text: str, loader: type) -> object:
    try:
        return plain(parse_yaml(text, "b.yml", loader=loader))
    except BenchmarkError as error:
        return error


YAML_PIECES = st.lists(
    st.sampled_from(
        [*"[]{},:?-&*!|>'\"%@`#\n \t~", ": ", "- ", "? ", "\n  ", "a", "b: 1", "&a ", "*a", "!!x ", "---\n"]
    )
).map("".join)


@both
@given(text=st.one_of(st.text(), YAML_PIECES))
def test_no_text_raises_anything_but_a_benchmark_error(loader: type, text: str):
    outcome(text, loader)


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x85\u2028\u2029\r"), max_size=20).filter(
    lambda text: not CONTROL_CHARACTER.search(text) and not re.fullmatch(r"[-+.0-9eE]+", text)
)
DOCUMENTS = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(2**64), 2**64), TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(TEXTS, inner, max_size=4)),
    max_leaves=15,
)


@both
@given(document=DOCUMENTS, flow=st.booleans())
def test_what_pyyaml_writes_is_read_as_pyyaml_reads_it(loader: type, document: object, flow: bool):
    text = yaml.safe_dump(document, allow_unicode=True, default_flow_style=flow)
    assert outcome(text, loader) == document == yaml.safe_load(text)


@both
@given(number=st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20, places=9))
def test_fractions_come_back_exactly(loader: type, number: Decimal):
    assert outcome(f"a: {number:f}", loader) == {"a": number}
