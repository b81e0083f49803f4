"""Journals in files, as ``reev_runner.journal`` keeps them."""

from __future__ import annotations

import asyncio
import re
from itertools import islice
from pathlib import Path

from pydantic_core import from_json

from reev_types.errors import StorageError

from ._journals import JournalLine

__all__ = ["FileJournals"]

_FILE = "journal.jsonl"
_SAFE = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,99}", re.ASCII)


class FileJournals:
    """Implements ``Journals`` on the folder of the sessions; what is no session id names nothing in it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    async def read(self, session_id: str, start: int, limit: int) -> tuple[JournalLine, ...]:
        """Return whole lines; the one that is being written is not there yet. Raises StorageError."""
        return await asyncio.to_thread(self._read, session_id, start, limit)

    def _read(self, session_id: str, start: int, limit: int) -> tuple[JournalLine, ...]:
        path = self._folder(session_id) / _FILE
        try:
            with path.open("rb") as lines:
                wanted = islice(lines, start, start + limit)
                return tuple(_line(line) for line in wanted if line.endswith(b"\n"))
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise StorageError("storage_failed", f"the journal cannot be read: {error.strerror}") from error

    def _folder(self, session_id: str) -> Path:
        if _SAFE.fullmatch(session_id) is None:
            raise StorageError("bad_session_id", "a session id is made of letters, digits, hyphens and underscores")
        return self.root / session_id


def _line(line: bytes) -> JournalLine:
    told = from_json(line)
    return JournalLine(told["seq"], told["type"], line[:-1].decode())
