"""Bounded questions over HTTP, whose failures tell neither keys nor addresses that may contain one."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

from pydantic import SecretStr

from reev_types.errors import SourceError, UsageError
from reev_types.network import is_loopback, is_offline, split_url
from reev_types.times import Clock

from ._json import read_json
from ._retries import Retries, Retrying

if TYPE_CHECKING:
    import httpx

__all__ = ["HttpLimits", "HttpSource"]

_SHORTEST_SECRET = 8
_LONGEST_TEXT = 200
_CODES = {401: "unauthorised", 403: "forbidden", 429: "rate_limited"}
_WAYS_OUT = ("ask again later", "give a context file: --context wallet.json")


@dataclass(frozen=True, slots=True)
class HttpLimits:
    """What an answer may cost. The resolver's patience usually ends first."""

    timeout_s: float = 20.0
    """For a connection, and for a pause within an answer."""
    max_response_bytes: int = 16 * 1024 * 1024
    retries: Retries = field(default_factory=Retries)


class _Answer(NamedTuple):
    status: int
    headers: Mapping[str, str]
    body: bytes


class HttpSource:
    """Asks one server; raises UsageError ``bad_url`` or ``bad_api_key`` when made.

    Questions raise SourceError: ``timeout``, ``unreachable``, ``rate_limited``, ``unauthorised``, ``forbidden``,
    ``server_error``, ``bad_response``, or ``network_denied`` where ``environment`` keeps reev on this machine.
    A busy server is asked again as ``limits`` say, with waits on ``clock``; without one it is asked once.
    """

    def __init__(
        self,
        name: str,
        url: str,
        *,
        api_key: SecretStr | None = None,
        limits: HttpLimits | None = None,
        clock: Clock | None = None,
        environment: Mapping[str, str] = os.environ,
    ) -> None:
        self.host = _checked_host(name, url)
        self._name = f"{name} at {self.host}"
        self._limits = limits or HttpLimits()
        self._clock = clock
        self._is_denied = is_offline(environment) and not is_loopback(url)
        self._secrets = _secrets(url, api_key)
        self._url = url
        self._http = _client(_headers(api_key), self._limits, is_secure=url.startswith("https:"))

    async def get(self, path: str, query: Mapping[str, str]) -> Any:  # noqa: ANN401 - what JSON holds
        """Return the JSON at ``path`` below the server's address."""
        return await self._ask(self._http.build_request("GET", self._url.rstrip("/") + path, params=query))

    async def post(self, content: object) -> Any:  # noqa: ANN401 - what JSON holds
        """Return the JSON that the server answers ``content`` with."""
        return await self._ask(self._http.build_request("POST", self._url, json=content))

    async def aclose(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    def fault(self, code: str, reason: str, *suggestions: str) -> SourceError:
        """Return the error for what the server said or did."""
        for secret in self._secrets:
            reason = re.sub(re.escape(secret), "[hidden]", reason, flags=re.IGNORECASE)
        visible = "".join(character if character.isprintable() else " " for character in reason)
        words = " ".join(visible.split())[:_LONGEST_TEXT]
        return SourceError(code, f"{self._name}: {words}", suggestions=suggestions or _WAYS_OUT)

    async def _ask(self, request: httpx.Request) -> Any:  # noqa: ANN401 - what JSON holds
        if self._is_denied:
            reason = "connections are switched off: only this machine may be asked"
            raise self.fault("network_denied", reason, "unset REEV_OFFLINE", "give a context file")
        retrying = Retrying(self._limits.retries, self._clock)
        while True:
            answer = await self._exchange(request)
            if not await retrying.waited(answer.status, answer.headers):
                return self._read(answer)

    async def _exchange(self, request: httpx.Request) -> _Answer:
        import httpx

        try:
            response = await self._http.send(request, stream=True)
            try:
                body = await self._body(response)
            finally:
                await response.aclose()
        except httpx.TimeoutException:
            raise self.fault("timeout", "no answer in time") from None
        except (httpx.RemoteProtocolError, httpx.DecodingError) as error:
            raise self.fault("bad_response", str(error)) from None
        except httpx.TransportError as error:
            raise self.fault("unreachable", str(error) or type(error).__name__) from None
        return _Answer(response.status_code, response.headers, body)

    async def _body(self, response: httpx.Response) -> bytes:
        limit = self._limits.max_response_bytes
        body = bytearray()
        if response.headers.get("content-encoding", "identity") != "identity":
            raise self.fault("bad_response", "the answer is compressed, so its size is not known")
        async for chunk in response.aiter_raw():
            body += chunk
            if len(body) > limit:
                raise self.fault("bad_response", f"the answer is larger than {limit} bytes")
        return bytes(body)

    def _read(self, answer: _Answer) -> Any:  # noqa: ANN401 - what JSON holds
        status, body = answer.status, answer.body
        if status != HTTPStatus.OK:
            code = _CODES.get(status) or ("server_error" if status >= 500 else "bad_response")
            raise self.fault(code, f"HTTP status {status}: {body[:_LONGEST_TEXT].decode(errors='replace')}")
        try:
            return read_json(body)
        except ValueError as error:
            raise self.fault("bad_response", f"no JSON: {error}") from None


def _client(headers: Mapping[str, str], limits: HttpLimits, *, is_secure: bool) -> httpx.AsyncClient:
    import httpx

    return httpx.AsyncClient(
        headers=headers,
        timeout=httpx.Timeout(limits.timeout_s, pool=None),
        limits=httpx.Limits(max_connections=None, max_keepalive_connections=20),
        # Plain http stays on this machine: no proxy from the environment must see it, and no certificate is needed.
        trust_env=is_secure,
        verify=is_secure,
    )


def _headers(api_key: SecretStr | None) -> dict[str, str]:
    # A few compressed bytes can stand for any number of them.
    plain = {"accept": "application/json", "accept-encoding": "identity", "user-agent": "reev"}
    if api_key is None:
        return plain
    key = api_key.get_secret_value()
    if not key or not all("!" <= character <= "~" for character in key):
        raise UsageError("bad_api_key", "an API key is visible ASCII without spaces", suggestions=("copy it again",))
    return plain | {"x-api-key": key}


def _checked_host(name: str, url: str) -> str:
    parts = split_url(url)
    host = parts.hostname if parts else None
    if not parts or not host or parts.scheme not in ("http", "https"):
        raise UsageError("bad_url", f"the address of {name} starts with https:// and has a host")
    if parts.scheme == "http" and not is_loopback(url):
        raise UsageError("bad_url", f"{name} is asked over https", suggestions=(f"use https://{host}",))
    return host


def _secrets(url: str, api_key: SecretStr | None) -> tuple[str, ...]:
    """Return what must not be repeated: many nodes are reached by an address that contains a key."""
    parts = urlsplit(url)
    words = (*parts.path.split("/"), *(value for _, value in parse_qsl(parts.query)), parts.password or "")
    hidden = tuple(word for word in words if len(word) >= _SHORTEST_SECRET)
    return (*hidden, api_key.get_secret_value()) if api_key else hidden
