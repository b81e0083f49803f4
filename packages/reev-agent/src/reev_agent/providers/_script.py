"""Scripts of replies: JSON, a list for every step or an object of lists by step id.

A reply is ``{"content": "text"}`` or ``{"tool_calls": [{"name": "sol_transfer", "arguments": {…}}]}``.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from reev_agent.models import AssistantMessage, ChatReply, Script, ToolRequest
from reev_types.errors import FilePlace, UsageError

__all__ = ["read_script"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Call(_Part):
    name: str
    arguments: dict[str, Any] | str = {}


class _Reply(_Part):
    content: str = ""
    tool_calls: tuple[_Call, ...] = ()


_FILE: TypeAdapter[list[_Reply] | dict[str, list[_Reply]]] = TypeAdapter(list[_Reply] | dict[str, list[_Reply]])


def read_script(path: Path) -> Script:
    """Return the script in a file; raises UsageError ``bad_script``."""
    try:
        script = _FILE.validate_json(path.read_bytes())
    except OSError as error:
        raise _bad(path, error.strerror or "it cannot be read") from None
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        raise _bad(path, f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}") from None
    if isinstance(script, list):
        return [_reply(reply) for reply in script]
    return {step_id: [_reply(reply) for reply in replies] for step_id, replies in script.items()}


def _reply(reply: _Reply) -> ChatReply:
    calls = tuple(
        ToolRequest(
            f"call_{number}",
            call.name,
            call.arguments if isinstance(call.arguments, str) else json.dumps(call.arguments),
        )
        for number, call in enumerate(reply.tool_calls, start=1)
    )
    return ChatReply(AssistantMessage(reply.content, calls), "tool_calls" if calls else "stop")


def _bad(path: Path, reason: str) -> UsageError:
    return UsageError("bad_script", f"this is not a script of replies: {reason}", place=FilePlace(str(path)))
