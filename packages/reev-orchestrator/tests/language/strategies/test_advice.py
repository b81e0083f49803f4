"""The words of advice: none of them can be an instruction."""

from __future__ import annotations

import pytest

from reev_orchestrator.language import _vocabulary as vocabulary
from reev_orchestrator.language._cursor import Cursor
from reev_orchestrator.language._lexemes import tokenise
from reev_orchestrator.language._numbers import NUMBER_WORDS
from reev_orchestrator.language.strategies._advice import _WORDS, take_advice, take_modifiers, without_whiles
from reev_types.tokens import token_named


@pytest.mark.parametrize(
    "meant",
    [
        vocabulary.VERBS,
        vocabulary.NEGATIONS,
        vocabulary.CONDITIONS,
        vocabulary.SCHEDULES,
        vocabulary.OPTIONS,
        vocabulary.VENUES,
        vocabulary.DOLLARS,
        vocabulary.FOREIGN_TICKERS,
        NUMBER_WORDS,
    ],
)
def test_no_word_of_advice_means_anything_that_counts(meant):
    assert not _WORDS & set(meant)


def test_no_word_of_advice_is_a_token_but_jupiter():
    assert {word for word in _WORDS if token_named(word)} == {"jup"}


def test_advice_ends_before_a_word_that_is_none():
    cursor = Cursor("", tokenise("check prices and rates, and sell"))
    assert take_advice(cursor)
    assert cursor.peek().text == ","
    assert not take_advice(cursor)


def test_an_explanation_goes_on_through_others():
    cursor = Cursor("", tokenise("based on market data while managing risk"))
    assert take_modifiers(cursor)
    assert cursor.at_end
    assert not take_modifiers(cursor)


def test_only_the_while_of_a_manner_is_left_out():
    kept = without_whiles(tokenise("while managing while while SOL is up"))
    assert [lexeme.text for lexeme in kept] == ["managing", "while", "while", "SOL", "is", "up"]
