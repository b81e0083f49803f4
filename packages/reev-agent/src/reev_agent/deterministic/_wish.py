"""What an agent asks of a tool set."""

from __future__ import annotations

from typing import Any, NamedTuple

__all__ = ["Wish"]


class Wish(NamedTuple):
    """A tool and its arguments."""

    tool: str
    arguments: dict[str, Any]
