"""Asking again: when it can help, and after which pause.

The pauses pass on the injected clock and have no jitter, so that a run does the same things at the same times.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from http import HTTPStatus

from reev_types.times import Clock

from ._transport import Lost, Reply

__all__ = ["asked_pause_seconds", "persist"]

_FIRST_PAUSE_SECONDS = 0.5
_LONGEST_PAUSE_SECONDS = 8.0
_UNTOLD_PAUSE_SECONDS = 10.0
"""After a 429 that does not say when to come back."""
_SECONDS = re.compile(r"\d{1,12}", re.ASCII)


async def persist(
    ask: Callable[[], Awaitable[Reply | Lost]], clock: Clock, *, attempts: int, max_wait_seconds: float
) -> Reply | Lost:
    """Ask until an answer is final or ``attempts`` are used up; return the last outcome.

    Transport failures, 429 and 5xx are worth another attempt, nothing else is.
    """
    outcome = await ask()
    for attempt in range(1, attempts):
        pause = _pause(outcome, attempt, clock)
        if pause is None:
            break
        await clock.sleep(min(pause, max_wait_seconds))
        outcome = await ask()
    return outcome


def asked_pause_seconds(headers: Mapping[str, str], clock: Clock) -> float | None:
    """Return how long the gateway asks to stay away, or None where it does not say."""
    after, reset = headers.get("retry-after", ""), headers.get("x-ratelimit-reset", "")
    told = [float(after)] if _SECONDS.fullmatch(after) else []
    if _SECONDS.fullmatch(reset):  # an instant, in Unix seconds
        told.append(max(float(reset) - datetime.fromisoformat(clock.now_iso()).timestamp(), 0.0))
    return max(told, default=None)


def _pause(outcome: Reply | Lost, attempt: int, clock: Clock) -> float | None:
    backoff = min(_FIRST_PAUSE_SECONDS * (1 << attempt - 1), _LONGEST_PAUSE_SECONDS)
    if isinstance(outcome, Lost):
        return backoff if outcome.again else None
    asked = asked_pause_seconds(outcome.headers, clock)
    if outcome.status == HTTPStatus.TOO_MANY_REQUESTS:
        return max(_UNTOLD_PAUSE_SECONDS if asked is None else asked, backoff)
    if outcome.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return max(asked or 0.0, backoff)
    return None
