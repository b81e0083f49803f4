"""Numerals: which digits mean which number, and which are not one number but a question.

Points separate decimals and commas separate thousands; whatever could be meant the European way is not read.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

__all__ = ["MULTIPLIERS", "NUMBER_WORDS", "VULGAR", "numeral_value"]

MULTIPLIERS = {"k": 1_000, "m": 1_000_000, "b": 1_000_000_000, "thousand": 1_000, "million": 1_000_000}
"""What multiplies the number before it, glued (``2.5k``) or as a word (``2.5 thousand``)."""

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen"
)
_ROUND = "twenty thirty forty fifty sixty seventy eighty ninety"
_UNITS = {word: value for value, word in enumerate(_SMALL.split(" "))}
_TENS = {word: value * 10 for value, word in enumerate(_ROUND.split(" "), start=2)}
_HYPHENATED = {
    f"{tens}-{ones}": _TENS[tens] + value for tens in _TENS for ones, value in _UNITS.items() if 0 < value < 10
}
NUMBER_WORDS = _UNITS | _TENS | _HYPHENATED | {"hundred": 100}

VULGAR = {"½": Fraction(1, 2), "⅓": Fraction(1, 3), "⅔": Fraction(2, 3), "¼": Fraction(1, 4), "¾": Fraction(3, 4)}

_PLAIN = re.compile(r"(?:0|[1-9]\d*)(?:\.\d+)?|\.\d+", re.ASCII)
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
_SCIENTIFIC = re.compile(r"(?:(?:0|[1-9]\d*)(?:\.\d+)?|\.\d+)[eE][+-]?\d{1,2}", re.ASCII)
_FRACTION = re.compile(r"([1-9]\d{0,5})/([1-9]\d{0,5})", re.ASCII)


def numeral_value(text: str) -> Decimal | Fraction | None:
    """Return the number that ``text`` means beyond doubt; ``1/2`` is a Fraction; None when it is doubtful."""
    fraction = _FRACTION.fullmatch(text)
    if fraction is not None:
        return Fraction(int(fraction[1]), int(fraction[2]))
    if _GROUPED.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if _PLAIN.fullmatch(text) or _SCIENTIFIC.fullmatch(text):
        return Decimal(text)
    return None
