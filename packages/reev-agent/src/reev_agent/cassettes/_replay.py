"""A model that repeats a recorded conversation, and only that one."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import NoReturn

from reev_agent.models import ChatReply, ChatRequest, ModelError, canonical_request, read_message, request_hash

from ._cassette import Cassette, RecordedExchange
from ._differences import first_difference
from ._lines import CANCELLED, RecordedError, RecordedReply

__all__ = ["ReplayModel"]


class ReplayModel:
    """Gives the recorded reply to each recorded request; equal requests get their replies in the recorded order.

    Any other request raises ModelError: ``cassette_mismatch`` says what is different, ``cassette_exhausted`` that
    nothing more was recorded.
    """

    def __init__(self, cassette: Cassette) -> None:
        self._cassette = cassette
        self._unused = list(cassette.exchanges)

    @classmethod
    def read(cls, path: Path) -> ReplayModel:
        """Return the model of a cassette file; raises UsageError."""
        return cls(Cassette.read(path))

    @property
    def provider(self) -> str:
        """Who served the recorded model."""
        return self._cassette.provider

    @property
    def model(self) -> str:
        """The recorded model's id on the wire."""
        return self._cassette.model

    async def complete(self, request: ChatRequest) -> ChatReply:
        """Return the recorded reply or raise the recorded error; a wait that was given up lasts until it is again."""
        exchange = self._take(request)
        if isinstance(exchange.result, RecordedError):
            await _fail(exchange.result)
        return _reply(exchange.result)

    def _take(self, request: ChatRequest) -> RecordedExchange:
        wanted = request_hash(request, self.model)
        for exchange in self._unused:
            if exchange.request_hash == wanted:
                self._unused.remove(exchange)
                return exchange
        raise self._mismatch(request)

    def _mismatch(self, request: ChatRequest) -> ModelError:
        advice = ("record the conversation anew",)
        if not self._unused:
            told = f"the cassette ends before step {request.step_id}: nothing more was recorded"
            return ModelError("cassette_exhausted", told, suggestions=advice)
        same_step = [exchange for exchange in self._unused if exchange.step_id == request.step_id]
        due = (same_step or self._unused)[0]
        found = first_difference(due.request, canonical_request(request, self.model))
        told = f"the request of step {request.step_id} is not the recorded one: {found or 'the cassette was edited'}"
        return ModelError("cassette_mismatch", told, suggestions=advice)


async def _fail(recorded: RecordedError) -> NoReturn:
    if recorded.code == CANCELLED:
        await asyncio.get_running_loop().create_future()
    raise ModelError(recorded.code, recorded.message)


def _reply(recorded: RecordedReply) -> ChatReply:
    return ChatReply(
        message=read_message(recorded.message),
        finish_reason=recorded.finish_reason,
        usage=recorded.usage,
        model=recorded.model,
        response_id=recorded.response_id,
    )
