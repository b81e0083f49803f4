"""Where Jupiter is asked, with which key, how often and how long."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from urllib.parse import urlsplit

from pydantic import SecretStr

from reev_types.errors import UsageError
from reev_types.network import is_loopback, split_url

__all__ = ["HttpSettings"]

_KEYLESS_PER_SECOND = 0.5
_FREE_KEY_PER_SECOND = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpSettings:
    """Raises UsageError ``bad_base_url``, ``bad_api_key`` or ``bad_limit``; the key appears in none of them."""

    base_url: str = "https://api.jup.ag"
    """Plain ``http`` reaches loopback only."""
    api_key: SecretStr | None = None
    requests_per_second: float | None = None
    """What the gateway allows; None means 0.5 without a key and 1 with one, as on the free plan."""
    timeout_seconds: float = 20.0
    """For one request and its whole answer."""
    attempts: int = 4
    """Requests for one call, the first one included."""
    max_wait_seconds: float = 60.0
    """The longest pause before asking again, however long the gateway asks for."""
    max_response_bytes: int = 4 * 1024 * 1024

    def __post_init__(self) -> None:
        _check_url(self.base_url)
        _check_key(self.api_key)
        limits = (self.rate, self.timeout_seconds, self.attempts, self.max_response_bytes)
        if not all(0 < limit < inf for limit in limits) or not 0 <= self.max_wait_seconds < inf:
            raise UsageError("bad_limit", "rate, timeout, attempts and response size are finite and above 0")

    @property
    def rate(self) -> float:
        """Requests per second, defaults applied."""
        if self.requests_per_second is not None:
            return self.requests_per_second
        return _FREE_KEY_PER_SECOND if self.api_key else _KEYLESS_PER_SECOND

    @property
    def host(self) -> str:
        """The host that is asked."""
        return urlsplit(self.base_url).hostname or ""

    @property
    def is_loopback(self) -> bool:
        """Whether the server is on this machine."""
        return is_loopback(self.base_url)


def _check_url(url: str) -> None:
    parts = split_url(url)
    if parts is None or parts.query or parts.fragment or not parts.hostname:
        raise UsageError("bad_base_url", "the base URL of Jupiter has a scheme, a host and at most a path")
    if "@" in parts.netloc:
        raise UsageError("bad_base_url", "the base URL of Jupiter names no user", suggestions=("pass the API key",))
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(url)):
        raise UsageError("bad_base_url", "Jupiter is asked over https", suggestions=(f"use https://{parts.hostname}",))


def _check_key(key: SecretStr | None) -> None:
    # httpx would quote any other text in its complaint about the header.
    text = key.get_secret_value() if key is not None else "none"
    if not text or not all("!" <= character <= "~" for character in text):
        raise UsageError("bad_api_key", "an API key is visible ASCII without spaces", suggestions=("copy it again",))
