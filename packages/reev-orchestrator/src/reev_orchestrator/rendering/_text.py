"""Foreign text as data: on its line, without control characters, within its bounds."""

from __future__ import annotations

import json

from reev_types.addresses import is_address
from reev_types.amounts import format_ui
from reev_types.tokens import symbol_of

__all__ = ["block", "label", "line", "quoted", "ui"]

_MOST_CHARACTERS = 500


def line(text: str, most: int = _MOST_CHARACTERS) -> str:
    """Return ``text`` on one line of at most ``most`` characters; what cannot be seen becomes a space.

    Line breaks, escapes, bidirectional marks and zero-width characters are among what cannot be seen. A text
    that is cut ends in an ellipsis.
    """
    flat = text[: most + 1]
    if not flat.isprintable():
        flat = "".join(character if character.isprintable() else " " for character in flat)
    return flat if len(flat) <= most else f"{flat[: most - 1]}…"


def block(text: str) -> str:
    """Return ``text`` with its line breaks, what else cannot be seen being a space; nothing is cut."""
    if text.isprintable():
        return text
    return "\n".join(line(part, len(part)) for part in text.splitlines())


def quoted(text: str) -> str:
    """Return ``text`` as one line between quotation marks, those inside it escaped."""
    return json.dumps(line(text), ensure_ascii=False)


def ui(raw: int, decimals: int | None) -> str | None:
    """Return raw units as people read them, or None where the decimals are not known."""
    return None if decimals is None else format_ui(raw, decimals)


def label(mint: str) -> str:
    """Return how a mint is called: the registry's symbol, its shortened address, or a benchmark's name for it."""
    return symbol_of(mint) if is_address(mint) else line(mint, 64)
