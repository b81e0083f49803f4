"""Numbers in a sentence: digits, words, multipliers, and the conflicts between them."""

from __future__ import annotations

from decimal import Decimal

from reev_types.errors import TextPlace

from ._cursor import Cursor
from ._lexemes import Lexeme
from ._numbers import MULTIPLIERS, NUMBER_WORDS
from ._quantities import Number
from ._questions import ask_which_amount, ask_which_reading
from ._spoken import take_half_more, take_spoken

__all__ = ["check_conflict", "take_number"]

_HUNDRED, _THOUSAND = 100, 1_000
_SCALES = ("hundred", "thousand", "million", "k", "m", "b")
_BETWEEN_NUMBERS = frozenset(["(", ",", "or", "-", "–", "—", "/", "i", "mean", "wait", "actually", "make"])


def take_number(cursor: Cursor) -> Number | None:
    """Read a number if one comes next, or None; a Fraction when written as one.

    Raises ``ask_which_amount`` or ``ask_which_reading`` for digits in doubt.
    """
    start = cursor.position
    if cursor.peek().kind == "number":
        return _multiplied(cursor, _digits(cursor), start)
    spoken = take_spoken(cursor)
    return None if spoken is None else _multiplied(cursor, Number(spoken, cursor.since(start)), start)


def _digits(cursor: Cursor) -> Number:
    place = cursor.here()
    lexeme = cursor.take()
    if lexeme.doubt == "unit":
        raise ask_which_reading(
            place,
            f"{lexeme.text!r}: which unit is meant?",
            "put a space between number and token",
            "write the number out",
        )
    if lexeme.value is None:
        raise ask_which_amount(place, *_doubtful(lexeme))
    return Number(lexeme.value, place, maybe_milli=lexeme.doubt == "million")


def _doubtful(lexeme: Lexeme) -> tuple[str, str]:
    return (
        f"{lexeme.text!r} is not one number beyond doubt",
        "write a point before decimals and no leading zeros, such as 1250.5",
    )


def _multiplied(cursor: Cursor, number: Number, start: int) -> Number:
    """Apply ``hundred``, ``thousand``, ``million``; a plain ``m`` apart from its number stays a question."""
    value = number.value
    if not isinstance(value, Decimal):
        return number
    lexeme = cursor.lexemes[start]
    glued = lexeme.kind == "number" and lexeme.text[-1].isalpha()
    if value < _THOUSAND and not glued:
        value = _scaled(cursor, value)
    if cursor.accept_one(_SCALES) or take_half_more(cursor):
        raise ask_which_amount(cursor.since(start), "how much is this?", "write the number out")
    return Number(value, cursor.since(start), maybe_milli=number.maybe_milli)


def _scaled(cursor: Cursor, value: Decimal) -> Decimal:
    """Read ``[and a half] [hundred] [thousand]`` after a number below a thousand and return what it comes to."""
    if value == value.to_integral_value() and take_half_more(cursor):
        value += Decimal("0.5")
    if value < _HUNDRED and cursor.accept("hundred"):
        value *= 100
    word = cursor.accept_one(("thousand", "million", "k"))
    return value if word is None else value * MULTIPLIERS[word]


def check_conflict(cursor: Cursor, start: int) -> None:
    """Raise ``ask_which_amount`` when another number follows where none belongs."""
    ahead = 0
    while cursor.peek(ahead).word in _BETWEEN_NUMBERS and ahead < len(cursor.lexemes):
        ahead += 1
    following = cursor.peek(ahead)
    if following.kind == "number" or following.word in NUMBER_WORDS:
        first = cursor.lexemes[start]
        raise ask_which_amount(
            TextPlace(cursor.text, first.start, following.end), "two amounts in one place", "keep one of them"
        )
