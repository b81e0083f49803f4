"""Any server that speaks OpenAI's chat completions."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from types import TracebackType
from typing import TYPE_CHECKING, Any

from reev_types.network import is_loopback
from reev_types.times import Clock

from ._chat import ChatReply, ChatRequest
from ._exchange import Answer, exchange
from ._faults import Fault
from ._network import NetworkPolicy
from ._reply import read_reply
from ._request import request_body
from ._retries import RetryPolicy
from ._secrets import Secret

if TYPE_CHECKING:
    from ssl import SSLContext

    import httpx

__all__ = ["Endpoint", "OpenAiCompatible"]

_CONNECT_S = 10.0


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a model is served and what is particular about the place."""

    provider: str
    base_url: str
    model: str
    key: Secret = field(default_factory=lambda: Secret(""))
    stream: bool = False
    extra_body: Mapping[str, Any] = field(default_factory=dict)
    output_limit_field: str = "max_tokens"
    echoes_reasoning: bool = False
    """Whether the model wants its earlier thoughts back in the next request."""
    silence_s: float = 300.0
    """The longest time without a byte before an attempt counts as timed out."""

    @property
    def url(self) -> str:
        """The address of chat completions."""
        return self.base_url.rstrip("/") + "/chat/completions"


class OpenAiCompatible:
    """A model behind ``endpoint``. As an async context manager it keeps its connections between exchanges."""

    def __init__(
        self,
        endpoint: Endpoint,
        clock: Clock,
        policy: NetworkPolicy = NetworkPolicy.LOOPBACK_ONLY,
        retries: RetryPolicy = RetryPolicy(),  # noqa: B008 - frozen
    ) -> None:
        policy.check(endpoint.url)
        self._endpoint = endpoint
        self._clock = clock
        self._policy = policy
        self._retries = retries
        self._idle: list[httpx.AsyncClient] | None = None

    @property
    def provider(self) -> str:
        """Who serves the model."""
        return self._endpoint.provider

    @property
    def model(self) -> str:
        """The model's id on the wire."""
        return self._endpoint.model

    async def __aenter__(self) -> OpenAiCompatible:
        self._idle = []
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        idle, self._idle = self._idle or [], None
        for client in idle:
            await client.aclose()

    async def complete(self, request: ChatRequest) -> ChatReply:
        """Return the model's reply, asking again where that can help. Raises ModelError."""
        self._policy.check(self._endpoint.url)
        content = json.dumps(self._body(request), ensure_ascii=False).encode("utf-8", "replace")
        attempt = 1
        async with self._client() as client:
            while True:
                result = await self._ask(client, content)
                if isinstance(result, dict):
                    return read_reply(result, attempt)
                if not result.may_pass or attempt > self._retries.retries:
                    result.error.context["attempts"] = attempt
                    raise result.error
                await self._clock.sleep(self._retries.wait_s(attempt, result.asked_wait_s))
                attempt += 1

    def _body(self, request: ChatRequest) -> dict[str, Any]:
        body = request_body(
            request,
            self._endpoint.model,
            output_limit_field=self._endpoint.output_limit_field,
            with_reasoning=self._endpoint.echoes_reasoning,
        )
        streaming = {"stream": True, "stream_options": {"include_usage": True}} if self._endpoint.stream else {}
        return body | streaming | dict(self._endpoint.extra_body)

    async def _ask(self, client: httpx.AsyncClient, content: bytes) -> Answer | Fault:
        return await exchange(client, self._endpoint.url, content, self._endpoint.key, self._clock.now_iso)

    @asynccontextmanager
    async def _client(self) -> AsyncIterator[httpx.AsyncClient]:
        # One client holds one connection: the cost of a shared pool grows with the square of what runs at once.
        client = self._idle.pop() if self._idle else _client(self._endpoint)
        try:
            yield client
        finally:
            if self._idle is None:
                await client.aclose()
            else:
                self._idle.append(client)


def _client(endpoint: Endpoint) -> httpx.AsyncClient:
    import httpx

    key = endpoint.key.reveal()
    return httpx.AsyncClient(
        headers={"content-type": "application/json"} | ({"authorization": f"Bearer {key}"} if key else {}),
        timeout=httpx.Timeout(endpoint.silence_s, connect=_CONNECT_S, pool=None),
        # A proxy from the environment must never see what is meant for this machine.
        trust_env=not is_loopback(endpoint.url),
        verify=_tls(endpoint.url.startswith("https:")),
    )


@cache
def _tls(is_needed: bool) -> SSLContext:
    # Made once, for reading the authorities takes 30 ms. A client without TLS wants one all the same: it trusts nobody.
    import ssl

    import httpx

    return httpx.create_ssl_context() if is_needed else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
