"""Replies of a model in few words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from reev_agent.models import AssistantMessage, ChatReply, ToolRequest
from reev_types.models import TokenUsage

__all__ = ["said", "wants"]


def said(text: str, finish_reason: str = "stop") -> ChatReply:
    """Return a reply of plain text: 100 tokens in, 10 out."""
    return ChatReply(AssistantMessage(text=text), finish_reason, TokenUsage(input_tokens=100, output_tokens=10))


def wants(*calls: tuple[str, Mapping[str, Any] | str], finish_reason: str = "tool_calls") -> ChatReply:
    """Return a reply that calls tools, each given by name and arguments: 100 tokens in, 20 out.

    Arguments given as text are sent as they are.
    """
    requests = tuple(
        ToolRequest(f"call_{number}", name, given if isinstance(given, str) else json.dumps(given))
        for number, (name, given) in enumerate(calls, start=1)
    )
    usage = TokenUsage(input_tokens=100, output_tokens=20)
    return ChatReply(AssistantMessage(tool_calls=requests), finish_reason, usage)
