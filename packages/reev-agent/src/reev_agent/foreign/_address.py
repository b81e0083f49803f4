"""Where a foreign agent may live."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from reev_types.errors import UsageError

__all__ = ["checked_url", "is_local"]


def checked_url(url: str) -> str:
    """Return ``url``; raises UsageError ``bad_agent_url`` unless it is https, or http to this machine."""
    parts = _split(url)
    if parts is None or not parts.hostname or parts.fragment or "@" in parts.netloc:
        raise UsageError(
            "bad_agent_url",
            "the address of an agent has a scheme and a host, and names no user",
            suggestions=("http://localhost:9090/gen/tx",),
        )
    if parts.scheme != "https" and not (parts.scheme == "http" and is_local(url)):
        raise UsageError(
            "bad_agent_url", "an agent elsewhere is reached over https", suggestions=(f"use https://{parts.hostname}",)
        )
    return url


def is_local(url: str) -> bool:
    """Tell whether ``url`` names this machine, literally."""
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _split(url: str) -> SplitResult | None:
    if not all("!" <= character <= "~" for character in url):
        return None
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 (reading it is what checks it)
    except ValueError:
        return None
    return parts
