"""An error shown under the sentence that it is about."""

from __future__ import annotations

import unicodedata

from reev_types.errors import TextPlace, UserError

__all__ = ["pointed_at"]

_WIDTH = 72


def pointed_at(error: UserError) -> str:
    """Return message, sentence with carets, and what would work, for a terminal.

    Control characters and invisible ones are shown as dots; a long sentence is cut around the place.
    """
    lines = [f"{error.message} [{error.code}]"]
    if isinstance(error.place, TextPlace) and error.place.text:
        lines += _carets(error.place)
    lines += [f"  try: {suggestion}" for suggestion in error.suggestions[:3]]
    return "\n".join(lines)


def _carets(place: TextPlace) -> list[str]:
    first = max(0, place.start - _WIDTH // 2) if len(place.text) > _WIDTH else 0
    shown = "".join(_visible(character) for character in place.text[first : first + _WIDTH])
    before = _columns(shown[: place.start - first])
    length = max(1, _columns(shown[place.start - first : place.end - first]))
    return [f"  {shown}", "  " + " " * before + "^" * length]


def _visible(character: str) -> str:
    return character if character.isprintable() and not unicodedata.combining(character) else "·"


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
