"""The switch that makes calls to real models impossible."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from ipaddress import ip_address
from urllib.parse import urlsplit

from ._errors import ModelError

__all__ = ["NetworkPolicy"]

_OFF = frozenset({"", "0", "false", "no", "off"})


class NetworkPolicy(Enum):
    """Which addresses may be connected to."""

    LOOPBACK_ONLY = "loopback_only"
    OPEN = "open"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> NetworkPolicy:
        """Return LOOPBACK_ONLY under pytest or where ``REEV_OFFLINE`` is on, else OPEN."""
        offline = environment.get("REEV_OFFLINE", "").strip().lower() not in _OFF
        return cls.LOOPBACK_ONLY if offline or "PYTEST_VERSION" in environment else cls.OPEN

    def check(self, url: str) -> None:
        """Raise ModelError ``network_denied`` unless ``url`` may be connected to."""
        if self is NetworkPolicy.OPEN or is_loopback(url):
            return
        raise ModelError(
            "network_denied",
            f"connections to {urlsplit(url).hostname or 'nowhere'} are switched off: only this machine may be asked",
            suggestions=("unset REEV_OFFLINE", "use a model on this machine", "replay a cassette"),
        )


def is_loopback(url: str) -> bool:
    """Tell whether ``url`` names this machine, literally."""
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
