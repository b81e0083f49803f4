"""What a foreign agent answers: the original's ``LlmResponse``, read with the latitude that its agents need."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple, TypeGuard

from pydantic import BaseModel, ConfigDict, ValidationError

from reev_types.agents import GaveUp
from reev_types.intents import RefusalCode

__all__ = ["Proposal", "Refusal", "read_response"]

Transaction = list[dict[str, Any]]
"""Instructions that take effect together."""

_FIELDS = ("program_id", "accounts", "data")
_DEEPEST = 8
_MOST_TRANSACTIONS = 64


class _Response(BaseModel):
    # Agents of many makers add fields of their own, and what `flows` and `signatures` claim is not believed anyway.
    model_config = ConfigDict(frozen=True, extra="ignore")


class Refusal(_Response):
    """The agent declines; an addition to the original's answer, in which nobody could."""

    code: RefusalCode
    reason: str = ""


class _Text(_Response):
    text: str = ""


class _LlmResponse(_Response):
    result: _Text | None = None
    transactions: list[Any] | None = None
    summary: str | None = None
    refusal: Refusal | None = None
    error: str | dict[str, Any] | None = None


class Proposal(NamedTuple):
    """What the agent wants done, in order, and what it says about it."""

    transactions: tuple[Transaction, ...]
    summary: str


class _UnusableError(Exception):
    """The answer is not one; the text says why."""


def read_response(content: bytes) -> Proposal | Refusal | GaveUp:
    """Return what was answered; GaveUp ``foreign_bad_answer`` for what is no answer, ``foreign_error`` for an error."""
    try:
        return _read(_LlmResponse.model_validate(json.loads(content)))
    except ValidationError as error:
        fields = ", ".join(".".join(map(str, detail["loc"])) or "the whole" for detail in error.errors()[:5])
        return _bad(f"the answer does not have the shape of an LlmResponse: {fields}")
    except _UnusableError as error:
        return _bad(str(error))
    except (ValueError, RecursionError):
        return _bad("the answer is not JSON")


def _bad(reason: str) -> GaveUp:
    return GaveUp(code="foreign_bad_answer", reason=reason)


def _read(response: _LlmResponse) -> Proposal | Refusal | GaveUp:
    if response.error:
        return GaveUp(code="foreign_error", reason=_quoted(response.error))
    if response.refusal is not None:
        if response.transactions:
            raise _UnusableError("the answer holds transactions and a refusal, and only one of them can be meant")
        return response.refusal
    text = response.result.text if response.result else ""
    if response.transactions:
        return Proposal(_transactions(response.transactions), response.summary or "")
    if text.lstrip().startswith(("[", "{")):
        return Proposal(_transactions(_parsed(text)), response.summary or "")
    return Proposal((), response.summary or text)


def _quoted(error: str | dict[str, Any]) -> str:
    if isinstance(error, str):
        return error
    message = error.get("message")
    return message if isinstance(message, str) and message else json.dumps(error, ensure_ascii=False)


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise _UnusableError("result.text begins like JSON and is none") from None


def _transactions(value: object) -> tuple[Transaction, ...]:
    """Return one transaction for instructions that stand side by side, and one more for each list among them."""
    found: list[Transaction] = []
    _collect(value if isinstance(value, list) else [value], found, 0)
    if len(found) > _MOST_TRANSACTIONS:
        raise _UnusableError(f"more than {_MOST_TRANSACTIONS} transactions")
    return tuple(found)


def _collect(items: Sequence[object], found: list[Transaction], depth: int) -> None:
    if depth > _DEEPEST:
        raise _UnusableError("the instructions are nested too deeply")
    side_by_side: Transaction = []
    for item in items:
        if _is_instruction(item):
            if not side_by_side:
                found.append(side_by_side)
            side_by_side.append({name: item[name] for name in _FIELDS if name in item})
            continue
        side_by_side = []
        _collect(_inner(item), found, depth + 1)


def _is_instruction(item: object) -> TypeGuard[dict[str, Any]]:
    return isinstance(item, dict) and "program_id" in item


def _inner(item: object) -> Sequence[object]:
    inner = item.get("instructions") if isinstance(item, dict) else item
    if not isinstance(inner, list):
        raise _UnusableError("where instructions are expected, there is something else")
    return inner
