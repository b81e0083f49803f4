"""How a report looks: marks that read without colour, and lines put together from plain pieces.

Nothing here parses markup, so foreign text can stand in any piece.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Literal

from rich.text import Text

__all__ = ["BAD", "FAINT", "GOOD", "STRONG", "UNSURE", "Detail", "Mark", "Piece", "command", "line", "mark_of"]

GOOD = "green"
BAD = "red"
UNSURE = "yellow"
FAINT = "dim"
STRONG = "bold"

Piece = str | tuple[str, str] | Text
"""Text as it is, or with a style."""

Mark = Literal["✓", "✗", "–"]


class Detail(IntEnum):
    """How much of a run is shown."""

    BRIEF = 0
    FULL = 1
    VERBOSE = 2


def line(*pieces: Piece) -> Text:
    """Put a line together."""
    return Text.assemble(*pieces)


def mark_of(good: bool | None) -> tuple[Mark, str]:
    """Return the mark and style of a verdict; None stands for none."""
    if good is None:
        return "–", UNSURE
    return ("✓", GOOD) if good else ("✗", BAD)


def command(text: str) -> Text:
    """Return a command to copy: never wrapped or cut."""
    return Text(text, style="cyan", no_wrap=True, overflow="ignore")
