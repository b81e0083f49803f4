"""Where reports are printed: a terminal of any width, or a pipe without colour."""

from __future__ import annotations

import codecs
import os
from typing import TextIO

from rich.console import Console

from ._style import STRONG, command, line

__all__ = ["console_on", "print_command"]

_PIPE_WIDTH = 100
_WIDEST = 120
"""Lines beyond this are hard to read, however wide the terminal."""

_ASCII = {"✓": "+", "✗": "x", "–": "-", "…": "...", "→": "->", "·": "|", "≥": ">=", "≤": "<=", "≠": "!=", "≈": "~"}


def _in_ascii(error: UnicodeError) -> tuple[str, int]:
    """Replace what an output cannot encode by its likeness in ASCII."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(_ASCII.get(character, "?") for character in error.object[error.start : error.end]), error.end


codecs.register_error("reev_ascii", _in_ascii)


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Leave a closed pipe to the program: rich would exit with 1, which says that a benchmark failed."""
        raise BrokenPipeError


def console_on(stream: TextIO) -> Console:
    """Return a console on ``stream`` that parses no markup; colour follows the terminal, NO_COLOR and FORCE_COLOR."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="reev_ascii")
    console = _Console(file=stream, highlight=False, markup=False, emoji=False)
    columns = os.environ.get("COLUMNS", "")
    if not stream.isatty() and not columns.isdecimal():
        console.width = _PIPE_WIDTH
    console.width = min(console.width, _WIDEST)
    return console


def print_command(console: Console, label: str, text: str, *, indent: str = "") -> None:
    """Print a labelled command in one line that can be copied, however long."""
    console.print(line(indent, (f"{label} ", STRONG), command(text)), soft_wrap=True)
