"""What a worker does: sessions side by side, commands in, reports out."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path
from typing import assert_never

from reev_runner.execution import embedded_sandbox
from reev_runner.suite import renderer
from reev_runner.system import SystemClock
from reev_types.benchmarks import DEFAULT_MARKET

from ._messages import Answered, Cancel, Command, Ready, Report, Start, line_of, read_command
from ._session import Session

__all__ = ["LONGEST_LINE", "Serving"]

LONGEST_LINE = 16 * 2**20


class Serving:
    """One worker at its socket."""

    def __init__(self, connection: socket.socket, root: Path) -> None:
        self._connection = connection
        self._root = root
        self._clock = SystemClock()
        self._sessions: dict[str, Session] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Serve until the other end is gone."""
        reader, self._writer = await asyncio.open_connection(sock=self._connection, limit=LONGEST_LINE)
        embedded_sandbox(DEFAULT_MARKET)
        renderer()
        self._say(Ready())
        while line := await reader.readline():
            self._obey(read_command(line))

    def _obey(self, command: Command) -> None:
        match command:
            case Start(session_id=session_id):
                session = Session(command, self._root, self._clock, self._say)
                self._sessions[session_id] = session
                self._tasks[session_id] = asyncio.create_task(self._carry_out(session_id, session))
            case Cancel(session_id=session_id):
                if session_id in self._tasks:
                    self._tasks[session_id].cancel()
            case Answered(session_id=session_id):
                if session_id in self._sessions:
                    self._sessions[session_id].asker.answer(command.question_id, command.answer)
            case _:
                assert_never(command)

    async def _carry_out(self, session_id: str, session: Session) -> None:
        try:
            self._say(await session.run())
        finally:
            del self._sessions[session_id], self._tasks[session_id]

    def _say(self, report: Report) -> None:
        self._writer.write(line_of(report))
