"""Events in the order in which they happened."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reev_types.errors import StorageError
from reev_types.events import Event
from reev_types.times import Clock

__all__ = ["Journal", "elapsed_ms"]


def elapsed_ms(event: Event) -> float:
    """Return when an event happened; an edited journal may say anything there, which then counts as nothing."""
    elapsed = event.timing.get("elapsed_ms")
    return elapsed if isinstance(elapsed, int | float) else 0.0


class Journal:
    """Numbers events, stamps them under ``timing``, and passes each to ``sink`` before it returns.

    Once ``sink`` has raised, nothing is recorded any more: what came after would stand beside a gap. ``past`` is what a
    journal that goes on has already; its time goes on as well.
    """

    def __init__(self, clock: Clock, sink: Callable[[Event], None] | None = None, past: Sequence[Event] = ()) -> None:
        self._clock = clock
        self._sink = sink
        self._started_s = clock.monotonic() - (elapsed_ms(past[-1]) / 1_000 if past else 0.0)
        self._events: list[Event] = list(past)
        self._broken: StorageError | None = None

    @property
    def events(self) -> tuple[Event, ...]:
        """Everything so far."""
        return tuple(self._events)

    def append(self, event: Event, **timing: object) -> None:
        """Record ``event`` as the next one; ``timing`` is what may differ between equal runs.

        Raises StorageError when ``sink`` does or ever did.
        """
        if self._broken is not None:
            raise self._broken
        now_ms = round((self._clock.monotonic() - self._started_s) * 1_000, 3)
        taken = {**event.timing, "elapsed_ms": now_ms, **timing}
        stamped = event.model_copy(update={"seq": len(self._events), "timing": taken})
        if self._sink is not None:
            self._pass_on(stamped, self._sink)
        self._events.append(stamped)

    def _pass_on(self, event: Event, sink: Callable[[Event], None]) -> None:
        try:
            sink(event)
        except StorageError as error:
            self._broken = error
            raise
