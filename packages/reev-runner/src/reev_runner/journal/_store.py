"""Runs on disk: ``<root>/<session_id>/{journal.jsonl, result.json}``.

Event lines are written as they happen; ``result.json`` appears whole or not at all; ``commit`` makes everything
since the last commit durable in one go.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from reev_types.errors import FilePlace, StorageError, UsageError
from reev_types.events import Event, read_event
from reev_types.results import TrialResult

from ._sync import claimed, make_durable, sync_folders

__all__ = ["JOURNAL_FILE", "RESULT_FILE", "RunStore", "SessionFiles", "read_journal"]

JOURNAL_FILE = "journal.jsonl"
RESULT_FILE = "result.json"
_PARTIAL_FILE = "result.part"


class SessionFiles:
    """The folder of one session, open for writing until ``close``."""

    def __init__(self, folder: Path, *, goes_on: bool = False) -> None:
        self.folder = folder
        flags = 0 if goes_on else os.O_CREAT | os.O_EXCL
        self._journal = os.open(folder / JOURNAL_FILE, os.O_RDWR | os.O_APPEND | flags, 0o644)
        self._is_findable = goes_on
        """Whether a loss of power would leave the journal's name in its folder."""

    def write_event(self, event: Event) -> None:
        """Append one line; raises StorageError."""
        try:
            _write_all(self._journal, event.model_dump_json() + "\n")
        except OSError as error:
            raise _failed("write", self.folder / JOURNAL_FILE, error) from error

    def make_durable(self) -> None:
        """Return once every event so far would survive a loss of power; raises StorageError."""
        try:
            os.fdatasync(self._journal)
            if not self._is_findable:
                sync_folders(self.folder, self.folder.parent)
                self._is_findable = True
        except OSError as error:
            raise _failed("sync", self.folder / JOURNAL_FILE, error) from error

    def write_result(self, result: TrialResult) -> None:
        """Put ``result.json`` in place, whole, and durable after the next commit; raises StorageError."""
        target, partial = self.folder / RESULT_FILE, self.folder / _PARTIAL_FILE
        try:
            descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
            try:
                _write_all(descriptor, result.model_dump_json(indent=2) + "\n")
            finally:
                os.close(descriptor)
            partial.replace(target)
        except OSError as error:
            raise _failed("write", target, error) from error

    def take(self) -> bool:
        """Claim the journal until ``close``, or return False where another process has."""
        return claimed(self._journal)

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
            _make_folder(folder)
            files = SessionFiles(folder)
            files.take()
        except OSError as error:
            raise _failed("create", folder, error) from error
        self._uncommitted.append(folder)
        return files

    def reopen_session(self, folder: Path) -> SessionFiles:
        """Open a session that was interrupted, to go on with it, without the line that was being written then.

        Raises StorageError, with ``session_in_use`` while another process writes it.
        """
        path = folder / JOURNAL_FILE
        try:
            files = SessionFiles(folder, goes_on=True)
            if not files.take():
                files.close()
                raise StorageError(
                    "session_in_use", "another process is writing this session", place=FilePlace(str(path))
                )
            whole = path.read_bytes().rpartition(b"\n")
            os.truncate(path, len(whole[0]) + len(whole[1]))
        except OSError as error:
            raise _failed("open", path, error) from error
        self._uncommitted.append(folder)
        return files

    def commit(self) -> None:
        """Make every session written since the last commit durable; raises StorageError."""
        if not self._uncommitted:
            return
        try:
            make_durable(self.root, self._written())
        except OSError as error:
            raise _failed("sync", self.root, error) from error
        self._uncommitted.clear()

    def _written(self) -> Iterator[Path]:
        for folder in self._uncommitted:
            yield from (path for path in (folder / JOURNAL_FILE, folder / RESULT_FILE, folder) if path.exists())
        yield self.root

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


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir()
    except FileNotFoundError:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir()


def _write_all(descriptor: int, text: str) -> None:
    left = memoryview(text.encode())
    while left:
        left = left[os.write(descriptor, left) :]


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
