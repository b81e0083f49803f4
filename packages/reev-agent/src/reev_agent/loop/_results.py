"""Tool results as the text that a model reads."""

from __future__ import annotations

import json

from reev_types.tools import Failed, ToolResult

__all__ = ["result_text"]

_LONGEST_CHARACTERS = 16_000
_LAST_LOGS = 20


def result_text(result: ToolResult) -> str:
    """Return ``result`` as JSON of at most 16,000 characters: long logs lose their beginning, the rest its end."""
    if isinstance(result, Failed) and len(result.logs) > _LAST_LOGS:
        result = result.model_copy(update={"logs": ("…", *result.logs[-_LAST_LOGS:])})
    text = result.model_dump_json(exclude_none=True)
    if len(text) <= _LONGEST_CHARACTERS:
        return text
    # Escaping may double the text.
    beginning = text[: _LONGEST_CHARACTERS // 2 - 100]
    return json.dumps({"status": result.status, "cut_off": True, "beginning": beginning}, ensure_ascii=False)
