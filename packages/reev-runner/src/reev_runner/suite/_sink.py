"""Where the events of a kept run go: into its journal first, then to whoever looks on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reev_runner.journal import SessionFiles
from reev_types.events import Event, RunStarted, TransactionSent

__all__ = ["SessionSink"]


@dataclass(slots=True)
class SessionSink:
    """Writes events as they happen; what a flow that can go on sends is on record durably before it is sent."""

    files: SessionFiles
    announce: Callable[[Event], None]
    can_go_on: bool = False
    """Whether the flow can go on after an interruption; its first event tells."""

    def __call__(self, event: Event) -> None:
        """Keep ``event``; raises StorageError."""
        self.files.write_event(event)
        if isinstance(event, RunStarted):
            self.can_go_on = event.flow is not None
        if self.can_go_on and isinstance(event, TransactionSent):
            self.files.make_durable()
        self.announce(event)
