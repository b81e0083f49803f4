"""Messages in the form that the conventions give to content."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, assert_never

from reev_agent.models import AssistantMessage, ChatMessage, SystemMessage, ToolMessage, UserMessage

__all__ = ["message_parts", "system_parts"]

_Part = dict[str, Any]


def system_parts(messages: Sequence[ChatMessage]) -> list[_Part]:
    """Return the instructions that hold for the whole conversation."""
    return [_text(message.text) for message in messages if isinstance(message, SystemMessage)]


def message_parts(message: ChatMessage) -> _Part:
    """Return a message as its role and parts."""
    match message:
        case SystemMessage(text=text):
            return {"role": "system", "parts": [_text(text)]}
        case UserMessage(text=text):
            return {"role": "user", "parts": [_text(text)]}
        case ToolMessage(call_id=call_id, text=text):
            return {"role": "tool", "parts": [{"type": "tool_call_response", "id": call_id, "response": text}]}
        case AssistantMessage():
            return {"role": "assistant", "parts": _assistant(message)}
        case _:
            assert_never(message)


def _assistant(message: AssistantMessage) -> list[_Part]:
    thoughts = [{"type": "reasoning", "content": message.reasoning}] if message.reasoning else []
    words = [_text(message.text)] if message.text else []
    calls = [
        {"type": "tool_call", "id": call.call_id, "name": call.name, "arguments": call.arguments}
        for call in message.tool_calls
    ]
    return [*thoughts, *words, *calls]


def _text(content: str) -> _Part:
    return {"type": "text", "content": content}
