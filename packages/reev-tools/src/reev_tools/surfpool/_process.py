"""Surfpool as a child process."""

from __future__ import annotations

import asyncio
import json
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Sequence
from types import TracebackType

from reev_types.errors import ChainError

__all__ = ["SurfpoolProcess"]

_START_S = 20.0
_STOP_S = 5.0


class SurfpoolProcess:
    """Runs ``command``, as ``find_surfpool`` returns it, while the context is open, and yields the URL of its RPC.

    The child ends when its input does, so also with this process. Raises ChainError ``peer_failed`` when it does not
    start within 20 s.
    """

    def __init__(self, command: Sequence[str]) -> None:
        self._command = tuple(command)
        self._child: Process | None = None

    async def __aenter__(self) -> str:
        """Start it and return the URL."""
        self._child = await self._spawn()
        try:
            async with asyncio.timeout(_START_S):
                return await _rpc_url(self._child)
        except TimeoutError as failure:
            await self._end()
            raise ChainError("peer_failed", f"surfpool says nothing for {_START_S:.0f} s") from failure
        except BaseException:
            await self._end()
            raise

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """End it."""
        await self._end()

    async def _spawn(self) -> Process:
        try:
            return await asyncio.create_subprocess_exec(*self._command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL)
        except OSError as failure:
            raise ChainError("peer_failed", f"surfpool cannot be started: {failure}") from failure

    async def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        try:
            async with asyncio.timeout(_STOP_S):
                await child.communicate(b"")  # closes its input
        except TimeoutError:
            child.kill()
            await child.wait()


async def _rpc_url(child: Process) -> str:
    assert child.stdout is not None
    line = (await child.stdout.readline()).decode(errors="replace")
    try:
        answer = json.loads(line)
        return str(answer["rpcUrl"])
    except (ValueError, KeyError, TypeError) as failure:
        raise ChainError("peer_failed", f"surfpool does not start: {line.strip() or 'it says nothing'}") from failure
