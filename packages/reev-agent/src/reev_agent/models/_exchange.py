"""One attempt: a request sent and its answer read, whole or streamed."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ._errors import ModelError
from ._faults import Fault, fault_of, transport_fault
from ._retries import retry_after_s
from ._secrets import Secret
from ._stream import Assembly, event_payloads

if TYPE_CHECKING:
    import httpx

__all__ = ["Answer", "exchange"]

Answer = dict[str, Any]
"""A chat completion as JSON, free of secrets."""

_LARGEST_ANSWER_BYTES = 8 * 1024 * 1024
_USAGE_WAIT_S = 5.0
_FAREWELL_WAIT_S = 0.2


async def exchange(
    client: httpx.AsyncClient, url: str, content: bytes, key: Secret, now_iso: Callable[[], str]
) -> Answer | Fault:
    """Post ``content`` once and return the answer or what went wrong."""
    import httpx

    try:
        async with client.stream("POST", _parsed(url), content=content) as response:
            if response.status_code >= 300:
                return await _refused(response, key, now_iso)
            if "text/event-stream" in response.headers.get("content-type", ""):
                return await _streamed(response, key)
            return await _whole(response, key)
    except httpx.TimeoutException as error:
        return transport_fault("model_timeout", f"the model endpoint did not answer in time ({type(error).__name__})")
    except (httpx.ConnectError, httpx.ProxyError, httpx.UnsupportedProtocol) as error:
        return transport_fault("model_unreachable", key.hidden_in(f"no connection to the model endpoint: {error}"))
    except httpx.HTTPError as error:
        return transport_fault("model_reply_cut", key.hidden_in(f"the answer broke off: {error!r}"))
    except RecursionError:
        return transport_fault("model_bad_reply", "the answer is nested too deeply")
    except ModelError as error:
        return Fault(error, may_pass=False)


@lru_cache(maxsize=64)
def _parsed(url: str) -> httpx.URL:
    # The client would do this for every request anew, which takes a tenth of its time.
    import httpx

    return httpx.URL(url)


async def _refused(response: httpx.Response, key: Secret, now_iso: Callable[[], str]) -> Fault:
    text = await _read(response)
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        body = text.decode("utf-8", "replace")
    wait_s = retry_after_s(response.headers, now_iso())
    may_retry = response.headers.get("x-should-retry") != "false"
    return fault_of(response.status_code, key.hidden_in(body), wait_s, may_retry)


async def _whole(response: httpx.Response, key: Secret) -> Answer | Fault:
    text = await _read(response)
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        return transport_fault("model_reply_cut", "the answer is not whole JSON")
    if not isinstance(body, dict):
        raise ModelError("model_bad_reply", "the answer is not a chat completion but some other JSON")
    return _checked(key.hidden_in(body))


async def _streamed(response: httpx.Response, key: Secret) -> Answer | Fault:
    import httpx

    assembly = Assembly()
    try:
        await _collect(response, assembly)
    except (ValueError, RecursionError):
        if not assembly.is_complete:
            return transport_fault("model_reply_cut", "an event of the stream is not whole JSON")
    except (httpx.HTTPError, TimeoutError):
        if not assembly.is_complete:
            raise
    if assembly.error is not None:
        return fault_of(response.status_code, {"error": key.hidden_in(assembly.error)})
    if not assembly.is_complete:
        return transport_fault("model_reply_cut", "the stream ended before the answer did")
    return _checked(key.hidden_in(assembly.completion()))


async def _collect(response: httpx.Response, assembly: Assembly) -> None:
    """Read to the end; a whole answer is not waited for any longer than its usage or the end itself should take."""
    now = asyncio.get_running_loop().time
    async with (
        asyncio.timeout(None) as patience,
        aclosing(_bounded(response)) as chunks,
        aclosing(event_payloads(chunks)) as payloads,
    ):
        async for payload in payloads:
            if assembly.is_over:
                return
            assembly.add(payload)
            if assembly.is_over:
                # Read to its very end, the connection can be used again.
                patience.reschedule(now() + _FAREWELL_WAIT_S)
            elif assembly.is_complete:
                patience.reschedule(now() + _USAGE_WAIT_S)


def _checked(body: Answer) -> Answer | Fault:
    """Some providers report trouble with the status 200."""
    if body.get("error") and not body.get("choices"):
        return fault_of(200, body)
    choices = body.get("choices")
    first = choices[0] if isinstance(choices, list) and choices else None
    if isinstance(first, dict) and first.get("finish_reason") == "network_error":
        return fault_of(200, {"error": {"code": "network_error", "message": "the provider lost its connection"}})
    return body


async def _read(response: httpx.Response) -> bytes:
    return b"".join([chunk async for chunk in _bounded(response)])


async def _bounded(response: httpx.Response) -> AsyncGenerator[bytes, None]:
    size = 0
    async for chunk in response.aiter_bytes():
        size += len(chunk)
        if size > _LARGEST_ANSWER_BYTES:
            raise ModelError("model_reply_too_large", f"the answer is larger than {_LARGEST_ANSWER_BYTES} bytes")
        yield chunk
