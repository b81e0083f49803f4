"""Replies read from the wire, tolerant of what providers do differently."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)

from reev_types.models import TokenUsage

from ._chat import AssistantMessage, ChatReply, ToolRequest
from ._errors import ModelError

__all__ = ["read_message", "read_reply"]


def _as_text(value: object) -> object:
    """Arguments are JSON text; some providers send the object itself, or nothing for a tool without arguments."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _joined(value: object) -> object:
    """Content is text; some providers send it in parts."""
    if value is None:
        return ""
    if not isinstance(value, list):
        return value
    return "".join(str(part.get("text") or "") for part in value if isinstance(part, dict))


def _id_text(value: object) -> object:
    if value is None:
        return ""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _none_if_unusable(value: object, validated: ValidatorFunctionWrapHandler) -> object:
    try:
        return validated(value)
    except ValidationError:
        return None


_MOST_TOKENS = 10**9

_Text = Annotated[str, BeforeValidator(lambda value: "" if value is None else value)]
_Count = Annotated[
    int, Field(ge=0, le=_MOST_TOKENS, strict=True), BeforeValidator(lambda value: 0 if value is None else value)
]


class _Wire(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class _Function(_Wire):
    name: _Text = ""
    arguments: Annotated[str, BeforeValidator(_as_text)] = ""


class _Call(_Wire):
    id: Annotated[str, BeforeValidator(_id_text)] = ""
    function: _Function = _Function()


_CallOrNothing = Annotated[_Call, BeforeValidator(lambda value: value if isinstance(value, dict) else {})]


class _Message(_Wire):
    content: Annotated[str, BeforeValidator(_joined)] = ""
    reasoning_content: _Text = ""
    refusal: _Text = ""
    tool_calls: Annotated[tuple[_CallOrNothing, ...], BeforeValidator(lambda value: value or ())] = ()


class _Choice(_Wire):
    message: _Message
    finish_reason: _Text = ""


_USABLE = WrapValidator(_none_if_unusable)


class _InputDetails(_Wire):
    cached_tokens: _Count = 0


class _OutputDetails(_Wire):
    reasoning_tokens: _Count = 0


class _Usage(_Wire):
    prompt_tokens: _Count = 0
    completion_tokens: _Count = 0
    prompt_tokens_details: Annotated[_InputDetails | None, _USABLE] = None
    completion_tokens_details: Annotated[_OutputDetails | None, _USABLE] = None


class _Completion(_Wire):
    id: _Text = ""
    model: _Text = ""
    choices: Annotated[tuple[_Choice, ...], Field(min_length=1)]
    usage: Annotated[_Usage | None, _USABLE] = None


def read_reply(body: Mapping[str, Any], attempts: int = 1) -> ChatReply:
    """Return the reply that a chat completion holds; raises ModelError ``model_bad_reply``."""
    try:
        completion = _Completion.model_validate(body)
    except ValidationError as error:
        raise _bad(error) from None
    choice = completion.choices[0]
    return ChatReply(
        message=_message(choice.message),
        finish_reason=choice.finish_reason or "stop",
        usage=_usage(completion.usage),
        model=completion.model,
        response_id=completion.id,
        attempts=attempts,
        raw=body,
    )


def read_message(message: Mapping[str, Any]) -> AssistantMessage:
    """Return an assistant's message as ``message_json`` writes it; raises ModelError ``model_bad_reply``."""
    try:
        return _message(_Message.model_validate(message))
    except ValidationError as error:
        raise _bad(error) from None


def _message(wire: _Message) -> AssistantMessage:
    calls = tuple(ToolRequest(call.id, call.function.name, call.function.arguments) for call in wire.tool_calls)
    return AssistantMessage(wire.content, calls, wire.reasoning_content, wire.refusal)


def _usage(wire: _Usage | None) -> TokenUsage | None:
    if wire is None or wire.prompt_tokens + wire.completion_tokens == 0:
        return None
    details, thoughts = wire.prompt_tokens_details, wire.completion_tokens_details
    return TokenUsage(
        input_tokens=wire.prompt_tokens,
        output_tokens=wire.completion_tokens,
        cached_input_tokens=min(details.cached_tokens, wire.prompt_tokens) if details else 0,
        reasoning_tokens=min(thoughts.reasoning_tokens, wire.completion_tokens) if thoughts else 0,
    )


def _bad(error: ValidationError) -> ModelError:
    first = error.errors(include_input=False, include_url=False)[0]
    place = ".".join(str(part) for part in first["loc"]) or "the whole"
    return ModelError("model_bad_reply", f"the answer is not a chat completion: {place}: {first['msg']}")
