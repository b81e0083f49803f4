"""The blockhash queue of a session: one hash for each slot, derived from the session's seed."""

from __future__ import annotations

from functools import lru_cache

from solders.hash import Hash

from ._digest import Digest

__all__ = ["MAX_AGE_SLOTS", "BlockhashQueue"]

MAX_AGE_SLOTS = 150
"""A blockhash is valid in the slot that hands it out and in so many slots after it."""


class BlockhashQueue:
    """Which blockhash is the newest in a slot, and which are still valid.

    The queue is a function of seed and slot, so turning the slot back turns the queue back.
    """

    def __init__(self, seed: int) -> None:
        self._seed = str(seed).encode()

    def newest(self, slot: int) -> Hash:
        """Return the blockhash that ``slot`` hands out."""
        return _derive(self._seed, slot)

    def is_valid(self, blockhash: Hash, slot: int) -> bool:
        """Tell whether a transaction on ``blockhash`` may be processed in ``slot``."""
        oldest = max(slot - MAX_AGE_SLOTS, 0)
        return any(self.newest(at) == blockhash for at in range(slot, oldest - 1, -1))


@lru_cache(maxsize=4096)
def _derive(seed: bytes, slot: int) -> Hash:
    return Hash(Digest("reev-blockhash").add(seed, slot.to_bytes(8, "little")).digest())
