"""The time of a chain, which only runs forward."""

from __future__ import annotations

from reev_types.chain import ChainClock
from reev_types.errors import ChainError

__all__ = ["check_forward", "later"]

_LAST = 2**63 - 1


def check_forward(slots: int, seconds: int) -> None:
    """Raise ChainError ``time_runs_forward`` for negative ones."""
    if slots < 0 or seconds < 0:
        raise ChainError("time_runs_forward", "neither slots nor seconds can be negative")


def later(now: ChainClock, *, slots: int, seconds: int) -> ChainClock:
    """Return the moment so much later; raises ChainError ``time_out_of_range`` beyond what programs can read."""
    then = ChainClock(slot=now.slot + slots, unix_timestamp=now.unix_timestamp + seconds)
    if max(then.slot, then.unix_timestamp) > _LAST:
        raise ChainError("time_out_of_range", "slot and time must stay below 2⁶³")
    return then
