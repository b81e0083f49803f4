"""Parts of what is held: ``30%``, ``half of my SOL``, ``a third``; and the part of one token, ``half a SOL``."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from ._cursor import Cursor
from ._figures import check_conflict, take_number
from ._pointers import take_numbered_product, take_pointer
from ._quantities import Asset, Number, Part, Produce
from ._questions import ask_which_reading
from ._story import Story
from ._tokens import take_token
from ._vocabulary import MY

__all__ = ["take_fraction", "take_one", "take_percent", "take_share"]

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


def take_share(story: Story) -> Asset | None:
    """Read a share of a holding if one comes next, or None.

    Raises ``ask_which_reading`` for ``half SOL`` and where it is not clear whether all or what a step brings is shared.
    """
    cursor = story.cursor
    start = cursor.position
    percent = take_percent(cursor)
    fraction = percent if percent is not None else take_fraction(cursor)
    if fraction is None:
        cursor.position = start
        return None
    check_conflict(cursor, start)
    if percent is None and take_one(cursor):
        token = take_token(cursor, story.corrections)
        return Asset(Number(fraction, cursor.since(start)), token, cursor.since(start))
    return _part(story, fraction, start, bare_is_clear=percent is not None)


def _part(story: Story, fraction: Fraction, start: int, *, bare_is_clear: bool) -> Asset:
    cursor = story.cursor
    pointed = _pointed(story, fraction, start)
    if pointed is not None:
        return pointed
    linked = cursor.accept_phrase(MY)
    token = take_token(cursor, story.corrections)
    if token is not None and linked == ("of", "the"):
        produce = take_numbered_product(story, token, start)
        if produce is not None:
            return Asset(replace(produce, part=fraction), token, cursor.since(start))
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


def _pointed(story: Story, fraction: Fraction, start: int) -> Asset | None:
    """Read ``of it`` or ``of the proceeds`` if it comes next: a part of what the step before brings."""
    cursor = story.cursor
    position = cursor.position
    cursor.accept("of")
    pointed = take_pointer(story)
    if pointed is None:
        cursor.position = position
        return None
    place = cursor.since(start)
    if not isinstance(pointed.quantity, Produce):
        raise ask_which_reading(place, "a part of an amount is not computed", "give the amount itself")
    return pointed._replace(quantity=replace(pointed.quantity, place=place, part=fraction), place=place)


def take_percent(cursor: Cursor) -> Fraction | None:
    """Read ``30%`` if it comes next, or None; raises the questions of doubtful numbers."""
    start = cursor.position
    number = take_number(cursor)
    if number is None or not cursor.accept_one(("%", "percent", "pct")):
        cursor.position = start
        return None
    return Fraction(number.value) / 100


def take_fraction(cursor: Cursor) -> Fraction | None:
    """Read ``half``, ``a third`` or ``1/2`` if it comes next, or None."""
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


def take_one(cursor: Cursor) -> bool:
    """Read what makes a fraction one of a single token, as in ``half a SOL``, and tell whether it came next."""
    return cursor.accept("a") or cursor.accept("of", "a") or cursor.accept("of", "one")
