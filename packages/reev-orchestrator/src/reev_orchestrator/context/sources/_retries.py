"""Asking a busy server again: how often, after how long, and when to give up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from math import inf

from reev_types.times import Clock

__all__ = ["Retries", "Retrying", "asked_wait_s"]

_BUSY = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE})


@dataclass(frozen=True, slots=True)
class Retries:
    """How often a server that says 429 or 503 is asked again; times are in seconds.

    A server that asks for a wait is given it; otherwise the first wait is ``first_wait_s`` and each further one is
    twice as long. Nobody waits beyond ``longest_s`` after the first request.
    """

    most: int = 2
    first_wait_s: float = 0.25
    longest_s: float = 2.0


class Retrying:
    """The waits of one question; without a clock there are none."""

    def __init__(self, retries: Retries, clock: Clock | None) -> None:
        self._left = retries.most
        self._backoff_s = retries.first_wait_s
        self._clock = clock
        self._until = clock.monotonic() + retries.longest_s if clock is not None else -inf

    async def waited(self, status: int, headers: Mapping[str, str]) -> bool:
        """Wait where asking again makes sense; return whether it does."""
        if status not in _BUSY or self._clock is None or self._left == 0:
            return False
        asked_s = asked_wait_s(headers, self._clock.now_iso())
        wait_s = self._backoff_s if asked_s is None else asked_s
        if self._clock.monotonic() + wait_s > self._until:
            return False
        self._left -= 1
        self._backoff_s *= 2
        await self._clock.sleep(wait_s)
        return True


def asked_wait_s(headers: Mapping[str, str], now_iso: str) -> float | None:
    """Return the wait that ``retry-after`` asks for, in seconds or as a date; None where it says neither."""
    text = headers.get("retry-after", "")
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        wait = parsedate_to_datetime(text) - datetime.fromisoformat(now_iso)
    except (ValueError, TypeError):
        return None
    return max(wait.total_seconds(), 0.0)
