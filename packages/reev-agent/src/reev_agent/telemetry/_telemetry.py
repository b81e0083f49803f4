"""Spans of agents: for a step, for each exchange with a model and for each tool call."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from reev_types.agents import AgentRequest
from reev_types.tools import Failed, Refused, ToolResult

from ._span import Attributes, OpenSpan

if TYPE_CHECKING:
    from opentelemetry.trace import Tracer, TracerProvider

    from reev_agent.models import ChatModel, ChatReply, ChatRequest

__all__ = ["AnySpan", "ChatSpan", "Telemetry", "ToolSpan", "content_is_wanted"]

_SCOPE = "reev"
_PROVIDER_VARIABLE = "OTEL_PYTHON_TRACER_PROVIDER"
_ON = frozenset({"1", "true", "yes", "on"})

_SILENT: dict[type[OpenSpan], OpenSpan] = {}

AnySpan = TypeVar("AnySpan", bound=OpenSpan)


class ChatSpan(OpenSpan):
    """An exchange with a model, retries and all."""

    def replied(self, reply: ChatReply | None) -> None:
        """Say what came back; None when the time was up before."""
        if reply is None:
            self.failed("timeout")
            return
        self.tell(_reply_attributes(reply))
        if self.collects_content:
            from ._content import reply_content

            self.tell(reply_content(reply))


class ToolSpan(OpenSpan):
    """A tool call."""

    def returned(self, result: ToolResult) -> None:
        """Say what the tool answered; a refusal or failure is the span's error."""
        if isinstance(result, Refused | Failed):
            self.failed(result.code)
        if self.collects_content:
            self.tell({"gen_ai.tool.call.result": result.model_dump_json()})


class Telemetry:
    """Opens spans at ``provider``, or at the one that the process has set up, and none where there is neither.

    ``with_content`` adds what was said: prompts, replies, arguments and results.
    """

    def __init__(self, provider: TracerProvider | None = None, with_content: bool = False) -> None:
        self._provider = provider
        self._with_content = with_content
        self._is_named = _PROVIDER_VARIABLE in os.environ

    def agent(self, name: str, request: AgentRequest, model: ChatModel | None = None) -> OpenSpan:
        """Return the span of an agent at work on a step; ``model`` is None where none is asked."""
        attributes = {
            "gen_ai.operation.name": "invoke_agent",
            "gen_ai.provider.name": model.provider if model else "reev",
            "gen_ai.request.model": model.model if model else None,
            "gen_ai.agent.name": name,
            "reev.benchmark_id": request.benchmark_id,
            "reev.step_id": request.step_id,
        }
        return self._open(OpenSpan, f"invoke_agent {name}", attributes)

    def chat(self, model: ChatModel, request: ChatRequest) -> ChatSpan:
        """Return the span of one exchange."""
        attributes: dict[str, Any] = {
            "gen_ai.operation.name": "chat",
            "gen_ai.provider.name": model.provider,
            "gen_ai.request.model": model.model,
            "gen_ai.request.temperature": request.sampling.temperature,
            "gen_ai.request.max_tokens": request.sampling.max_output_tokens,
            "gen_ai.request.seed": request.sampling.seed,
        }
        if self._with_content:
            from ._content import request_content

            attributes |= request_content(request)
        return self._open(ChatSpan, f"chat {model.model}", attributes, is_client=True)

    def tool(self, name: str, call_id: str, arguments: str | Mapping[str, Any]) -> ToolSpan:
        """Return the span of a tool call; ``arguments`` are as the agent wrote them."""
        attributes = {
            "gen_ai.operation.name": "execute_tool",
            "gen_ai.tool.name": name,
            "gen_ai.tool.type": "function",
            "gen_ai.tool.call.id": call_id,
        }
        if self._with_content:
            from ._content import arguments_text

            attributes["gen_ai.tool.call.arguments"] = arguments_text(arguments)
        return self._open(ToolSpan, f"execute_tool {name}", attributes)

    def _open(self, kind: type[AnySpan], name: str, attributes: Attributes, *, is_client: bool = False) -> AnySpan:
        tracer = self._tracer()
        if tracer is None:
            # Without a tracer a span has no state, so one of each kind is enough.
            if kind not in _SILENT:
                _SILENT[kind] = kind(None, "", {})
            return cast("AnySpan", _SILENT[kind])
        return kind(tracer, name, attributes, is_client=is_client, with_content=self._with_content)

    def _tracer(self) -> Tracer | None:
        if self._provider is not None:
            return self._provider.get_tracer(_SCOPE)
        # Importing the API takes longer than a run, and who sets a provider up by other means has imported it.
        if "opentelemetry.trace" not in sys.modules and not self._is_named:
            return None
        from opentelemetry import trace

        provider = trace.get_tracer_provider()
        return None if isinstance(provider, trace.ProxyTracerProvider) else provider.get_tracer(_SCOPE)


def content_is_wanted(environment: Mapping[str, str]) -> bool:
    """Tell whether ``REEV_OTEL_CONTENT`` asks for what was said to be in spans."""
    return environment.get("REEV_OTEL_CONTENT", "").strip().lower() in _ON


def _reply_attributes(reply: ChatReply) -> Attributes:
    usage = reply.usage
    return {
        "gen_ai.response.model": reply.model or None,
        "gen_ai.response.id": reply.response_id or None,
        "gen_ai.response.finish_reasons": [reply.finish_reason],
        "gen_ai.usage.input_tokens": usage.input_tokens if usage else None,
        "gen_ai.usage.output_tokens": usage.output_tokens if usage else None,
        "gen_ai.usage.cache_read.input_tokens": usage.cached_input_tokens if usage else None,
    }
