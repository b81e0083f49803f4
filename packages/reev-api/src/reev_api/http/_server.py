"""A server from its start to its end."""

from __future__ import annotations

import asyncio
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager

import uvicorn

from reev_api.live import Live
from reev_api.security import Scope, new_token
from reev_api.settings import ServerSettings
from reev_types.errors import UsageError

from ._app import create_app
from ._services import Services, opened_services

__all__ = ["ReevServer", "run_server", "serving"]

_CLOSE_WITHIN_S = 5
_IDLE_S = 60
"""How long a connection may be silent; clients that pool theirs keep them for less."""
_SWITCH_S = 0.001
"""How long the thread that writes may keep the one that answers waiting."""


class ReevServer(uvicorn.Server):
    """Uvicorn that lets streams go when it is stopped, and leaves signals to whoever started it."""

    def __init__(self, config: uvicorn.Config, url: str, services: Services) -> None:
        super().__init__(config)
        self.url = url
        self.services = services
        self.is_ready = asyncio.Event()

    @property
    def _live(self) -> Live:
        return self.services.live

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave them alone."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer."""
        await super().startup(sockets)
        self.is_ready.set()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End: streams would never do so by themselves."""
        self._live.release()
        await super().shutdown(sockets)


@asynccontextmanager
async def serving(settings: ServerSettings) -> AsyncIterator[ReevServer]:
    """Serve until the context ends, or the server's ``should_exit`` is set and ``stopped`` awaited.

    Raises UsageError ``auth_required`` and ``address_in_use``, and as ``opened_services``.
    """
    settings.check()
    with _bound(settings) as listening:
        async with opened_services(settings) as services:
            app = create_app(settings)
            app.state.services = services
            server = ReevServer(_config(app, settings), _url(listening), services)
            work = asyncio.create_task(server.serve([listening]))
            try:
                await server.is_ready.wait()
                yield server
            finally:
                server.should_exit = True
                await work


def run_server(settings: ServerSettings, tell: Callable[[str], None]) -> None:
    """Serve until SIGINT or SIGTERM; ``tell`` gets lines for people. Raises as ``serving``."""
    sys.setswitchinterval(_SWITCH_S)
    asyncio.run(_run(settings, tell))


async def _run(settings: ServerSettings, tell: Callable[[str], None]) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    async with serving(settings) as server:
        await _first_token(server.services, tell)
        tell(f"reev listens on {server.url}/api/v1")
        await stop.wait()
        tell("stopping: flows that do not end now go on at the next start")


async def _first_token(services: Services, tell: Callable[[str], None]) -> None:
    """Give a server that nobody could use its first token."""
    if not services.settings.auth or await services.storage.tokens():
        return
    record, token = new_token("first", Scope.ADMIN, services.clock)
    await services.storage.add_token(record)
    tell(f"the first token, shown this once: {token}")


def _config(app: object, settings: ServerSettings) -> uvicorn.Config:
    return uvicorn.Config(
        app,  # type: ignore[arg-type] # its own type of ASGI applications is narrower than Starlette's
        lifespan="off",
        ws="websockets-sansio",
        access_log=False,
        log_level="warning",
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=_IDLE_S,
        timeout_graceful_shutdown=_CLOSE_WITHIN_S,
        ws_max_size=settings.max_body_bytes,
    )


@contextmanager
def _bound(settings: ServerSettings) -> Iterator[socket.socket]:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((settings.host, settings.port))
        except OSError as error:
            told = f"cannot listen on {settings.host} port {settings.port}: {error.strerror}"
            raise UsageError("address_in_use", told, suggestions=("--port 0 takes a free one",)) from error
        yield listening


def _url(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
