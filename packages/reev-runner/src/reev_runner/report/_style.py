"""How a report looks: marks that read without colour, and lines put together from plain pieces.

Nothing here parses markup, so foreign text can stand in any piece.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import Literal

from rich import box
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

__all__ = [
    "BAD",
    "FAINT",
    "GOOD",
    "STRONG",
    "UNSURE",
    "Detail",
    "Mark",
    "Piece",
    "command",
    "indented",
    "line",
    "mark_of",
    "table",
]

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


def table(*columns: str, right: tuple[str, ...] = ()) -> Table:
    """Return an empty table; cells fold where it is narrow, so that no amount is cut. Fill it with ``Text`` only."""
    made = Table(box=box.SIMPLE_HEAD, header_style=FAINT, pad_edge=False, show_edge=False)
    for name in columns:
        made.add_column(name, justify="right" if name in right else "left", overflow="fold")
    return made


def bullets(rows: Iterable[tuple[Text, Text]]) -> Table:
    """Return lines that start with a mark and wrap beside it."""
    made = Table.grid(padding=(0, 1))
    made.add_column(no_wrap=True)
    made.add_column(overflow="fold")
    for mark, text in rows:
        made.add_row(mark, text)
    return made


def indented(renderable: RenderableType) -> Padding:
    """Set something in under the headline before it."""
    return Padding.indent(renderable, 2)
