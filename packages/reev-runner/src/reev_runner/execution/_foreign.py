"""What agents say, made safe to write down."""

from __future__ import annotations

import json
from typing import Any

from reev_types.agents import StepOutcome

__all__ = ["is_writable", "readable", "readable_outcome"]

_JSON = json.JSONEncoder(allow_nan=False, ensure_ascii=False)
_MAX_BYTES = 65_536


def is_writable(arguments: dict[str, Any]) -> bool:
    """Tell whether arguments are JSON of reasonable size, as a journal and a tool need them."""
    try:
        return len(_JSON.encode(arguments).encode()) <= _MAX_BYTES
    except (TypeError, ValueError, RecursionError):
        return False


def readable(text: str) -> str:
    """Return ``text`` without what no file can hold (lone surrogates), cut to a reasonable size."""
    return text[:_MAX_BYTES].encode("utf-8", "replace").decode()


def readable_outcome(outcome: StepOutcome) -> StepOutcome:
    """Return ``outcome`` with its free text made readable."""
    texts = {field: readable(text) for field, text in outcome if isinstance(text, str) and field in _FREE_TEXT}
    return outcome.model_copy(update=texts)


_FREE_TEXT = frozenset({"answer", "reason", "code"})
