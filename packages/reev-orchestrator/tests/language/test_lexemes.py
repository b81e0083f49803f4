from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reev_orchestrator.language._lexemes import tokenise


def kinds(text):
    return [(lexeme.kind, lexeme.text) for lexeme in tokenise(text)]


@given(st.text(max_size=80))
def test_lexemes_cover_everything_but_white_space_in_order(text):
    lexemes = tokenise(text)
    covered = "".join(text[lexeme.start : lexeme.end] for lexeme in lexemes)
    assert "".join(covered.split()) == "".join(text.split())
    assert all(one.end <= other.start for one, other in pairwise(lexemes))


def test_a_unit_glued_to_a_number_is_a_word_of_its_own():
    assert kinds("0.1SOL") == [("number", "0.1"), ("word", "SOL")]


def test_a_full_stop_after_a_number_is_no_part_of_it():
    assert kinds("lend 5.") == [("word", "lend"), ("number", "5"), ("sign", ".")]


@pytest.mark.parametrize(("text", "value"), [("1k", 1_000), ("2.5k", 2_500), ("3b", 3_000_000_000)])
def test_a_multiplier_glued_to_a_number_multiplies_it(text, value):
    assert tokenise(text)[0].value == Decimal(value)


def test_a_multiplier_before_a_unit_leaves_the_unit():
    assert kinds("1kUSDC") == [("number", "1k"), ("word", "USDC")]


@pytest.mark.parametrize(
    ("text", "doubt"),
    [("1mSOL", "unit"), ("1mUSDC", "unit"), ("1bSOL", "unit"), ("1m", "million"), ("0x10", "number"), ("1½", "number"),
     ("1,5k", "number"), ("1/2k", "number")],
)  # fmt: skip
def test_what_could_mean_two_numbers_is_marked(text, doubt):
    assert [lexeme.doubt for lexeme in tokenise(text)] == [doubt]


def test_a_multiple_is_no_number():
    assert kinds("1.5x") == [("multiple", "1.5x")]


@pytest.mark.parametrize(
    "address",
    ["9aE476sH92Vz7DMPyq5WLPkrKWivxeuTKEFKd2sZZcde", "11111111111111111111111111111111", "9aE476sH92Vz7DMPyq5WL"],
)
def test_addresses_and_mangled_ones_are_one_lexeme(address):
    assert kinds(address) == [("address", address)]


def test_a_long_number_and_a_long_word_are_no_addresses():
    assert kinds("100000000000000000000SOL")[0] == ("number", "100000000000000000000")
    assert kinds("internationalisationally") == [("word", "internationalisationally")]


@pytest.mark.parametrize("quoted", ['"a b"', "“a b”", "`a b`", "«a b»", "'a b'", '"never closed'])
def test_a_quotation_is_one_lexeme(quoted):
    assert kinds(quoted) == [("quoted", quoted)]


def test_an_apostrophe_inside_a_word_opens_no_quotation():
    assert tokenise("don’t")[0].word == "don't"
