"""The first difference between two requests, in words."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

__all__ = ["first_difference"]

_AROUND = 24
_LONGEST_SHOWN = 80


def first_difference(recorded: Mapping[str, Any], now: Mapping[str, Any]) -> str | None:
    """Return where canonical requests differ first and how, or None: tools, then messages, then the rest."""
    tools = _tools_difference(recorded.get("tools", []), now.get("tools", []))
    messages = _messages_difference(recorded["messages"], now["messages"])
    return tools or messages or _rest_difference(recorded, now)


def _tools_difference(recorded: Sequence[Any], now: Sequence[Any]) -> str | None:
    before = {tool["function"]["name"]: tool["function"] for tool in recorded}
    after = {tool["function"]["name"]: tool["function"] for tool in now}
    for name in sorted(before.keys() | after.keys()):
        if name not in after:
            return f"tool {name} is no longer offered"
        if name not in before:
            return f"tool {name} is new"
        found = _difference(before[name], after[name], "")
        if found:
            return f"tool {name}{found}"
    return None if list(before) == list(after) else "the tools come in another order"


def _messages_difference(recorded: Sequence[Any], now: Sequence[Any]) -> str | None:
    for number, (before, after) in enumerate(zip(recorded, now, strict=False), start=1):
        found = _difference(before, after, "")
        if found:
            return f"message {number} ({after['role']}){found}"
    if len(recorded) == len(now):
        return None
    return f"there are {len(now)} messages where {len(recorded)} were recorded"


def _rest_difference(recorded: Mapping[str, Any], now: Mapping[str, Any]) -> str | None:
    apart = {"tools", "messages", "tool_choice"}
    before, after = ({key: value for key, value in one.items() if key not in apart} for one in (recorded, now))
    found = _difference(before, after, "")
    return f"the parameters differ{found}" if found else None


def _difference(before: object, after: object, path: str) -> str | None:
    if before == after:
        return None
    if isinstance(before, dict) and isinstance(after, dict):
        key = next(key for key in sorted(before.keys() | after.keys()) if before.get(key) != after.get(key))
        return _difference(before.get(key), after.get(key), f"{path}.{key}")
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        index = next(index for index, pair in enumerate(zip(before, after, strict=True)) if pair[0] != pair[1])
        return _difference(before[index], after[index], f"{path}[{index}]")
    where = f" at {path.removeprefix('.')}" if path else ""
    if isinstance(before, str) and isinstance(after, str):
        return f"{where}{_text_difference(before, after)}"
    return f"{where}: recorded {_shown(before)}, now {_shown(after)}"


def _text_difference(before: str, after: str) -> str:
    pairs = enumerate(zip(before, after, strict=False))
    at = next((index for index, (old, new) in pairs if old != new), min(len(before), len(after)))
    start = max(0, at - _AROUND)
    old, new = (_shown(text[start : at + 2 * _AROUND]) for text in (before, after))
    return f", character {at + 1}: recorded {old}, now {new}"


def _shown(value: object) -> str:
    text = "nothing" if value is None else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"
