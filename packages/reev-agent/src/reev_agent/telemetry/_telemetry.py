"""One span for a step, for each exchange with the model and for each tool call."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from reev_agent.models import ChatModel, ChatReply, ChatRequest, ToolRequest, tool_json
from reev_types.agents import AgentRequest
from reev_types.errors import ReevError
from reev_types.tools import Failed, Refused, ToolResult

from ._content import message_parts, system_parts

if TYPE_CHECKING:
    from opentelemetry.trace import Span, SpanKind, Tracer, TracerProvider

__all__ = ["ChatSpan", "Telemetry", "ToolSpan"]

_Attributes = Mapping[str, Any]


class ChatSpan:
    """An open span of an exchange."""

    def __init__(self, span: Span, with_content: bool) -> None:
        self._span = span
        self._with_content = with_content

    def replied(self, reply: ChatReply | None) -> None:
        """Say what came back; None when the time was up before."""
        if reply is None:
            self._span.set_attribute("error.type", "timeout")
            return
        _set(self._span, _reply_attributes(reply))
        if self._with_content:
            self._span.set_attribute("gen_ai.output.messages", _json([message_parts(reply.message)]))


class ToolSpan:
    """An open span of a tool call."""

    def __init__(self, span: Span, with_content: bool) -> None:
        self._span = span
        self._with_content = with_content

    def returned(self, result: ToolResult) -> None:
        """Say what the tool answered; a refusal or failure is the span's error."""
        if isinstance(result, Refused | Failed):
            _set(self._span, {"error.type": result.code})
        if self._with_content:
            self._span.set_attribute("gen_ai.tool.call.result", result.model_dump_json())


class Telemetry:
    """Opens spans at ``provider``, or at the one that the process has set up. ``with_content`` adds what was said."""

    def __init__(self, provider: TracerProvider | None = None, with_content: bool = False) -> None:
        self._provider = provider
        self._with_content = with_content

    @contextmanager
    def agent(self, name: str, model: ChatModel, request: AgentRequest) -> Iterator[None]:
        """Open the span of a step."""
        attributes = _identity("invoke_agent", model) | {
            "gen_ai.agent.name": name,
            "reev.benchmark_id": request.benchmark_id,
            "reev.step_id": request.step_id,
        }
        with self._span(f"invoke_agent {name}", attributes):
            yield

    @contextmanager
    def chat(self, model: ChatModel, request: ChatRequest) -> Iterator[ChatSpan]:
        """Open the span of one exchange, retries and all."""
        from opentelemetry.trace import SpanKind

        attributes = _identity("chat", model) | {
            "gen_ai.request.temperature": request.sampling.temperature,
            "gen_ai.request.max_tokens": request.sampling.max_output_tokens,
            "gen_ai.request.seed": request.sampling.seed,
        }
        if self._with_content:
            attributes |= {
                "gen_ai.system_instructions": _json(system_parts(request.messages)),
                "gen_ai.input.messages": _json([message_parts(message) for message in request.messages]),
                "gen_ai.tool.definitions": _json([tool_json(tool) for tool in request.tools]),
            }
        with self._span(f"chat {model.model}", attributes, SpanKind.CLIENT) as span:
            yield ChatSpan(span, self._with_content)

    @contextmanager
    def tool(self, call: ToolRequest, call_id: str) -> Iterator[ToolSpan]:
        """Open the span of a tool call."""
        attributes = {
            "gen_ai.operation.name": "execute_tool",
            "gen_ai.tool.name": call.name,
            "gen_ai.tool.type": "function",
            "gen_ai.tool.call.id": call_id,
        }
        if self._with_content:
            attributes["gen_ai.tool.call.arguments"] = call.arguments
        with self._span(f"execute_tool {call.name}", attributes) as span:
            yield ToolSpan(span, self._with_content)

    @contextmanager
    def _span(self, name: str, attributes: _Attributes, kind: SpanKind | None = None) -> Iterator[Span]:
        from opentelemetry.trace import SpanKind

        given = {key: value for key, value in attributes.items() if value is not None}
        # The message of a foreign exception is content, so only its type is recorded.
        with self._tracer().start_as_current_span(
            name,
            kind=kind or SpanKind.INTERNAL,
            attributes=given,
            record_exception=False,
            set_status_on_exception=False,
        ) as span:
            try:
                yield span
            except BaseException as error:
                _set(span, {"error.type": error.code if isinstance(error, ReevError) else type(error).__name__})
                raise

    def _tracer(self) -> Tracer:
        from opentelemetry import trace

        return trace.get_tracer("reev_agent", tracer_provider=self._provider)


def _identity(operation: str, model: ChatModel) -> dict[str, Any]:
    return {
        "gen_ai.operation.name": operation,
        "gen_ai.provider.name": model.provider,
        "gen_ai.request.model": model.model,
    }


def _reply_attributes(reply: ChatReply) -> dict[str, Any]:
    usage = reply.usage
    return {
        "gen_ai.response.model": reply.model or None,
        "gen_ai.response.id": reply.response_id or None,
        "gen_ai.response.finish_reasons": [reply.finish_reason],
        "gen_ai.usage.input_tokens": usage.input_tokens if usage else None,
        "gen_ai.usage.output_tokens": usage.output_tokens if usage else None,
        "gen_ai.usage.cache_read.input_tokens": usage.cached_input_tokens if usage else None,
    }


def _set(span: Span, attributes: _Attributes) -> None:
    from opentelemetry.trace import Status, StatusCode

    span.set_attributes({name: value for name, value in attributes.items() if value is not None})
    if "error.type" in attributes:
        span.set_status(Status(StatusCode.ERROR))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
