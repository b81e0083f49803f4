"""The text that a model sent, read strictly."""

from __future__ import annotations

import json
from typing import Any

from pydantic import ValidationError

from ._target import Answer

__all__ = ["read_answer"]

_LARGEST_CHARACTERS = 16_384


def read_answer(text: str) -> Answer | str:
    """Return the answer in ``text``, or in a few words why it is none; a name that is given twice makes it none."""
    if len(text) > _LARGEST_CHARACTERS:
        return f"it is longer than {_LARGEST_CHARACTERS} characters"
    try:
        json.loads(text, object_pairs_hook=_once)
        answer = Answer.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        return f"{'.'.join(map(str, first['loc']))[:80] or 'it'}: {first['msg'][:120]}"
    except (ValueError, RecursionError):
        return "it is not one JSON object"
    if bool(answer.intents) == (answer.question is not None):
        return "it has neither intents nor a question, or both"
    return answer


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name is given twice")
    return found
