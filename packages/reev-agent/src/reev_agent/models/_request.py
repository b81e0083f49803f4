"""Requests as the wire has them."""

from __future__ import annotations

from typing import Any, assert_never

from reev_types.models import Sampling
from reev_types.tools import ToolSpec

from ._chat import AssistantMessage, ChatMessage, ChatRequest, SystemMessage, ToolMessage, UserMessage

__all__ = ["message_json", "request_body", "sampling_json", "tool_json"]


def request_body(
    request: ChatRequest,
    model: str,
    *,
    output_limit_field: str = "max_tokens",
    with_reasoning: bool = True,
) -> dict[str, Any]:
    """Return the body of a chat completion; what is unset is left out.

    ``output_limit_field`` is ``max_completion_tokens`` where the provider has renamed it; ``with_reasoning`` sends the
    model's earlier thoughts back to it, which some providers want and others reject.
    """
    messages = [message_json(message, with_reasoning=with_reasoning) for message in request.messages]
    body: dict[str, Any] = {"model": model, "messages": messages}
    if request.tools:
        body |= {"tools": [tool_json(tool) for tool in request.tools], "tool_choice": "auto"}
    return body | sampling_json(request.sampling, output_limit_field)


def sampling_json(sampling: Sampling, output_limit_field: str = "max_tokens") -> dict[str, Any]:
    """Return the parameters that are set."""
    told = {
        "temperature": sampling.temperature,
        output_limit_field: sampling.max_output_tokens,
        "seed": sampling.seed,
    }
    return {name: value for name, value in told.items() if value is not None}


def tool_json(tool: ToolSpec) -> dict[str, Any]:
    """Return a tool as the model is told of it."""
    return {
        "type": "function",
        "function": {"name": tool.name, "description": tool.description, "parameters": tool.parameters},
    }


def message_json(message: ChatMessage, *, with_reasoning: bool = True) -> dict[str, Any]:
    """Return a message as it is sent."""
    match message:
        case SystemMessage(text=text):
            return {"role": "system", "content": text}
        case UserMessage(text=text):
            return {"role": "user", "content": text}
        case ToolMessage(call_id=call_id, text=text):
            return {"role": "tool", "tool_call_id": call_id, "content": text}
        case AssistantMessage():
            return _assistant(message, with_reasoning)
        case _:
            assert_never(message)


def _assistant(message: AssistantMessage, with_reasoning: bool) -> dict[str, Any]:
    told: dict[str, Any] = {"role": "assistant", "content": message.text}
    if message.reasoning and with_reasoning:
        told["reasoning_content"] = message.reasoning
    if message.refusal:
        told["refusal"] = message.refusal
    if message.tool_calls:
        told["tool_calls"] = [
            {"id": call.call_id, "type": "function", "function": {"name": call.name, "arguments": call.arguments}}
            for call in message.tool_calls
        ]
    return told
