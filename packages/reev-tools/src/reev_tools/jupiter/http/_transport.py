"""One request and its bounded answer; nothing that goes wrong on the way is raised."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from ._settings import HttpSettings

if TYPE_CHECKING:
    import httpx

__all__ = ["Call", "Lost", "Reply", "Transport"]


@dataclass(frozen=True, slots=True)
class Call:
    """What is asked: a GET of ``path``, or a POST where there is a ``body``."""

    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What was answered, whatever its status."""

    status: int
    headers: Mapping[str, str]
    """By lower-case name."""
    body: bytes


@dataclass(frozen=True, slots=True)
class Lost:
    """There was no whole answer. ``again`` tells whether asking once more can help."""

    code: Literal["bad_response", "timeout", "unreachable"]
    reason: str
    again: bool = True


class Transport:
    """A pool of connections, opened by the first request."""

    def __init__(self, settings: HttpSettings, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._settings = settings
        self._transport = transport
        self._pool: httpx.AsyncClient | None = None

    async def send(self, call: Call) -> Reply | Lost:
        """Ask once."""
        import httpx

        try:
            async with asyncio.timeout(self._settings.timeout_seconds):
                return await self._exchange(call)
        except (TimeoutError, httpx.TimeoutException):
            return Lost("timeout", f"no answer within {self._settings.timeout_seconds:g} seconds")
        except (httpx.RemoteProtocolError, httpx.DecodingError, httpx.StreamError) as error:
            return Lost("bad_response", str(error))
        except httpx.TransportError as error:
            return Lost("unreachable", str(error) or type(error).__name__)

    async def close(self) -> None:
        """Close the connections; a later request opens new ones."""
        if self._pool is not None:
            pool, self._pool = self._pool, None
            await pool.aclose()

    async def _exchange(self, call: Call) -> Reply | Lost:
        method = "GET" if call.body is None else "POST"
        headers = {"content-type": "application/json"} if call.body is not None else {}
        asked = self._open().stream(method, call.path, params=call.query, content=call.body, headers=headers)
        async with asked as response:
            body = await _bounded(response, self._settings.max_response_bytes)
        if body is None:
            limit = self._settings.max_response_bytes
            return Lost("bad_response", f"the answer is compressed or larger than {limit} bytes", again=False)
        return Reply(response.status_code, {name.lower(): value for name, value in response.headers.items()}, body)

    def _open(self) -> httpx.AsyncClient:
        import httpx

        if self._pool is None:
            key = self._settings.api_key
            self._pool = httpx.AsyncClient(
                base_url=self._settings.base_url,
                # A few compressed bytes can stand for any number of them.
                headers={"accept": "application/json", "accept-encoding": "identity", "user-agent": "reev"}
                | ({"x-api-key": key.get_secret_value()} if key else {}),
                timeout=self._settings.timeout_seconds,
                transport=self._transport,
                trust_env=not self._settings.is_loopback,  # no proxy leads to this machine's loopback
            )
        return self._pool


async def _bounded(response: httpx.Response, limit: int) -> bytes | None:
    if response.headers.get("content-encoding", "identity") != "identity":
        return None
    body = bytearray()
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) > limit:
            return None
    return bytes(body)
