"""Messages in the form that the conventions give to content."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, assert_never

from reev_agent.models import (
    AssistantMessage,
    ChatMessage,
    ChatReply,
    ChatRequest,
    SystemMessage,
    ToolMessage,
    UserMessage,
    tool_json,
)

__all__ = ["arguments_text", "reply_content", "request_content"]

_Part = dict[str, Any]


def request_content(request: ChatRequest) -> dict[str, str]:
    """Return the attributes that hold what a model is sent."""
    system = [_text(message.text) for message in request.messages if isinstance(message, SystemMessage)]
    return {
        "gen_ai.system_instructions": _json(system),
        "gen_ai.input.messages": _json([_parts(message) for message in request.messages]),
        "gen_ai.tool.definitions": _json([tool_json(tool) for tool in request.tools]),
    }


def reply_content(reply: ChatReply) -> dict[str, str]:
    """Return the attribute that holds what a model said."""
    return {"gen_ai.output.messages": _json([_parts(reply.message)])}


def arguments_text(arguments: str | Mapping[str, Any]) -> str:
    """Return the arguments of a tool call as JSON, or the text that came in its place."""
    return arguments if isinstance(arguments, str) else _json(arguments)


def _parts(message: ChatMessage) -> _Part:
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


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
