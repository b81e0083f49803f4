"""Waiting on a sandbox: its clock moves on, and nobody's time is taken."""

from __future__ import annotations

from reev_runner.journal import Journal
from reev_types.chain import SandboxChain
from reev_types.recovery_events import TimePassed

__all__ = ["ChainTime"]

_SLOT_MS = 400
_SECOND_MS = 1_000


class ChainTime:
    """Moves the chain's clock for ``FlowTime``, and writes it down; ``passed_ms`` is what has been waited before."""

    def __init__(self, chain: SandboxChain, journal: Journal, passed_ms: int = 0) -> None:
        self._chain = chain
        self._journal = journal
        self._passed_ms = passed_ms

    async def __call__(self, seconds: float) -> None:
        """Let ``seconds`` pass on the chain; what is less than a slot or a second is kept for the next time."""
        before_ms = self._passed_ms
        self._passed_ms += round(seconds * _SECOND_MS)
        passed = TimePassed(
            milliseconds=self._passed_ms - before_ms,
            slots=self._passed_ms // _SLOT_MS - before_ms // _SLOT_MS,
            seconds=self._passed_ms // _SECOND_MS - before_ms // _SECOND_MS,
        )
        self._journal.append(passed)
        await self._chain.advance(slots=passed.slots, seconds=passed.seconds)
