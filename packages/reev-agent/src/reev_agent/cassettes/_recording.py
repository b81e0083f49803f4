"""A model whose every exchange is written down."""

from __future__ import annotations

import asyncio
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from types import TracebackType
from typing import Any

from reev_agent.models import (
    ChatModel,
    ChatReply,
    ChatRequest,
    ModelError,
    message_json,
    request_hash,
    tool_json,
    tools_hash,
)
from reev_types.errors import FilePlace, StorageError, UsageError

from ._lines import CANCELLED, ExchangeLine, HeaderLine, Line, RecordedError, RecordedReply, ToolsLine

__all__ = ["RecordingModel"]


class RecordingModel:
    """Asks ``inner`` and appends each exchange to the new file ``path`` at once; a run cut short leaves what it had.

    As an async context manager it is ``inner``'s, where that is one.
    Raises UsageError ``cassette_exists`` where there is a file already, StorageError where none can be written.
    """

    def __init__(self, inner: ChatModel, path: Path, agent: str) -> None:
        self._inner = inner
        self._path = path
        self._messages: tuple[dict[str, Any], ...] = ()
        self._tools: set[str] = set()
        self._create()
        self._write(HeaderLine(agent=agent, provider=inner.provider, model=inner.model))

    @property
    def provider(self) -> str:
        """Who serves the model."""
        return self._inner.provider

    @property
    def model(self) -> str:
        """The model's id on the wire."""
        return self._inner.model

    async def __aenter__(self) -> RecordingModel:
        if isinstance(self._inner, AbstractAsyncContextManager):
            await self._inner.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(self._inner, AbstractAsyncContextManager):
            await self._inner.__aexit__(kind, error, trace)

    async def complete(self, request: ChatRequest) -> ChatReply:
        """Ask and record, errors and given up waits too. Raises ModelError, StorageError."""
        try:
            reply = await self._inner.complete(request)
        except ModelError as error:
            self._record(request, RecordedError(code=error.code, message=error.message))
            raise
        except asyncio.CancelledError:
            self._record(request, RecordedError(code=CANCELLED, message="given up waiting"))
            raise
        self._record(request, _recorded(reply))
        return reply

    def _record(self, request: ChatRequest, result: RecordedReply | RecordedError) -> None:
        tools = tools_hash(request.tools)
        if tools not in self._tools:
            self._tools.add(tools)
            self._write(ToolsLine(tools_hash=tools, tools=tuple(tool_json(tool) for tool in request.tools)))
        messages = tuple(message_json(message) for message in request.messages)
        before = len(self._messages)
        continues = before > 0 and messages[:before] == self._messages
        self._messages = messages
        self._write(
            ExchangeLine(
                step_id=request.step_id,
                request_hash=request_hash(request, self.model),
                continues=continues,
                messages=messages[before:] if continues else messages,
                tools_hash=tools,
                sampling=request.sampling,
                result=result,
            )
        )

    def _create(self) -> None:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.touch(exist_ok=False)
        except OSError as error:
            raise (self._taken() if self._path.exists() else self._unwritable(error)) from None

    def _write(self, line: Line) -> None:
        try:
            with self._path.open("a", encoding="utf-8", newline="\n") as file:
                file.write(line.model_dump_json() + "\n")
        except OSError as error:
            raise self._unwritable(error) from None

    def _taken(self) -> UsageError:
        return UsageError(
            "cassette_exists",
            "there is a cassette already, and recording would replace it",
            place=FilePlace(str(self._path)),
            suggestions=("delete it", "record to another file", "replay it"),
        )

    def _unwritable(self, error: OSError) -> StorageError:
        return StorageError(
            "cassette_unwritable",
            f"the cassette cannot be written: {error.strerror or 'no reason given'}",
            place=FilePlace(str(self._path)),
        )


def _recorded(reply: ChatReply) -> RecordedReply:
    return RecordedReply(
        message=message_json(reply.message),
        finish_reason=reply.finish_reason,
        usage=reply.usage,
        model=reply.model,
        response_id=reply.response_id,
    )
