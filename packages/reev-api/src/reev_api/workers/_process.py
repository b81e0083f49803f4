"""A worker as the server sees it."""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path

from ._messages import Command, Report, line_of, read_report

__all__ = ["WorkerProcess"]

_LONGEST_LINE = 64 * 2**20


class WorkerProcess:
    """A process and the socket that leads to it."""

    def __init__(
        self, process: asyncio.subprocess.Process, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.sessions: set[str] = set()
        self._process = process
        self._reader = reader
        self._writer = writer

    @classmethod
    async def start(cls, root: Path) -> WorkerProcess:
        """Start one; it can be told things at once, and says when it is ready."""
        ours, theirs = socket.socketpair()
        with theirs:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "reev_api.workers",
                str(theirs.fileno()),
                str(root),
                pass_fds=(theirs.fileno(),),
                stdin=asyncio.subprocess.DEVNULL,
                # Ctrl-C at a terminal is the server's to act upon.
                start_new_session=True,
            )
        reader, writer = await asyncio.open_connection(sock=ours, limit=_LONGEST_LINE)
        return cls(process, reader, writer)

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    def tell(self, command: Command) -> None:
        """Tell it something; a worker that is gone hears nothing, and ``reports`` ends."""
        if not self._writer.is_closing():
            self._writer.write(line_of(command))

    async def reports(self) -> AsyncIterator[Report]:
        """Yield what it says, until it is gone."""
        try:
            while line := await self._reader.readline():
                yield read_report(line)
        except ConnectionError:
            return

    async def end(self) -> None:
        """Hang up, which ends it, and return when it is gone."""
        self._writer.close()
        await self._process.wait()
