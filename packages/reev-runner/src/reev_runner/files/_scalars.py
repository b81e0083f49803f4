"""What a plain scalar means: YAML 1.2, with numbers that never lose a digit.

``true``, ``false`` and ``null`` in their three spellings, decimal integers and decimal fractions; everything else is
text. So ``yes``, ``12:30:00``, ``0o17``, ``1_000`` and ``007`` are text.
"""

from __future__ import annotations

import re
from decimal import Decimal

from ._nodes import ScalarValue

__all__ = ["resolve_scalar"]

_WORDS: dict[str, bool | None] = {
    "": None,
    "~": None,
    **dict.fromkeys(("null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_FRACTION = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_LEADING_ZERO = re.compile(r"[-+]?0[0-9]+")
_MAX_DIGITS = 80
_MAX_EXPONENT = 60


def resolve_scalar(text: str) -> ScalarValue:
    """Return the value of a plain scalar.

    Raises ValueError for a number of more than 80 characters or an exponent beyond ±60, whose expansion could
    fill the memory.
    """
    if text in _WORDS:
        return _WORDS[text]
    if _LEADING_ZERO.fullmatch(text) or not _FRACTION.fullmatch(text):
        return text
    if len(text) > _MAX_DIGITS:
        raise ValueError("the number is too long")
    if _INTEGER.fullmatch(text):
        return int(text)
    number = Decimal(text)
    if abs(int(number.as_tuple().exponent)) > _MAX_EXPONENT:
        raise ValueError("the number's exponent is too large")
    return number
