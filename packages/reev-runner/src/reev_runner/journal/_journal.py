"""Events in the order in which they happened."""

from __future__ import annotations

from collections.abc import Callable

from reev_types.events import Event
from reev_types.times import Clock

__all__ = ["Journal"]


class Journal:
    """Numbers events, stamps them under ``timing``, and passes each to ``sink`` before it returns."""

    def __init__(self, clock: Clock, sink: Callable[[Event], None] | None = None) -> None:
        self._clock = clock
        self._sink = sink
        self._started_s = clock.monotonic()
        self._events: list[Event] = []

    @property
    def events(self) -> tuple[Event, ...]:
        """Everything so far."""
        return tuple(self._events)

    def append(self, event: Event, **timing: object) -> None:
        """Record ``event`` as the next one; ``timing`` is what may differ between equal runs."""
        elapsed_ms = round((self._clock.monotonic() - self._started_s) * 1_000, 3)
        stamped = event.model_copy(update={"seq": len(self._events), "timing": {"elapsed_ms": elapsed_ms, **timing}})
        if self._sink is not None:
            self._sink(stamped)
        self._events.append(stamped)
