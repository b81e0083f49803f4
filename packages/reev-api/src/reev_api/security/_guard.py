"""What holds for every request before any route sees it, and for every answer."""

from __future__ import annotations

import logging
from collections.abc import MutableMapping
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reev_api._problems import PROBLEM_TYPE, ProblemError
from reev_types.network import is_loopback

__all__ = ["Guard"]

_LOG = logging.getLogger(__name__)
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}
_POLICY_VIOLATION = 1008


class Guard:
    """ASGI middleware: security headers, the limit of bodies, no foreign pages, no tracebacks.

    Where tokens are off, requests have to name this machine as their host, so that no page elsewhere can have a name
    of its own lead here.
    """

    def __init__(self, app: ASGIApp, max_body_bytes: int, *, local_only: bool) -> None:
        self._app = app
        self._max_body_bytes = max_body_bytes
        self._local_only = local_only

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        guarded = _Answer(send)
        try:
            self._admit(Headers(scope=scope))
            await self._app(scope, _Body(receive, self._max_body_bytes), guarded)
        except ProblemError as error:
            await guarded.refuse(scope, error)
        except Exception:
            _LOG.exception("%s %s", scope.get("method", "WS"), scope["path"])
            if guarded.has_begun:
                raise
            await guarded.refuse(scope, ProblemError(500, "internal_error", "reev has a bug; the server's log has it"))

    def _admit(self, headers: Headers) -> None:
        host = headers.get("host", "")
        if self._local_only and not is_loopback(f"http://{host}"):
            raise ProblemError(421, "not_this_host", "this server answers under the names of this machine alone")
        origin = headers.get("origin")
        if origin is not None and urlsplit(origin).netloc != host:
            raise ProblemError(403, "foreign_origin", "pages of other origins may not use this server")
        length = headers.get("content-length", "0")
        if length.isdecimal() and int(length[:20]) > self._max_body_bytes:
            raise _BodyTooLargeError(self._max_body_bytes)


class _Body:
    """Receives a request and gives up when its body is too large; what a client says of its length may be wrong."""

    def __init__(self, receive: Receive, most_bytes: int) -> None:
        self._receive = receive
        self._most_bytes = most_bytes
        self._left = most_bytes

    async def __call__(self) -> Message:
        message = await self._receive()
        if message["type"] == "http.request":
            self._left -= len(message.get("body", b""))
            if self._left < 0:
                raise _BodyTooLargeError(self._most_bytes)
        return message


class _Answer:
    """Sends an answer with the headers that every answer has."""

    def __init__(self, send: Send) -> None:
        self.has_begun = False
        self._send = send

    async def __call__(self, message: MutableMapping[str, Any]) -> None:
        self.has_begun = True
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
        await self._send(message)

    async def refuse(self, scope: Scope, error: ProblemError) -> None:
        """Answer with a problem; a WebSocket that is not open yet is closed."""
        if scope["type"] == "websocket":
            await self({"type": "websocket.close", "code": _POLICY_VIOLATION, "reason": error.problem.code})
            return
        headers = {"content-type": PROBLEM_TYPE, **error.headers}
        encoded = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        await self({"type": "http.response.start", "status": error.problem.status, "headers": encoded})
        await self({"type": "http.response.body", "body": error.problem.model_dump_json().encode()})


class _BodyTooLargeError(ProblemError, HTTPException):  # type: ignore[misc] # one calls its headers a mapping
    """The framework takes any other error for a body that cannot be parsed."""

    status_code = 413

    def __init__(self, most_bytes: int) -> None:
        ProblemError.__init__(self, 413, "body_too_large", f"a request has at most {most_bytes} bytes")
        self.detail = str(self)
