"""A language model that reads sentences: chosen by name like one that carries them out."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reev_orchestrator.reading import ModelReader
from reev_runner.execution import ModelOptions, model_choice
from reev_types.errors import UsageError
from reev_types.models import Sampling
from reev_types.times import Clock
from reev_types.tools import ToolSpec

if TYPE_CHECKING:
    from reev_agent.models import AssistantMessage, ChatModel

__all__ = ["model_reader"]

_TURN = "sentence"
"""What the one exchange is called in a cassette, and the cassette."""

_PATIENCE_S = 60.0


def model_reader(name: str, options: ModelOptions, seed: int, clock: Clock) -> ModelReader:
    """Return a reader that asks the model ``name`` about sentences outside the grammar.

    It waits as long as a step may take by ``options``, or a minute; with ``options.record`` the exchange is recorded as
    ``planner/sentence.jsonl`` there, to be read again as the model ``replay:<file>``. Raises UsageError
    ``unknown_model`` and as ``model_choice`` does, ModelError ``network_denied``.
    """
    folder = None if options.record is None else options.record / "planner"
    choice = model_choice(name, replace(options, record=folder, replay=None))
    if choice is None:
        hints = ("reev agents lists the models",)
        raise UsageError("unknown_model", f"{name[:64]!r} is no language model that could read", suggestions=hints)
    choice.check(_TURN)
    model = choice.open_model(_TURN, seed, clock)
    return ModelReader(_Asked(choice.name, model, options.sampling, options.limits.timeout_s or _PATIENCE_S))


@dataclass(frozen=True, slots=True)
class _Asked:
    """Implements ``AnsweringModel`` with one exchange."""

    name: str
    model: ChatModel
    sampling: Sampling
    patience_s: float

    async def answer(self, instructions: str, text: str, form: ToolSpec) -> str:
        """Return what the model fills into ``form``; raises ModelError, ``model_timeout`` for one that takes long."""
        from reev_agent.models import ChatRequest, ModelError, SystemMessage, UserMessage

        messages = (SystemMessage(instructions), UserMessage(text))
        request = ChatRequest(messages, (form,), self.sampling, _TURN)
        try:
            async with asyncio.timeout(self.patience_s):
                reply = await self.model.complete(request)
        except TimeoutError:
            told = f"{self.name} did not read the sentence within {self.patience_s:g} s"
            raise ModelError("model_timeout", told) from None
        return _filled_in(reply.message, form)


def _filled_in(message: AssistantMessage, form: ToolSpec) -> str:
    """Return the one call's arguments; several calls together are nothing that could be read."""
    if any(call.name != form.name for call in message.tool_calls):
        return ""
    return "\n".join(call.arguments for call in message.tool_calls) or message.text
