"""A model's words as they go back to it and on record.

Servers reject or choke on a history with odd tool names, missing call ids, arguments that are no JSON, or text that is
not Unicode, and the model that wrote them would never get the chance to correct itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace

from reev_agent.models import AssistantMessage, ToolRequest
from reev_types.tools import Refused

from ._arguments import read_arguments

__all__ = ["tidied"]

_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9_-]")
_LONGEST_NAME = 64
_LONGEST_QUOTE = 2_000


def tidied(message: AssistantMessage, turn: int) -> AssistantMessage:
    """Return ``message`` in a form that every server takes back; the tool calls keep their order."""
    return AssistantMessage(
        text=_readable(message.text),
        tool_calls=tuple(_calls(message.tool_calls, turn)),
        reasoning=_readable(message.reasoning),
        refusal=_readable(message.refusal),
    )


def _calls(calls: tuple[ToolRequest, ...], turn: int) -> Iterator[ToolRequest]:
    seen: set[str] = set()
    for number, call in enumerate(calls, start=1):
        call_id = _readable(call.call_id)
        call_id = f"turn_{turn}_call_{number}" if not call_id or call_id in seen else call_id
        seen.add(call_id)
        name = _NOT_IN_NAMES.sub("_", call.name)[:_LONGEST_NAME] or "unnamed"
        yield replace(call, call_id=call_id, name=name, arguments=_json(call.arguments))


def _json(arguments: str) -> str:
    if not isinstance(read_arguments(arguments), Refused):
        return arguments if arguments.strip() else "{}"
    return json.dumps({"unusable_arguments": _readable(arguments[:_LONGEST_QUOTE])}, ensure_ascii=False)


def _readable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()
