"""Server-sent events put back together into one chat completion."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, AsyncIterable, Mapping
from contextlib import aclosing
from typing import Any

__all__ = ["Assembly", "event_payloads"]


async def event_payloads(chunks: AsyncIterable[bytes]) -> AsyncGenerator[str, None]:
    """Yield the data of each event.

    Lines end at CR, LF or both and nowhere else: Unicode's other line separators may stand inside JSON.
    """
    data: list[str] = []
    async with aclosing(_lines(chunks)) as lines:
        async for line in lines:
            if line.startswith(b"data:"):
                data.append(line[5:].removeprefix(b" ").decode("utf-8", "replace"))
            elif not line and data:
                yield "\n".join(data)
                data = []
    if data:
        yield "\n".join(data)


async def _lines(chunks: AsyncIterable[bytes]) -> AsyncGenerator[bytes, None]:
    rest = b""
    async for chunk in chunks:
        # A CR at the very end may be the first half of CRLF, so it waits for what follows.
        pieces = (rest + chunk).replace(b"\r\n", b"\n").split(b"\n")
        rest = pieces.pop()
        for piece in pieces:
            for line in piece.split(b"\r"):
                yield line
    for line in rest.split(b"\r"):
        yield line


class Assembly:
    """Collects the chunks of a stream; ``completion`` is what one answer would have been."""

    def __init__(self) -> None:
        self._head: dict[str, Any] = {}
        self._texts: dict[str, list[str]] = {}
        self._calls: dict[int, dict[str, Any]] = {}
        self._finish_reason: str | None = None
        self._usage: Any = None
        self.error: Any = None
        """What the server reported in the middle of the stream."""
        self.is_over = False
        """Whether the stream said that nothing more comes."""
        self._has_choice = False

    @property
    def is_complete(self) -> bool:
        """Whether the answer is whole; its usage may still come."""
        return self._has_choice and (self.is_over or self._finish_reason is not None)

    def add(self, payload: str) -> None:
        """Take the data of one event; raises ValueError when it is not JSON."""
        if payload.strip() == "[DONE]":
            self.is_over = True
            return
        chunk = json.loads(payload)
        if not isinstance(chunk, dict):
            raise ValueError("an event is not a JSON object")
        self.error = chunk.get("error") or self.error
        self._usage = chunk.get("usage") or self._usage
        self._head |= {name: chunk[name] for name in ("id", "model") if chunk.get(name)}
        for choice in _dicts(chunk.get("choices")):
            if choice.get("index") in (0, None):
                self._add_choice(choice)

    def _add_choice(self, choice: Mapping[str, Any]) -> None:
        self._has_choice = True
        delta = choice.get("delta")
        if isinstance(delta, dict):
            for name in ("content", "reasoning_content", "refusal"):
                if isinstance(delta.get(name), str):
                    self._texts.setdefault(name, []).append(delta[name])
            for call in _dicts(delta.get("tool_calls")):
                self._add_call(call)
        reason = choice.get("finish_reason")
        if reason and isinstance(reason, str):
            self._finish_reason = reason

    def _add_call(self, call: Mapping[str, Any]) -> None:
        function = call.get("function")
        part = function if isinstance(function, dict) else {}
        known = self._calls.setdefault(self._position(call), {"id": "", "name": "", "arguments": []})
        if _is_id(call.get("id")):
            known["id"] = call["id"]
        name = part.get("name")
        # Some servers repeat the whole name with every fragment.
        if isinstance(name, str) and name != known["name"]:
            known["name"] += name
        arguments = part.get("arguments")
        if arguments is not None:
            known["arguments"].append(arguments if isinstance(arguments, str) else json.dumps(arguments))

    def _position(self, call: Mapping[str, Any]) -> int:
        index = call.get("index")
        if isinstance(index, int):
            return index
        # Servers that send whole calls leave the index out: a new id is a new call.
        last = max(self._calls, default=-1)
        return last + 1 if _is_id(call.get("id")) or last < 0 else last

    def completion(self) -> dict[str, Any]:
        """Return the chat completion that the chunks make up."""
        message: dict[str, Any] = {name: "".join(parts) for name, parts in self._texts.items()}
        message["role"] = "assistant"
        message["tool_calls"] = [
            {
                "id": call["id"],
                "type": "function",
                "function": {"name": call["name"], "arguments": "".join(call["arguments"])},
            }
            for _, call in sorted(self._calls.items())
        ]
        choice = {"index": 0, "message": message, "finish_reason": self._finish_reason}
        return self._head | {"choices": [choice], "usage": self._usage}


def _is_id(value: object) -> bool:
    return bool(value) if isinstance(value, str) else isinstance(value, int) and not isinstance(value, bool)


def _dicts(value: object) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
