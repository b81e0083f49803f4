"""The switch that keeps reev on this machine."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

__all__ = ["is_loopback", "is_offline"]

_OFF = frozenset({"", "0", "false", "no", "off"})


def is_offline(environment: Mapping[str, str]) -> bool:
    """Tell whether only this machine may be connected to: under pytest, and where ``REEV_OFFLINE`` is on."""
    return environment.get("REEV_OFFLINE", "").strip().lower() not in _OFF or "PYTEST_VERSION" in environment


def is_loopback(url: str) -> bool:
    """Tell whether ``url`` names this machine, literally."""
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
