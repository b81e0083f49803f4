"""Foreign text made safe to show.

What a file, a chain or a model wrote is data: it can neither steer a terminal nor reorder or flood a line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

__all__ = ["one_line", "shortened", "visible_lines"]

_REPLACEMENT = "\ufffd"
_LINE_LIMIT = 1_000
_MAX_MARKS = 3
"""Combining marks kept on one character; scripts need up to three, more only hide the lines around."""

# CSI sequences (colours, cursor) and terminated OSC ones (titles, links); a lone escape falls to _REPLACEMENT.
# No class matches the start of another sequence, so the time stays linear.
_ESCAPES = re.compile(r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b\]|\x9d)[^\x07\x1b\x9c\x9d]*(?:\x07|\x1b\\|\x9c)")


def one_line(text: str, limit: int = 200) -> str:
    """Return at most ``limit`` visible characters of ``text`` on one line, with ``…`` where something was cut.

    White space becomes single spaces, terminal escapes vanish, and every other control, format, surrogate or
    unassigned character becomes U+FFFD.
    """
    # Escapes and white space may vanish; looking at some more of the text than is shown keeps the work bounded.
    start = text[: 4 * limit]
    shown = "".join(_visible(" ".join(_ESCAPES.sub("", start).split())))
    return shown if len(shown) <= limit and len(start) == len(text) else f"{shown[:limit].rstrip()}…"


def visible_lines(text: str, limit: int) -> list[str]:
    """Return at most ``limit`` lines of ``text``, each made visible, and a note where lines were left out."""
    lines = text.splitlines()
    shown = [one_line(line, _LINE_LIMIT) for line in lines[:limit]]
    return shown if len(lines) <= limit else [*shown, f"… {len(lines) - limit} more lines"]


def shortened(text: str) -> str:
    """Return the ends of an address or signature, such as ``EPjF…Dt1v``."""
    safe = one_line(text, limit=100)
    return safe if len(safe) <= 12 else f"{safe[:4]}…{safe[-4:]}"


def _visible(text: str) -> Iterator[str]:
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.category(character).startswith("M") else 0
        if marks <= _MAX_MARKS:
            yield character if character.isprintable() else _REPLACEMENT
