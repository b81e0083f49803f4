"""Where a foreign agent may live."""

from __future__ import annotations

from urllib.parse import SplitResult

from reev_types.errors import UsageError
from reev_types.network import is_loopback, split_url

__all__ = ["checked_url"]


def checked_url(url: str) -> str:
    """Return ``url``; raises UsageError ``bad_agent_url`` unless it is https, or http to this machine."""
    parts = _split(url)
    if parts is None or not parts.hostname or parts.fragment or "@" in parts.netloc:
        raise UsageError(
            "bad_agent_url",
            "the address of an agent has a scheme and a host, and names no user",
            suggestions=("http://localhost:9090/gen/tx",),
        )
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(url)):
        raise UsageError(
            "bad_agent_url", "an agent elsewhere is reached over https", suggestions=(f"use https://{parts.hostname}",)
        )
    return url


def _split(url: str) -> SplitResult | None:
    return split_url(url) if all("!" <= character <= "~" for character in url) else None
