"""What an error body says. The gateway documents no envelope, so every shape is read, and none is trusted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from pydantic_core import from_json

__all__ = ["Complaint", "complaint_in", "one_line", "snake_case"]

_TEXT_KEYS = ("error", "message", "errorMessage")
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}", re.ASCII)
_WORD_START = re.compile(r"(?<=[a-z0-9])(?=[A-Z])", re.ASCII)
_LONGEST_TEXT = 300


@dataclass(frozen=True, slots=True)
class Complaint:
    """``code`` is the ``errorCode`` as sent; ``structured`` tells an API's answer from a page of a proxy."""

    text: str
    code: str | None = None
    structured: bool = False


def complaint_in(body: bytes) -> Complaint:
    """Return what ``body`` complains of."""
    try:
        parsed = from_json(body)
    except ValueError:
        return Complaint(body.decode(errors="replace"))
    if not isinstance(parsed, dict):
        return Complaint(body.decode(errors="replace"))
    sent, text = parsed.get("errorCode"), _text(parsed)
    code = sent if isinstance(sent, str) and _CODE.fullmatch(sent) else None
    return Complaint(text or code or "", code, structured=bool(text or code))


def snake_case(code: str) -> str:
    """Return ``NO_ROUTES_FOUND`` or ``NoRoutesFound`` as ``no_routes_found``."""
    return _WORD_START.sub("_", code).lower()


def one_line(text: str) -> str:
    """Return ``text`` without line breaks and invisible characters, cut to 300 characters."""
    visible = "".join(character if character.isprintable() else " " for character in text)
    line = " ".join(visible.split())
    return line if len(line) <= _LONGEST_TEXT else line[: _LONGEST_TEXT - 1] + "…"


def _text(parsed: dict[str, Any]) -> str:
    for key in _TEXT_KEYS:
        said = parsed.get(key)
        text = _text(said) if isinstance(said, dict) else said
        if isinstance(text, str) and text.strip():
            return text
    return ""
