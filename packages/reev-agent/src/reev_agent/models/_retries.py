"""When to ask again, and after how long."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from random import Random

__all__ = ["RetryPolicy", "retry_after_s"]


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How often and how patiently: at most ``retries`` further attempts, waits in seconds.

    Without word from the server the wait doubles from ``first_wait_s`` and varies by ±25 % of itself, drawn from
    ``seed``; what the server asks for is honoured up to ``longest_wait_s``.
    """

    retries: int = 3
    first_wait_s: float = 0.5
    longest_backoff_s: float = 8.0
    longest_wait_s: float = 60.0
    seed: int = 0

    def wait_s(self, attempt: int, asked_s: float | None = None) -> float:
        """Return the wait after the failed attempt ``attempt``, which counts from 1."""
        if asked_s is not None:
            return min(max(asked_s, 0.0), self.longest_wait_s)
        spread = Random(f"{self.seed}:{attempt}").uniform(0.75, 1.25)
        return min(self.first_wait_s * 2.0 ** (attempt - 1), self.longest_backoff_s) * spread


def retry_after_s(headers: Mapping[str, str], now_iso: str) -> float | None:
    """Return the wait that a server asks for, from ``retry-after-ms`` or ``retry-after`` (seconds or a date)."""
    milliseconds = _number(headers.get("retry-after-ms", ""))
    if milliseconds is not None:
        return milliseconds / 1000
    text = headers.get("retry-after", "")
    seconds = _number(text)
    return seconds if seconds is not None else _until(text, now_iso)


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if 0 <= number < float("inf") else None


def _until(date: str, now_iso: str) -> float | None:
    try:
        wait = parsedate_to_datetime(date) - datetime.fromisoformat(now_iso)
    except (ValueError, TypeError):
        return None
    return max(wait.total_seconds(), 0.0)
