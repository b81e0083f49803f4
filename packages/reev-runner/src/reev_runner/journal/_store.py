"""Runs on disk: ``<root>/<session_id>/{journal.jsonl, result.json}``.

Event lines are written as they happen; ``result.json`` appears whole or not at all; ``commit`` makes everything
since the last commit durable in one go.
"""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import ValidationError

from reev_types.errors import FilePlace, StorageError, UsageError
from reev_types.events import Event, read_event
from reev_types.results import TrialResult

from ._sync import make_durable

__all__ = ["JOURNAL_FILE", "RESULT_FILE", "RunStore", "SessionFiles", "read_journal"]

JOURNAL_FILE = "journal.jsonl"
RESULT_FILE = "result.json"


class SessionFiles:
    """The folder of one session, open for writing until ``close``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._journal = os.open(folder / JOURNAL_FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o644)

    def write_event(self, event: Event) -> None:
        """Append one line; raises StorageError."""
        left = memoryview(event.model_dump_json().encode() + b"\n")
        try:
            while left:
                left = left[os.write(self._journal, left) :]
        except OSError as error:
            raise _failed("write", self.folder / JOURNAL_FILE, error) from error

    def write_result(self, result: TrialResult) -> None:
        """Put ``result.json`` in place, whole, and durable after the next commit; raises StorageError."""
        text = result.model_dump_json(indent=2) + "\n"
        target = self.folder / RESULT_FILE
        try:
            partial = target.with_suffix(".part")
            partial.write_text(text, encoding="utf-8")
            partial.replace(target)
        except OSError as error:
            raise _failed("write", target, error) from error

    def close(self) -> None:
        """Write no more events: whoever still tries gets a StorageError, and never another session's file."""
        os.close(self._journal)
        self._journal = -1


class RunStore:
    """The folder under which sessions are kept."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._uncommitted: list[Path] = []

    def open_session(self, session_id: str) -> SessionFiles:
        """Create the session's folder; raises StorageError, also when it exists already."""
        folder = self.root / session_id
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            folder.mkdir()
            files = SessionFiles(folder)
        except OSError as error:
            raise _failed("create", folder, error) from error
        self._uncommitted += [folder / JOURNAL_FILE, folder / RESULT_FILE, folder, self.root]
        return files

    def commit(self) -> None:
        """Make every session written since the last commit durable; raises StorageError."""
        if not self._uncommitted:
            return
        try:
            make_durable(self.root, [path for path in dict.fromkeys(self._uncommitted) if path.exists()])
        except OSError as error:
            raise _failed("sync", self.root, error) from error
        self._uncommitted.clear()

    def find(self, session: str) -> Path:
        """Return the folder of a session given by id or path; raises UsageError ``unknown_session``."""
        for folder in (self.root / session, Path(session)):
            if (folder / JOURNAL_FILE).is_file():
                return folder
        raise UsageError(
            "unknown_session",
            f"there is no session {session[:120]!r} under {self.root}",
            suggestions=("give the session id that a run printed, or --out with its folder",),
        )


def read_journal(folder: Path) -> tuple[Event, ...]:
    """Read a session's events; raises StorageError ``broken_journal`` with the line that cannot be read.

    A last line without its end was being written when the run was interrupted, and is left out.
    """
    path = folder / JOURNAL_FILE
    events = []
    try:
        with path.open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                if line.endswith(b"\n"):
                    events.append(_event(line, path, number))
    except OSError as error:
        raise _failed("read", path, error) from error
    return tuple(events)


def _event(line: bytes, path: Path, number: int) -> Event:
    place = FilePlace(str(path), number, 1)
    try:
        event = read_event(line)
    except ValidationError as error:
        problem = error.errors()[0]["msg"]
        raise StorageError("broken_journal", f"this line is no journal event: {problem}", place=place) from error
    if event.seq != number - 1:
        raise StorageError("broken_journal", f"event {event.seq} stands where {number - 1} belongs", place=place)
    return event


def _failed(verb: str, path: Path, error: OSError) -> StorageError:
    return StorageError(
        "storage_failed",
        f"cannot {verb} {path}: {error.strerror or error}",
        suggestions=("check free space and permissions, or choose another folder with --out",),
    )
