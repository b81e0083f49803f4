"""What a chain has to remember, because the node cannot tell or cannot take it back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from solders.account import Account
from solders.clock import Clock
from solders.epoch_schedule import EpochSchedule
from solders.pubkey import Pubkey

from reev_tools.chain._blockhashes import MAX_AGE_SLOTS
from reev_tools.chain._digest import Digest
from reev_types.chain import ChainClock, TransactionOutcome

__all__ = ["START_SLOT", "Memory", "SurfpoolCheckpoint", "epoch_of"]

START_SLOT = 435_888_000
"""The slot in which sessions of the embedded chain start as well."""

_SCHEDULE = EpochSchedule(432_000)


class Memory:
    """The chain's time and history, and every account that it has changed, as it was before and is now.

    ``origin`` names the world that the node holds, for the state's hash.
    """

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.clock = ChainClock(slot=START_SLOT, unix_timestamp=0)
        self.landed: dict[str, TransactionOutcome] = {}
        self._handed_out: dict[str, int] = {}
        self._first: dict[Pubkey, Account | None] = {}
        self._now: dict[Pubkey, Account | None] = {}

    def copy(self) -> Memory:
        """Return an independent memory of the same."""
        twin = Memory(self.origin)
        twin.clock = self.clock
        twin.landed = dict(self.landed)
        twin._handed_out = dict(self._handed_out)
        twin._first = dict(self._first)
        twin._now = dict(self._now)
        return twin

    def change(self, before: Mapping[Pubkey, Account | None], after: Mapping[Pubkey, Account | None]) -> None:
        """Take note of accounts that were as in ``before`` and are as in ``after``."""
        for key, account in after.items():
            self._first.setdefault(key, before[key])
            self._now[key] = account

    def way_back(self, past: Memory) -> dict[Pubkey, Account | None]:
        """Return what has to be put to have every account as ``past`` knows it."""
        targets = {key: past._now.get(key, first) for key, first in self._first.items()}
        return {key: account for key, account in targets.items() if account != self._now[key]}

    def hand_out(self, blockhash: str) -> None:
        """Let ``blockhash`` be valid from the present slot on."""
        self._handed_out[blockhash] = self.clock.slot

    def is_valid(self, blockhash: str) -> bool:
        """Tell whether ``blockhash`` was handed out here, and lately."""
        since = self._handed_out.get(blockhash)
        return since is not None and self.clock.slot - since <= MAX_AGE_SLOTS

    def sysvar(self) -> Clock:
        """Return the clock as programs are to see it, the same as on the embedded chain."""
        slot, epoch = self.clock.slot, epoch_of(self.clock)
        return Clock(slot, 0, epoch, _SCHEDULE.get_leader_schedule_epoch(slot), self.clock.unix_timestamp)

    def state_hash(self) -> str:
        """SHA-256 over the world, the accounts that differ from it, the clock and the landed transactions."""
        digest = Digest("reev-surfpool").add(self.origin.encode(), bytes(self.sysvar()))
        for key in sorted(self._differing(), key=bytes):
            account = self._now[key]
            digest.add(bytes(key), b"" if account is None else bytes(account))
        for outcome in self.landed.values():
            digest.add(outcome.model_dump_json().encode())
        return digest.hexdigest()

    def _differing(self) -> Iterable[Pubkey]:
        return (key for key, account in self._now.items() if account != self._first[key])


class SurfpoolCheckpoint:
    """A remembered state; hashing it waits until somebody asks."""

    def __init__(self, chain: object, memory: Memory) -> None:
        self.chain = chain
        self.memory = memory.copy()

    @cached_property
    def state_hash(self) -> str:
        """SHA-256 over everything that a rewind restores."""
        return self.memory.state_hash()


def epoch_of(clock: ChainClock) -> int:
    """Return the epoch of a moment."""
    return _SCHEDULE.get_epoch(clock.slot)
