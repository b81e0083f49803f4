"""Asking the model, with everything on record."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import NamedTuple

from reev_agent.costs import PriceTable
from reev_agent.models import (
    AssistantMessage,
    ChatMessage,
    ChatModel,
    ChatReply,
    ChatRequest,
    ModelError,
    message_json,
    request_hash,
    tools_hash,
)
from reev_agent.telemetry import Telemetry
from reev_types.agents import GaveUp, LimitReached
from reev_types.models import (
    ExchangeLog,
    ModelFailureRecord,
    ModelRecord,
    ModelReplyRecord,
    ModelRequestRecord,
    Sampling,
    TokenUsage,
)
from reev_types.times import Clock
from reev_types.tools import ToolSpec
from reev_types.waiting import within

from ._budget import Budget
from ._tidy import tidied

__all__ = ["Heard", "Interview", "Setting"]

_BYTES_PER_TOKEN = 3
_THE_AGENTS_FAULT = frozenset({"model_context_exceeded", "model_content_blocked"})


@dataclass(frozen=True, slots=True)
class Setting:
    """Whom an agent asks, how, and who is told."""

    model: ChatModel
    clock: Clock
    sampling: Sampling
    prices: PriceTable
    telemetry: Telemetry
    log: ExchangeLog | None


class Heard(NamedTuple):
    """A reply as it came, and its message as it stands in the conversation."""

    reply: ChatReply
    message: AssistantMessage


@dataclass(slots=True)
class Interview:
    """The conversation of one step. ``messages`` grow; each turn records what is new in them."""

    setting: Setting
    step_id: str
    tools: tuple[ToolSpec, ...]
    budget: Budget
    messages: list[ChatMessage]
    _recorded: int = field(default=0, init=False)
    _tools_hash: str = field(default="", init=False)

    def __post_init__(self) -> None:
        self._tools_hash = tools_hash(self.tools)

    async def ask(self, turn: int) -> Heard | LimitReached | GaveUp:
        """Return what the model says next, or what ends the step instead. Raises ModelError."""
        request = self._request(turn)
        try:
            with self.setting.telemetry.chat(self.setting.model, request) as span:
                reply = await self._reply(request)
                span.replied(reply)
        except ModelError as error:
            self._note(ModelFailureRecord(step_id=self.step_id, turn=turn, code=error.code, message=error.message))
            if error.code in _THE_AGENTS_FAULT:
                return GaveUp(code=error.code, reason=error.message)
            raise
        except asyncio.CancelledError:
            self._note(
                ModelFailureRecord(step_id=self.step_id, turn=turn, code="cancelled", message="given up waiting")
            )
            raise
        return self._late(turn) if reply is None else self._taken(turn, reply, request)

    async def _reply(self, request: ChatRequest) -> ChatReply | None:
        """Return the model's reply, or None when the step's time is up first."""
        work, seconds = self.setting.model.complete(request), self.budget.remaining_s
        if seconds is None:
            return await work
        try:
            return await within(self.setting.clock, seconds, work)
        except TimeoutError:
            return None

    def _request(self, turn: int) -> ChatRequest:
        sampling = self.budget.sampling(self.setting.sampling)
        request = ChatRequest(tuple(self.messages), self.tools, sampling, self.step_id)
        model = self.setting.model
        self._note(
            ModelRequestRecord(
                step_id=self.step_id,
                turn=turn,
                provider=model.provider,
                model=model.model,
                request_hash=request_hash(request, model.model),
                new_messages=tuple(message_json(message) for message in self.messages[self._recorded :]),
                tools=tuple(tool.name for tool in self.tools),
                tools_hash=self._tools_hash,
                sampling=sampling,
            )
        )
        self._recorded = len(self.messages)
        return request

    def _taken(self, turn: int, reply: ChatReply, request: ChatRequest) -> Heard | LimitReached:
        message = tidied(reply.message, turn)
        self.messages.append(message)
        self._recorded += 1
        usage = reply.usage or _estimated(request, reply)
        cost = self.setting.prices.cost_micro_usd(self.setting.model.provider, self.setting.model.model, usage)
        self._note(
            ModelReplyRecord(
                step_id=self.step_id,
                turn=turn,
                message=message_json(message),
                finish_reason=reply.finish_reason,
                usage=usage,
                cost_micro_usd=cost,
                timing={"response_id": reply.response_id, "attempts": reply.attempts, "model": reply.model},
            )
        )
        return self.budget.spend(usage, cost) or Heard(reply, message)

    def _late(self, turn: int) -> LimitReached:
        self._note(ModelFailureRecord(step_id=self.step_id, turn=turn, code="timeout", message="the step's time is up"))
        return LimitReached(which="timeout")

    def _note(self, record: ModelRecord) -> None:
        if self.setting.log is not None:
            self.setting.log.note(record)


def _estimated(request: ChatRequest, reply: ChatReply) -> TokenUsage:
    """Count three bytes a token, which is more tokens than any usual text has: a limit is reached early, not late."""
    sent = sum(len(str(message_json(message)).encode("utf-8", "replace")) for message in request.messages)
    sent += sum(len(tool.model_dump_json()) for tool in request.tools)
    received = len(str(message_json(reply.message)).encode("utf-8", "replace"))
    return TokenUsage(
        input_tokens=sent // _BYTES_PER_TOKEN + 1, output_tokens=received // _BYTES_PER_TOKEN + 1, is_estimated=True
    )
