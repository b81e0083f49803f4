"""The tokeniser: a sentence as words, numbers, addresses, quotations and signs, each with its place.

It is strict where money is at stake: a number and what is glued to it are told apart by rules, and where two rules
apply (``1mSOL``) the lexeme says so. Nothing is raised here; whoever needs the number raises.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from reev_types.addresses import is_address
from reev_types.tokens import token_named

from ._numbers import MULTIPLIERS, VULGAR, numeral_value

__all__ = ["Doubt", "Lexeme", "tokenise"]

Doubt = Literal["number", "unit", "million"]
"""Why a number is not beyond doubt: its digits, what is glued to it, or an ``m`` that could be milli or million."""


class Lexeme(NamedTuple):
    """A piece of the sentence, at ``[start, end)`` of it."""

    kind: Literal["word", "number", "multiple", "address", "quoted", "sign"]
    text: str
    start: int
    end: int
    value: Decimal | Fraction | None = None
    doubt: Doubt | None = None

    @property
    def word(self) -> str:
        """The text in lower case with plain apostrophes; empty for what is neither a word nor a sign."""
        return self.text.lower().replace("’", "'") if self.kind in ("word", "sign") else ""


_PIECE = re.compile(
    r"""
      (?P<space>\s+)
    | (?P<quoted>"[^"]*"? | “[^”]*”? | «[^»]*»? | `[^`]*`? | (?<!\w)['‘](?=\w)[^'’]*['’](?!\w))
    | (?P<vulgar>[½⅓⅔¼¾])
    | (?P<run>[A-Za-z0-9]{20,})
    | (?P<number>(?:\d|\.\d)[\d.,'_]*(?:[eE][+-]?\d+)?(?:/\d+)?)(?P<glued>[^\W\d_]\w*)?
    | (?P<word>[^\W\d_]\w*(?:['’.\-][^\W_]\w*)*)
    | (?P<arrow>->|=>|→)
    | (?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_TRAILING = ".,'_"


def tokenise(text: str) -> tuple[Lexeme, ...]:
    """Return the lexemes of ``text`` in order; every character but white space belongs to exactly one."""
    lexemes: list[Lexeme] = []
    position = 0
    while position < len(text):
        piece = _PIECE.match(text, position)
        assert piece is not None, "the last alternative takes any character"
        found = _lexemes(piece)
        lexemes += found
        position = found[-1].end if found else piece.end()
    return tuple(lexemes)


def _lexemes(piece: re.Match[str]) -> list[Lexeme]:
    start, end, text = piece.start(), piece.end(), piece.group()
    match piece.lastgroup:
        case "space":
            return []
        case "quoted":
            return [Lexeme("quoted", text, start, end)]
        case "vulgar":
            return [Lexeme("number", text, start, end, VULGAR[text])]
        case "run" if _is_addresslike(text):
            return [Lexeme("address", text, start, end)]
        case "run":
            return _reread(text, start)
        case "number" | "glued":
            return _number(piece["number"], piece["glued"] or "", start)
        case "arrow":
            return [Lexeme("sign", "→", start, end)]
        case "word":
            return [Lexeme("word", text, start, end)]
        case _:
            return [Lexeme("sign", text, start, end)]


def _is_addresslike(run: str) -> bool:
    """Tell an address, whole or mangled, from a long number or a long word."""
    return is_address(run) or not (run.isalpha() or re.fullmatch(r"\d+[A-Za-z]{0,6}", run))


def _reread(run: str, start: int) -> list[Lexeme]:
    digits = re.match(r"\d*", run)
    assert digits is not None, "an empty match is a match"
    if not digits.group():
        return [Lexeme("word", run, start, start + len(run))]
    return _number(digits.group(), run[digits.end() :], start)


def _number(numeral: str, glued: str, start: int) -> list[Lexeme]:
    if not glued:
        numeral = numeral.rstrip(_TRAILING)
    value = numeral_value(numeral)
    end = start + len(numeral)
    number = Lexeme("number", numeral, start, end, value, None if value is not None else "number")
    if not glued:
        return [number]
    return _glued(number, glued)


def _glued(number: Lexeme, glued: str) -> list[Lexeme]:
    """Split a number from what hangs on it: a multiple, a multiplier, a unit."""
    end = number.end + len(glued)
    lower = glued.lower()
    whole = number._replace(text=number.text + glued, end=end)
    if lower == "x":
        return [whole._replace(kind="multiple")]
    if lower in ("k", "m", "b"):
        return [_multiplied(whole, lower)]
    if lower[0] in ("k", "m", "b") and token_named(glued[1:]) is not None:
        if lower[0] == "k" and token_named(glued) is None:
            amount = number._replace(text=number.text + glued[0], end=number.end + 1)
            return [_multiplied(amount, "k"), Lexeme("word", glued[1:], amount.end, end)]
        return [whole._replace(doubt="unit")]
    if lower[0] == "x" or any(character.isnumeric() for character in glued):
        return [whole._replace(doubt="number", value=None)]
    return [number, Lexeme("word", glued, number.end, end)]


def _multiplied(number: Lexeme, letter: str) -> Lexeme:
    if not isinstance(number.value, Decimal):
        return number._replace(doubt="number", value=None)
    doubt: Doubt | None = "million" if letter == "m" else None
    return number._replace(value=number.value * MULTIPLIERS[letter], doubt=doubt)
