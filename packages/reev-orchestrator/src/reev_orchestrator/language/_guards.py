"""Sentences that are recognised and not carried out: quotations, questions, negations, conditions, schedules."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from reev_types.errors import TextPlace, UserError

from ._lexemes import Lexeme
from ._questions import refusal
from ._vocabulary import CONDITIONS, NEGATIONS, OPTIONS, POLITE_QUESTIONS, QUESTIONS, SCHEDULES, VENUES

__all__ = ["check_guards", "is_polite", "is_question", "question"]


class _Guard(NamedTuple):
    code: str
    message: str
    suggestion: str
    applies: Callable[[tuple[Lexeme, ...], int], bool]


def _among(words: frozenset[str]) -> Callable[[tuple[Lexeme, ...], int], bool]:
    return lambda lexemes, index: lexemes[index].word in words


def _is_quoted(lexemes: tuple[Lexeme, ...], index: int) -> bool:
    return lexemes[index].kind == "quoted"


def _is_schedule(lexemes: tuple[Lexeme, ...], index: int) -> bool:
    word = lexemes[index].word
    following = lexemes[index + 1 : index + 3]
    if word == "next":
        return bool(following) and following[0].word in {"time"} | SCHEDULES
    if word == ":":
        return lexemes[index - 1].kind == "number" and bool(following) and following[0].kind == "number"
    if word in ("am", "pm"):
        return lexemes[index - 1].kind == "number"
    return word in SCHEDULES


def _is_foreign_currency(lexemes: tuple[Lexeme, ...], index: int) -> bool:
    coin = index + 1 < len(lexemes) and lexemes[index + 1].word == "coin"
    return lexemes[index].word in _CURRENCIES and not (coin and lexemes[index].word == "euro")


_CURRENCIES = frozenset({"€", "£", "¥", "euro", "euros", "eur", "pounds", "gbp", "yen"})
_GUARDS = (
    _Guard("quoted_text", "text in quotes is not read as an instruction", "leave the quotation out", _is_quoted),
    _Guard("negation", "a negated sentence is not carried out", "say only what to do", _among(NEGATIONS)),
    _Guard("schedule", "nothing is carried out later or repeatedly", "say what to do now", _is_schedule),
    _Guard("condition", "nothing is carried out on a condition", "say what to do now", _among(CONDITIONS)),
    _Guard("unsupported_option", "this option cannot be given in a sentence", "leave it out", _among(OPTIONS)),
    _Guard("unsupported_venue", "reev knows no venue but Jupiter", "say on Jupiter, or no venue", _among(VENUES)),
    _Guard(
        "unsupported_currency",
        "amounts of value are read in US dollars only",
        "give the amount in dollars or in the token",
        _is_foreign_currency,
    ),
)


def check_guards(text: str, lexemes: tuple[Lexeme, ...]) -> None:
    """Raise UserError for the first lexeme that makes the whole sentence one that is not carried out."""
    for index, lexeme in enumerate(lexemes):
        for guard in _GUARDS:
            if guard.applies(lexemes, index):
                place = TextPlace(text, lexeme.start, lexeme.end)
                raise refusal(guard.code, f"{lexeme.text[:40]!r}: {guard.message}", place, guard.suggestion)


def is_polite(lexemes: tuple[Lexeme, ...]) -> bool:
    """Tell whether a sentence begins like ``could you``, so that a question mark makes it no question."""
    words = tuple(lexeme.word for lexeme in lexemes)
    return any(words[: len(opener)] == opener for opener in POLITE_QUESTIONS)


def is_question(lexemes: tuple[Lexeme, ...]) -> bool:
    """Tell whether a sentence begins like a question."""
    first = tuple(lexeme.word for lexeme in lexemes[:2])
    return first in {("can", "i"), ("could", "i")} or (first[0] in QUESTIONS and first != ("do", "not"))


def question(place: TextPlace) -> UserError:
    """Return the refusal of a question."""
    return refusal(
        "question",
        "questions are not answered here; only instructions are carried out",
        place,
        "swap 0.1 SOL to USDC",
        "show my balances",
        "show my lending positions",
    )
