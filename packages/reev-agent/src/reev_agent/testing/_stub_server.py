"""A chat-completion endpoint on this machine that answers as it is told, badly where that is wanted."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

__all__ = ["StubAnswer", "StubServer"]


@dataclass(frozen=True, slots=True)
class StubAnswer:
    """What goes over the wire: a body as JSON, text or server-sent events (a sequence), cut after ``cut_after`` bytes.

    ``delay_s`` waits before it answers, ``hangs`` never does.
    """

    body: Mapping[str, Any] | str | Sequence[str]
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    cut_after: int | None = None
    delay_s: float = 0.0
    hangs: bool = False

    def encoded(self) -> bytes:
        """Return the response as bytes."""
        is_stream = not isinstance(self.body, str | Mapping)
        headers = {"content-type": "text/event-stream" if is_stream else "application/json"} | dict(self.headers)
        content = self._content()
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        start = f"HTTP/1.1 {self.status} Stub\r\n{head}content-length: {len(content)}\r\n\r\n"
        return start.encode() + content[: self.cut_after]

    def _content(self) -> bytes:
        if isinstance(self.body, str):
            return self.body.encode()
        if isinstance(self.body, Mapping):
            return json.dumps(self.body).encode()
        return "".join(f"data: {event}\n\n" for event in self.body).encode()


class StubServer:
    """Gives ``answers`` in order, the last one for ever, or whatever a function of the request's body returns.

    ``bodies``, ``paths`` and ``headers`` are what it was sent.
    """

    def __init__(self, answers: Sequence[StubAnswer] | Callable[[dict[str, Any]], StubAnswer]) -> None:
        self._answers = answers
        self._server: asyncio.Server | None = None
        self._connections: dict[asyncio.Task[Any], asyncio.StreamWriter] = {}
        self.connections_made = 0
        self.asked = asyncio.Event()
        """Set by the first request."""
        self.bodies: list[dict[str, Any]] = []
        self.paths: list[str] = []
        self.headers: list[dict[str, str]] = []

    @property
    def url(self) -> str:
        """The base URL to give to a client."""
        return f"http://127.0.0.1:{self._running().sockets[0].getsockname()[1]}/v1"

    async def __aenter__(self) -> StubServer:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        server = self._running()
        server.close()
        for writer in self._connections.values():
            writer.close()
        # Each ends by itself once its connection is closed; cancelled by the loop, asyncio would complain.
        await asyncio.gather(*self._connections)
        await server.wait_closed()

    def _running(self) -> asyncio.Server:
        if self._server is None:
            raise RuntimeError("the server is not running: use it in `async with`")
        return self._server

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections[task] = writer
        self.connections_made += 1
        try:
            while await self._answer(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the client went away, which some tests are about
        finally:
            del self._connections[task]
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        request_line, *lines = head.strip().split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        self.paths.append(request_line.split(" ")[1])
        self.headers.append(headers)
        self.bodies.append(json.loads(body))
        self.asked.set()
        answer = self._due()
        if answer.hangs:
            await reader.read()
            return False
        await asyncio.sleep(answer.delay_s)
        writer.write(answer.encoded())
        await writer.drain()
        return answer.cut_after is None

    def _due(self) -> StubAnswer:
        if callable(self._answers):
            return self._answers(self.bodies[-1])
        return self._answers[min(len(self.bodies), len(self._answers)) - 1]
