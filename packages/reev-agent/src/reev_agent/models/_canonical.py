"""Requests as one canonical JSON, whose hash tells whether two of them are the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from reev_types.tools import ToolSpec

from ._chat import ChatRequest
from ._request import request_body, tool_json

__all__ = ["canonical_request", "request_hash", "tools_hash"]


def canonical_request(request: ChatRequest, model: str) -> dict[str, Any]:
    """Return what the model is sent, the same for every endpoint that serves it."""
    return request_body(request, model)


def request_hash(request: ChatRequest, model: str) -> str:
    """Return the SHA-256 of the canonical request as 64 hexadecimal digits."""
    return _digest(canonical_request(request, model))


def tools_hash(tools: Sequence[ToolSpec]) -> str:
    """Return the SHA-256 of what a model is told of ``tools``."""
    return _digest([tool_json(tool) for tool in tools])


def _digest(value: object) -> str:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
