"""One question and its bounded answer over HTTP."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NoReturn
from urllib.parse import urlsplit

from reev_types.agents import GaveUp
from reev_types.network import is_loopback
from reev_types.times import Clock
from reev_types.waiting import within

from ._errors import ForeignAgentError

if TYPE_CHECKING:
    import httpx

__all__ = ["post"]

_MOST_BYTES = 1024 * 1024
_CONNECT_S = 10.0
_TOLD_CHARACTERS = 300


async def post(url: str, content: bytes, clock: Clock, timeout_s: float) -> bytes | GaveUp:
    """Return the body of the answer, or how the agent failed to give one within ``timeout_s``.

    Raises ForeignAgentError when nobody is there.
    """
    try:
        return await within(clock, timeout_s, _asked(url, content, timeout_s))
    except TimeoutError:
        return _timed_out(timeout_s)


async def _asked(url: str, content: bytes, timeout_s: float) -> bytes | GaveUp:
    import httpx

    try:
        async with _client(url, timeout_s) as client, client.stream("POST", url, content=content) as response:
            return await _read(response)
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError, httpx.UnsupportedProtocol) as error:
        _unreachable(url, error)
    except httpx.TimeoutException:
        return _timed_out(timeout_s)
    except httpx.HTTPError as error:
        return GaveUp(code="foreign_bad_answer", reason=f"the answer broke off: {type(error).__name__}")


def _client(url: str, timeout_s: float) -> httpx.AsyncClient:
    import httpx

    return httpx.AsyncClient(
        # A few compressed bytes can stand for any number of them.
        headers={"content-type": "application/json", "accept-encoding": "identity", "user-agent": "reev"},
        timeout=httpx.Timeout(timeout_s, connect=min(_CONNECT_S, timeout_s)),
        follow_redirects=False,
        trust_env=not is_loopback(url),  # no proxy leads to this machine's loopback
    )


async def _read(response: httpx.Response) -> bytes | GaveUp:
    if response.headers.get("content-encoding", "identity") != "identity":
        return GaveUp(code="foreign_bad_answer", reason="the answer is compressed, which was not asked for")
    body = bytearray()
    async for chunk in response.aiter_raw():
        body += chunk
        if len(body) > _MOST_BYTES:
            return GaveUp(code="foreign_too_large", reason=f"the answer is larger than {_MOST_BYTES} bytes")
    if response.status_code != 200:
        return GaveUp(code="foreign_error", reason=f"status {response.status_code}: {_complaint(bytes(body))}")
    return bytes(body)


def _complaint(body: bytes) -> str:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        told = None
    error = told.get("error") if isinstance(told, dict) else None
    return (error if isinstance(error, str) else body.decode("utf-8", "replace"))[:_TOLD_CHARACTERS]


def _timed_out(timeout_s: float) -> GaveUp:
    return GaveUp(code="foreign_timeout", reason=f"no whole answer within {timeout_s:g} seconds")


def _unreachable(url: str, error: Exception) -> NoReturn:
    raise ForeignAgentError(
        "agent_unreachable",
        f"no connection to the agent at {urlsplit(url).netloc}: {error}",
        suggestions=("start the agent, or correct its address",),
    ) from error
