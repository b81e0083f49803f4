"""The switch that makes calls to real models impossible."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from urllib.parse import urlsplit

from reev_types.network import is_loopback, is_offline

from ._errors import ModelError

__all__ = ["NetworkPolicy"]


class NetworkPolicy(Enum):
    """Which addresses may be connected to."""

    LOOPBACK_ONLY = "loopback_only"
    OPEN = "open"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> NetworkPolicy:
        """Return LOOPBACK_ONLY under pytest or where ``REEV_OFFLINE`` is on, else OPEN."""
        return cls.LOOPBACK_ONLY if is_offline(environment) else cls.OPEN

    def check(self, url: str) -> None:
        """Raise ModelError ``network_denied`` unless ``url`` may be connected to."""
        if self is NetworkPolicy.OPEN or is_loopback(url):
            return
        raise ModelError(
            "network_denied",
            f"connections to {urlsplit(url).hostname or 'nowhere'} are switched off: only this machine may be asked",
            suggestions=("unset REEV_OFFLINE", "use a model on this machine", "replay a cassette"),
        )
