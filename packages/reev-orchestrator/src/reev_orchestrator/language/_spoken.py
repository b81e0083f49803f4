"""Numbers as they are spoken: ``twenty five``, ``one hundred and fifty``, ``zero point one``, ``two and a half``."""

from __future__ import annotations

from decimal import Decimal

from ._cursor import Cursor
from ._numbers import MULTIPLIERS, NUMBER_WORDS
from ._questions import ask_which_amount

__all__ = ["take_half_more", "take_spoken"]

_DIGITS = {word: value for word, value in NUMBER_WORDS.items() if value < 10}
_TENS = {word: value for word, value in NUMBER_WORDS.items() if 20 <= value < 100 and value % 10 == 0}
_BELOW_HUNDRED = {word: value for word, value in NUMBER_WORDS.items() if 0 < value < 100}
_SCALES = ("thousand", "million")


def take_spoken(cursor: Cursor) -> Decimal | None:
    """Read a number in words if one comes next, or None.

    Raises ``ask_which_amount`` where what follows ``point`` is not said digit by digit.
    """
    start = cursor.position
    if cursor.accept("zero"):
        whole: int | None = 0
    elif cursor.sees("point") and cursor.peek(1).word in _DIGITS:
        whole = 0
    else:
        whole = _thousands(cursor)
    if whole is None:
        cursor.position = start
        return None
    return _pointed(cursor, whole, start)


def take_half_more(cursor: Cursor) -> bool:
    """Read ``and a half`` if it comes next, and tell whether it did."""
    return cursor.accept("and", "a", "half")


def _thousands(cursor: Cursor) -> int | None:
    """Read ``[two hundred thousand] [one hundred [and] fifty]``."""
    if cursor.sees("a", "thousand") or cursor.sees("a", "million"):
        cursor.take()
        return 1
    high = _hundreds(cursor)
    if high is None or not cursor.accept("thousand"):
        return high
    low = _after(cursor, "thousand")
    return high * MULTIPLIERS["thousand"] + low


def _hundreds(cursor: Cursor) -> int | None:
    """Read ``[two] hundred [[and] fifty]`` or ``twenty five``."""
    if cursor.accept("a", "hundred"):
        return 100 + _after(cursor, "hundred")
    count = _below_hundred(cursor)
    if count is None or not cursor.accept("hundred"):
        return count
    return count * 100 + _after(cursor, "hundred")


def _after(cursor: Cursor, scale: str) -> int:
    """Read what follows ``hundred`` or ``thousand``; 0 where nothing belonging to it does."""
    start = cursor.position
    cursor.accept("and")
    low = _hundreds(cursor) if scale == "thousand" else _below_hundred(cursor)
    if low is None or cursor.sees("hundred") or (scale == "thousand" and cursor.peek().word in _SCALES):
        cursor.position = start
        return 0
    return low


def _below_hundred(cursor: Cursor) -> int | None:
    word = cursor.accept_one(_BELOW_HUNDRED)
    if word is None:
        return None
    ones = cursor.peek().word
    if word in _TENS and _DIGITS.get(ones, 0):
        cursor.take()
        return _TENS[word] + _DIGITS[ones]
    return _BELOW_HUNDRED[word]


def _pointed(cursor: Cursor, whole: int, start: int) -> Decimal:
    """Read ``point two five``, and refuse ``point twenty five``."""
    if not cursor.accept("point"):
        return Decimal(whole)
    digits = ""
    while (word := cursor.accept_one(_DIGITS)) is not None:
        digits += str(_DIGITS[word])
    if not digits or cursor.peek().word in NUMBER_WORDS:
        raise ask_which_amount(cursor.since(start), "which digits follow the point?", "write 0.25")
    return Decimal(f"{whole}.{digits}")
