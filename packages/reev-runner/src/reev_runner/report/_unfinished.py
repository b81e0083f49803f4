"""Sessions that were interrupted and can go on."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from reev_runner.suite import Outcome, SuiteObserver
from reev_types.events import Event, RunEnded, RunStarted

from ._text import one_line

__all__ = ["UnfinishedSessions", "resume_command", "session_name"]

_DEFAULT_OUT = Path("runs")
_RESUME = ("reev", "run", "--resume")


def session_name(timing: Mapping[str, Any]) -> str:
    """Return a session as commands find it: by id in the default folder, else by folder."""
    session, folder = str(timing["session_id"]), Path(str(timing.get("folder", "")))
    return one_line(session if folder.parent == _DEFAULT_OUT else str(folder), 4_096)


def resume_command(events: Iterable[Event]) -> str | None:
    """Return the command that goes on with a session, None where it has ended or cannot go on."""
    started = None
    for event in events:
        if isinstance(event, RunStarted) and event.flow is not None and "session_id" in event.timing:
            started = event
        elif isinstance(event, RunEnded):
            return None
    return None if started is None else _command(started)


class UnfinishedSessions:
    """An observer that knows which of the sessions under way could go on, and passes on to ``observer`` all it hears.

    ``session`` is the one that goes on, where one does.
    """

    def __init__(self, observer: SuiteObserver, session: str | None = None) -> None:
        self._observer = observer
        self._session = session
        self._commands: list[tuple[str, str]] = []

    @property
    def commands(self) -> tuple[str, ...]:
        """How to go on with each."""
        return tuple(command for _, command in self._commands)

    def started(self, total: int) -> None:
        """Pass it on."""
        self._observer.started(total)

    def trial_started(self, benchmark_id: str) -> None:
        """Remember the session that goes on."""
        if self._session is not None:
            self._commands.append((benchmark_id, shlex.join([*_RESUME, one_line(self._session, 4_096)])))
        self._observer.trial_started(benchmark_id)

    def event(self, benchmark_id: str, event: Event) -> None:
        """Remember a session that begins, forget one that ends."""
        if isinstance(event, RunStarted) and event.flow is not None:
            self._commands.append((benchmark_id, _command(event)))
        elif isinstance(event, RunEnded):
            ended = next((entry for entry in self._commands if entry[0] == benchmark_id), None)
            self._commands = [entry for entry in self._commands if entry is not ended]
        self._observer.event(benchmark_id, event)

    def finished(self, outcome: Outcome) -> None:
        """Pass it on."""
        self._observer.finished(outcome)


def _command(started: RunStarted) -> str:
    return shlex.join([*_RESUME, session_name(started.timing)])
