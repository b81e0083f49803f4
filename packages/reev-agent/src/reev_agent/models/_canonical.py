"""Requests as one canonical JSON, whose hash tells whether two of them are the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from reev_types.tools import ToolSpec

from ._chat import ChatRequest
from ._request import request_body, tool_json

__all__ = ["canonical_request", "request_hash", "tools_hash"]


def canonical_request(request: ChatRequest, model: str) -> dict[str, Any]:
    """Return what the model is sent, the same for every endpoint that serves it."""
    return request_body(request, model)


def request_hash(request: ChatRequest, model: str) -> str:
    """Return a SHA-256 of everything in the canonical request as 64 hexadecimal digits."""
    # Tools are nine tenths of a request and the same in all of them, so their hash stands for them.
    rest = request_body(replace(request, tools=()), model)
    return _digest([rest, tools_hash(request.tools)])


def tools_hash(tools: Sequence[ToolSpec]) -> str:
    """Return the SHA-256 of what a model is told of ``tools``."""
    return _tools_digest(_Offer(tools))


class _Offer:
    """Tools as the key of a cache, equal where they are the same objects: their schemas cannot be hashed."""

    __slots__ = ("_ids", "tools")

    def __init__(self, tools: Sequence[ToolSpec]) -> None:
        self.tools = tuple(tools)
        self._ids = tuple(map(id, self.tools))

    def __hash__(self) -> int:
        return hash(self._ids)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Offer) and self._ids == other._ids


@lru_cache(maxsize=64)
def _tools_digest(offer: _Offer) -> str:
    return _digest([tool_json(tool) for tool in offer.tools])


def _digest(value: object) -> str:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
