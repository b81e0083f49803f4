"""What a sentence about money may be made of: no invisible characters, no look-alikes, no mixed alphabets.

Nothing is normalised on the way: a ticker that only looks like SOL is refused where it stands, not repaired.
"""

from __future__ import annotations

import re
import unicodedata

from reev_types.errors import TextPlace, UserError

from ._questions import PHRASINGS

__all__ = ["MAX_CHARACTERS", "check_characters"]

MAX_CHARACTERS = 500
"""The longest sentence that is read."""

_LINE_SPACE = frozenset(" \t\r\n\u00a0")
_TYPOGRAPHIC = frozenset("½⅓⅔¼¾…")
_FORBIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Mn", "Mc", "Me", "Zl", "Zp"})
_LETTERS = re.compile(r"[^\W\d_]+")


def check_characters(text: str) -> None:
    """Raise UserError ``empty``, ``too_long`` or ``unsafe_character`` when ``text`` must not be read at all."""
    if len(text) > MAX_CHARACTERS:
        raise UserError(
            "too_long",
            f"the sentence has {len(text)} characters; at most {MAX_CHARACTERS} are read",
            place=TextPlace(text, MAX_CHARACTERS, len(text)),
            suggestions=("say it in fewer words", "give one instruction at a time"),
        )
    if not text.strip():
        place = TextPlace(text, 0, len(text))
        raise UserError("empty", "there is no sentence", place=place, suggestions=PHRASINGS)
    for index, character in enumerate(text):
        if (not character.isascii() and _is_unsafe(character)) or _is_control(character):
            raise _unsafe(text, index, index + 1, f"the character {_named(character)} is not read")
    for run in _LETTERS.finditer(text):
        if len(_alphabets(run.group())) > 1:
            raise _unsafe(text, run.start(), run.end(), f"{run.group()!r} mixes letters of several alphabets")


def _is_control(character: str) -> bool:
    return character not in _LINE_SPACE and unicodedata.category(character) in _FORBIDDEN_CATEGORIES


def _is_unsafe(character: str) -> bool:
    if character in _LINE_SPACE or character in _TYPOGRAPHIC:
        return False
    return unicodedata.normalize("NFKC", character) != character or unicodedata.category(character) in {
        "Nd",
        "No",
        "Zs",
    }


def _alphabets(word: str) -> frozenset[str]:
    return frozenset(unicodedata.name(letter, "UNKNOWN").partition(" ")[0] for letter in word)


def _named(character: str) -> str:
    return f"U+{ord(character):04X} ({unicodedata.name(character, 'unnamed')})"


def _unsafe(text: str, start: int, end: int, message: str) -> UserError:
    return UserError(
        "unsafe_character",
        message,
        place=TextPlace(text, start, end),
        suggestions=("type the word again on a plain keyboard", "give the token's mint address"),
    )
