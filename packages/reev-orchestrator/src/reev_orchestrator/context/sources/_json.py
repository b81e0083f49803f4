"""JSON as exact values: numbers with a point are Decimal, and nothing that JSON does not have is read."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, NoReturn

__all__ = ["read_json"]


def read_json(text: bytes | str) -> Any:  # noqa: ANN401 - what JSON holds
    """Return the value; raises ValueError for what is no JSON, repeats a key or is nested too deeply."""
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=_no_number, object_pairs_hook=_object)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number of JSON")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError("a key is repeated")
    return made
