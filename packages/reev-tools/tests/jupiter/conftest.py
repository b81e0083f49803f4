from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass

import pytest

from reev_tools.jupiter.http import HttpJupiter, HttpSettings
from reev_tools.jupiter.testing import JupiterServer
from reev_types.testing import SteppedClock


@dataclass
class Conversation:
    """A client over HTTP, the server that it talks to, and the clock by which it waits."""

    client: HttpJupiter
    server: JupiterServer
    clock: SteppedClock


@pytest.fixture
def converse() -> Callable[..., AbstractAsyncContextManager[Conversation]]:
    """The server gives the responses in order; ``settings`` are those of the client."""

    @asynccontextmanager
    async def converse(*responses: object, **settings: object) -> AsyncIterator[Conversation]:
        clock = SteppedClock()
        async with JupiterServer() as server:
            server.answer_next(*responses)
            async with HttpJupiter(clock, HttpSettings(base_url=server.base_url, **settings)) as client:
                yield Conversation(client, server, clock)

    return converse
