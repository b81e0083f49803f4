"""Conversations in the terms of pydantic-ai."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import groupby
from typing import Any, assert_never, cast

from pydantic_ai import messages as theirs
from pydantic_ai.models import ModelRequestParameters
from pydantic_ai.settings import ModelSettings
from pydantic_ai.tools import ToolDefinition

from reev_agent.models import (
    AssistantMessage,
    ChatReply,
    ChatRequest,
    Secret,
    SystemMessage,
    ToolMessage,
    ToolRequest,
    UserMessage,
)
from reev_types.models import Sampling, TokenUsage

__all__ = ["Said", "chat_reply", "model_messages", "parameters", "settings"]

Said = Mapping[AssistantMessage, theirs.ModelResponse]
"""What a model said, by what became of it: providers want signatures back that our messages do not have."""

_JSON = theirs.ModelMessagesTypeAdapter


def model_messages(request: ChatRequest, said: Said) -> list[theirs.ModelMessage]:
    """Return the conversation; what the model said goes back as it came, where it stands unchanged."""
    names = {
        call.call_id: call.name
        for message in request.messages
        if isinstance(message, AssistantMessage)
        for call in message.tool_calls
    }
    turns: list[theirs.ModelMessage] = []
    for is_reply, group in groupby(request.messages, lambda message: isinstance(message, AssistantMessage)):
        if is_reply:
            turns += [_response(message, said) for message in group if isinstance(message, AssistantMessage)]
        else:
            parts = [_request_part(message, names) for message in group if not isinstance(message, AssistantMessage)]
            turns.append(theirs.ModelRequest(parts=parts))
    return turns


def _request_part(
    message: SystemMessage | UserMessage | ToolMessage, names: Mapping[str, str]
) -> theirs.ModelRequestPart:
    match message:
        case SystemMessage(text=text):
            return theirs.SystemPromptPart(text)
        case UserMessage(text=text):
            return theirs.UserPromptPart(text)
        case ToolMessage(call_id=call_id, text=text):
            return theirs.ToolReturnPart(tool_name=names.get(call_id, ""), content=text, tool_call_id=call_id)
        case _:
            assert_never(message)


def _response(message: AssistantMessage, said: Said) -> theirs.ModelResponse:
    if message in said:
        return said[message]
    text = message.text or message.refusal
    calls = [
        theirs.ToolCallPart(tool_name=call.name, args=call.arguments, tool_call_id=call.call_id)
        for call in message.tool_calls
    ]
    return theirs.ModelResponse(parts=[*([theirs.TextPart(text)] if text else []), *calls])


def parameters(request: ChatRequest) -> ModelRequestParameters:
    """Return the tools on offer; their schemas go out as they are."""
    tools = [
        ToolDefinition(
            name=tool.name, description=tool.description, parameters_json_schema=tool.parameters, strict=False
        )
        for tool in request.tools
    ]
    return ModelRequestParameters(function_tools=tools)


def settings(sampling: Sampling, ignored: frozenset[str]) -> ModelSettings:
    """Return what is set, and that nobody but us asks again; the names in ``ignored`` mean nothing to the provider."""
    wanted = {
        "temperature": sampling.temperature,
        "max_tokens": sampling.max_output_tokens,
        "seed": sampling.seed,
        "max_retries": 0,
    }
    told = {name: value for name, value in wanted.items() if value is not None and name not in ignored}
    return cast("ModelSettings", told)


def chat_reply(response: theirs.ModelResponse, attempts: int, secrets: tuple[Secret, ...]) -> ChatReply:
    """Return a response as our reply, without ``secrets``."""
    message = AssistantMessage(
        text=_hidden(_joined(response, theirs.TextPart), secrets),
        tool_calls=tuple(_call(part, secrets) for part in response.parts if isinstance(part, theirs.ToolCallPart)),
        reasoning=_hidden(_joined(response, theirs.ThinkingPart), secrets),
    )
    return ChatReply(
        message=message,
        finish_reason=_finish_reason(response),
        usage=_usage(response),
        model=response.model_name or "",
        response_id=response.provider_response_id or "",
        attempts=attempts,
        raw=_hidden(_JSON.dump_python([response], mode="json")[0], secrets),
    )


def _joined(response: theirs.ModelResponse, kind: type[Any]) -> str:
    return "".join(part.content for part in response.parts if isinstance(part, kind))


def _call(part: theirs.ToolCallPart, secrets: tuple[Secret, ...]) -> ToolRequest:
    given = part.args if part.args is not None else ""
    text = given if isinstance(given, str) else json.dumps(given, ensure_ascii=False)
    return ToolRequest(part.tool_call_id, part.tool_name, _hidden(text, secrets))


def _finish_reason(response: theirs.ModelResponse) -> str:
    if response.finish_reason == "tool_call":
        return "tool_calls"
    return response.finish_reason or "stop"


def _usage(response: theirs.ModelResponse) -> TokenUsage | None:
    usage = response.usage
    if usage.input_tokens + usage.output_tokens == 0:
        return None
    return TokenUsage(
        input_tokens=usage.input_tokens,
        output_tokens=usage.output_tokens,
        cached_input_tokens=min(usage.cache_read_tokens, usage.input_tokens),
        reasoning_tokens=min(usage.output_reasoning_tokens, usage.output_tokens),
    )


def _hidden(value: Any, secrets: tuple[Secret, ...]) -> Any:  # noqa: ANN401 - whatever JSON goes in comes out
    for secret in secrets:
        value = secret.hidden_in(value)
    return value
