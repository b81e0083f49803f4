"""What Jupiter answers when it does not work, read by the client that would read it from the network."""

from __future__ import annotations

from reev_tools.jupiter import JupiterRefusalError, JupiterServiceError
from reev_tools.jupiter.http import HttpSettings
from reev_tools.jupiter.http._answers import QUOTE, Misread
from reev_tools.jupiter.http._faults import Faults
from reev_tools.jupiter.http._transport import Lost, Reply

__all__ = ["limited", "unreachable", "unreadable", "unwell"]

_ERRORS = Faults(HttpSettings())
_TOO_MANY = b'{"error": "Too many requests"}'
_UNWELL = b'{"error": "Service unavailable"}'
_TORN = b"<!doctype html><title>502"


def unreachable() -> JupiterRefusalError | JupiterServiceError:
    """Return the error of a host that nothing leads to."""
    return _ERRORS.lost(Lost("unreachable", "connection refused"))


def limited(retry_after_s: int | None) -> JupiterRefusalError | JupiterServiceError:
    """Return the error of a 429; ``retry_after_s`` is what its Retry-After says."""
    retry_after_ms = None if retry_after_s is None else retry_after_s * 1_000
    return _ERRORS.declined(Reply(429, {}, _TOO_MANY), retry_after_ms)


def unwell() -> JupiterRefusalError | JupiterServiceError:
    """Return the error of a 503."""
    return _ERRORS.declined(Reply(503, {}, _UNWELL))


def unreadable() -> JupiterRefusalError | JupiterServiceError:
    """Return the error of a 200 whose body is no JSON."""
    misread = QUOTE.read(_TORN)
    assert isinstance(misread, Misread)
    return _ERRORS.unreadable(Reply(200, {}, _TORN), misread)
