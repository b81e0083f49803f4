"""A model that says what it is given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ._chat import AssistantMessage, ChatReply, ChatRequest
from ._errors import ModelError

__all__ = ["Script", "ScriptedModel"]

Script = Sequence[ChatReply | ModelError] | Mapping[str, Sequence[ChatReply | ModelError]]
"""Replies for every step, or by step id; an error among them is raised."""


class ScriptedModel:
    """Replies by the turn of the conversation, so that a step run again is answered alike.

    Beyond its script the model says an empty text. ``requests`` remembers what it was asked.
    """

    provider = "scripted"
    model = "scripted"

    def __init__(self, script: Script) -> None:
        self._script = script
        self.requests: list[ChatRequest] = []

    async def complete(self, request: ChatRequest) -> ChatReply:
        """Return the reply that is due after the assistant's messages so far."""
        self.requests.append(request)
        replies = self._script.get(request.step_id, ()) if isinstance(self._script, Mapping) else self._script
        turn = sum(isinstance(message, AssistantMessage) for message in request.messages)
        reply = replies[turn] if turn < len(replies) else ChatReply(AssistantMessage())
        if isinstance(reply, ModelError):
            raise reply
        return reply
