"""Parts of what is held: ``30%``, ``half of my SOL``, ``a third``; and the part of one token, ``half a SOL``."""

from __future__ import annotations

from fractions import Fraction

from ._cursor import Cursor
from ._figures import check_conflict, take_number
from ._quantities import Asset, Number, Part
from ._questions import ask_amount, ask_which_reading
from ._story import Story
from ._tokens import take_token
from ._vocabulary import MY

__all__ = ["take_share"]

_PARTS = {
    "half": 2,
    "halves": 2,
    "third": 3,
    "thirds": 3,
    "quarter": 4,
    "quarters": 4,
    "fourth": 4,
    "fifth": 5,
    "fifths": 5,
    "tenth": 10,
    "tenths": 10,
}
_COUNTS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4}
_POINTED = ("it", "them", "that", "those", "this", "proceeds", "result", "output")


def take_share(story: Story) -> Asset | None:
    """Read a share of a holding if one comes next, or None.

    Raises ``ask_which_reading`` for ``half SOL`` and ``ask_amount`` for a part of what a step brings, which no
    intent can express.
    """
    cursor = story.cursor
    start = cursor.position
    percent = _percent(cursor)
    fraction = percent if percent is not None else _fraction(cursor)
    if fraction is None:
        cursor.position = start
        return None
    check_conflict(cursor, start)
    if percent is None and _of_one(cursor):
        token = take_token(cursor, story.corrections)
        return Asset(Number(fraction, cursor.since(start)), token, cursor.since(start))
    return _part(story, fraction, start, bare_is_clear=percent is not None)


def _part(story: Story, fraction: Fraction, start: int, *, bare_is_clear: bool) -> Asset:
    cursor = story.cursor
    linked = cursor.accept_phrase(MY)
    place = cursor.since(start)
    if cursor.peek().word in _POINTED:
        raise ask_amount(
            cursor.since(start), "a part of what an earlier step brings cannot be given", "say it", "give an amount"
        )
    token = take_token(cursor, story.corrections)
    cursor.accept_one(("balance", "holdings", "holding", "position"))
    place = cursor.since(start)
    if token is None:
        return Asset(Part(fraction, place), None, place)
    if linked is None and not bare_is_clear:
        raise ask_which_reading(
            place,
            f"{fraction} of one {token.symbol}, or of all your {token.symbol}?",
            f"say {fraction} of my {token.symbol}",
            f"write the amount of {token.symbol} as a decimal",
        )
    if (linked is None or "my" not in linked) and story.may_mean_product(token):
        raise ask_which_reading(
            place,
            f"a part of all your {token.symbol}, or of what the earlier step brings?",
            f"say of my {token.symbol}",
        )
    check_conflict(cursor, start)
    return Asset(Part(fraction, place), token, place)


def _percent(cursor: Cursor) -> Fraction | None:
    start = cursor.position
    number = take_number(cursor)
    if number is None or not cursor.accept_one(("%", "percent", "pct")):
        cursor.position = start
        return None
    return Fraction(number.value) / 100


def _fraction(cursor: Cursor) -> Fraction | None:
    lexeme = cursor.peek()
    if isinstance(lexeme.value, Fraction) and lexeme.kind == "number":
        cursor.take()
        return lexeme.value
    if cursor.accept("half"):
        return Fraction(1, 2)
    count = _COUNTS.get(lexeme.word)
    part = _PARTS.get(cursor.peek(1).word)
    if count is None or part is None:
        return None
    cursor.position += 2
    return Fraction(count, part)


def _of_one(cursor: Cursor) -> bool:
    return cursor.accept("a") or cursor.accept("of", "a") or cursor.accept("of", "one")
