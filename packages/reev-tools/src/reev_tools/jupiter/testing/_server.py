"""Jupiter's REST API on loopback, in front of any client."""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress
from types import TracebackType
from typing import Any

from reev_tools.jupiter import JupiterClient

from ._messages import NeverEnding, Received, Response, read_request
from ._routes import NOT_FOUND, answer

__all__ = ["JupiterServer"]


class JupiterServer:
    """Serves ``client`` at ``base_url`` on a free port of 127.0.0.1, from entering ``async with`` to leaving it.

    Without a client it has no endpoints, only what ``answer_next`` was given. ``requests`` lists what arrived.
    Everything runs in the event loop of whoever enters.
    """

    def __init__(self, client: JupiterClient | None = None) -> None:
        self.requests: list[Received] = []
        self.base_url = ""
        self._client = client
        self._planned: deque[Response] = deque()
        self._server: asyncio.Server | None = None
        self._connections: dict[asyncio.Task[Any], asyncio.StreamWriter] = {}

    def answer_next(self, *responses: Response) -> None:
        """Give these to the next requests, one each, instead of what the client says."""
        self._planned.extend(responses)

    async def __aenter__(self) -> JupiterServer:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        host, port = self._server.sockets[0].getsockname()
        self.base_url = f"http://{host}:{port}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None:
            self._server.close()
            for writer in self._connections.values():
                writer.close()
            await asyncio.gather(*self._connections)
            await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections[task] = writer
        try:
            request = await read_request(reader)
            self.requests.append(request)
            response = await self._response(request)
            writer.write(response.raw)
            await writer.drain()
            if isinstance(response, NeverEnding):
                await reader.read()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # the client has left
        finally:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()
            del self._connections[task]

    async def _response(self, request: Received) -> Response:
        if self._planned:
            return self._planned.popleft()
        return await answer(self._client, request) if self._client else NOT_FOUND
