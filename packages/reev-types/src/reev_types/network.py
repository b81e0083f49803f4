"""Addresses of servers: which can be read, which are of this machine, and the switch that keeps reev on it."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

__all__ = ["is_loopback", "is_offline", "split_url"]

_OFF = frozenset({"", "0", "false", "no", "off"})


def is_offline(environment: Mapping[str, str]) -> bool:
    """Tell whether only this machine may be connected to: under pytest, and where ``REEV_OFFLINE`` is on."""
    return environment.get("REEV_OFFLINE", "").strip().lower() not in _OFF or "PYTEST_VERSION" in environment


def is_loopback(url: str) -> bool:
    """Tell whether ``url`` names this machine, literally."""
    parts = split_url(url)
    host = parts.hostname if parts else None
    if host is None or host == "localhost":
        return host is not None
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def split_url(url: str) -> SplitResult | None:
    """Return the parts of ``url``, or None where it cannot be read, as with a port that is no number."""
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - reading it is what checks it
    except ValueError:
        return None
    return parts
