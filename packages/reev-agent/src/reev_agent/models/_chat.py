"""A conversation with a model: messages, the request they make up, and the reply."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from reev_types.models import Sampling, TokenUsage
from reev_types.tools import ToolSpec

__all__ = [
    "AssistantMessage",
    "ChatMessage",
    "ChatModel",
    "ChatReply",
    "ChatRequest",
    "SystemMessage",
    "ToolMessage",
    "ToolRequest",
    "UserMessage",
]


@dataclass(frozen=True, slots=True)
class SystemMessage:
    """What holds for the whole conversation."""

    text: str


@dataclass(frozen=True, slots=True)
class UserMessage:
    """What the model is asked."""

    text: str


@dataclass(frozen=True, slots=True)
class ToolRequest:
    """A tool call as the model wrote it; ``arguments`` is text that need not be JSON."""

    call_id: str
    name: str
    arguments: str


@dataclass(frozen=True, slots=True)
class AssistantMessage:
    """What the model said; ``refusal`` is the provider's own way of declining."""

    text: str = ""
    tool_calls: tuple[ToolRequest, ...] = ()
    reasoning: str = ""
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class ToolMessage:
    """What a tool answered, as JSON text."""

    call_id: str
    text: str


ChatMessage = SystemMessage | UserMessage | AssistantMessage | ToolMessage


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """Everything that a model is sent, except ``step_id``, which tells exchanges apart for people."""

    messages: tuple[ChatMessage, ...]
    tools: tuple[ToolSpec, ...] = ()
    sampling: Sampling = field(default_factory=Sampling)
    step_id: str = ""


@dataclass(frozen=True, slots=True)
class ChatReply:
    """One reply. ``finish_reason`` is ``stop``, ``tool_calls``, ``length``, ``content_filter`` or the provider's own.

    ``usage`` is None when the provider does not say; ``raw`` is its whole answer, free of secrets.
    """

    message: AssistantMessage
    finish_reason: str = "stop"
    usage: TokenUsage | None = None
    model: str = ""
    response_id: str = ""
    attempts: int = 1
    raw: Mapping[str, Any] = field(default_factory=dict)


class ChatModel(Protocol):
    """A language model that knows how to call tools."""

    @property
    def provider(self) -> str:
        """Who serves it, such as ``zai``."""

    @property
    def model(self) -> str:
        """Its id at the provider, such as ``glm-4.6``."""

    async def complete(self, request: ChatRequest) -> ChatReply:
        """Return the model's next message. Raises ModelError; cancelling it leaves nothing behind."""
