"""As much of HTTP/1.1 as a server for one request per connection needs."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import parse_qsl, urlsplit

__all__ = ["Canned", "CutShort", "NeverEnding", "Received", "Response", "read_request"]


@dataclass(frozen=True, slots=True)
class Received:
    """A request as it arrived; header names in lower case."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Canned:
    """A whole response."""

    status: int
    body: bytes = b"{}"
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def raw(self) -> bytes:
        """The bytes on the wire."""
        return _head(self, len(self.body)) + self.body


@dataclass(frozen=True, slots=True)
class CutShort:
    """A response whose connection closes before the last of its announced bytes."""

    response: Canned

    @property
    def raw(self) -> bytes:
        """The bytes on the wire."""
        return _head(self.response, len(self.response.body) + 1) + self.response.body


@dataclass(frozen=True, slots=True)
class NeverEnding:
    """A response that begins and never ends: the connection stays open until the client or the server leaves."""

    response: Canned

    @property
    def raw(self) -> bytes:
        """The bytes on the wire."""
        return CutShort(self.response).raw


Response = Canned | CutShort | NeverEnding


async def read_request(stream: asyncio.StreamReader) -> Received:
    """Read one request; raises asyncio.IncompleteReadError where the client leaves early."""
    head = (await stream.readuntil(b"\r\n\r\n")).decode("latin-1")
    request_line, *lines = head.rstrip().split("\r\n")
    method, target, _ = request_line.split(" ")
    pairs = (line.split(":", 1) for line in lines)
    headers = {name.lower(): value.strip() for name, value in pairs}
    body = await stream.readexactly(int(headers.get("content-length", "0")))
    parts = urlsplit(target)
    return Received(method, parts.path, dict(parse_qsl(parts.query)), headers, body)


def _head(response: Canned, announced: int) -> bytes:
    headers = {
        "content-type": "application/json",
        "content-length": str(announced),
        "connection": "close",
        **response.headers,
    }
    fields = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {response.status} {HTTPStatus(response.status).phrase}\r\n{fields}\r\n".encode("latin-1")
