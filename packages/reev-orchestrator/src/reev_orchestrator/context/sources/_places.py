"""Where a value stands in the text of a JSON document."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from reev_types.errors import FilePlace

__all__ = ["place_in", "place_of_value"]

_SPACE = re.compile(r"[ \t\r\n]*")
_SEPARATOR = re.compile(r"[ \t\r\n]*[:,][ \t\r\n]*")
_DECODER = json.JSONDecoder()


def place_of_value(path: str, text: str, keys: Sequence[object]) -> FilePlace:
    """Return the place of the value that ``keys`` lead to in valid JSON; keys that are not there end the way."""
    at = _after(_SPACE, text, 0)
    for key in keys:
        inside = _member(text, at, str(key)) if text[at] == "{" else None
        if inside is None:
            break
        at = inside
    return place_in(path, text, at)


def place_in(path: str, text: str, at: int) -> FilePlace:
    """Return line and column of a position, both from 1."""
    return FilePlace(path, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))


def _member(text: str, at: int, key: str) -> int | None:
    at = _after(_SPACE, text, at + 1)
    while text[at] != "}":
        name, end = _DECODER.raw_decode(text, at)
        at = _after(_SEPARATOR, text, end)
        if name == key:
            return at
        _, end = _DECODER.raw_decode(text, at)
        at = _after(_SPACE, text, end)
        if text[at] == ",":
            at = _after(_SEPARATOR, text, at)
    return None


def _after(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at
