"""Where the aggregator keeps its accounts; all derived from its real program id."""

from __future__ import annotations

from functools import lru_cache

from solders.pubkey import Pubkey

__all__ = ["EVENT_AUTHORITY", "SWAP_PROGRAM", "pool_address", "program_authority"]

SWAP_PROGRAM = "JUP6LkbZbjS1jKKwapdHNy74zcZ3tLUZoi5QNyVTaV4"
EVENT_AUTHORITY = "D8cy77BBepLMngZx6ZukaTff5hCt1HrWyKk3Hnd9oitf"
"""Signs the program's calls of itself that carry events."""


def _derive(*seeds: bytes) -> tuple[str, int]:
    address, bump = Pubkey.find_program_address(list(seeds), Pubkey.from_string(SWAP_PROGRAM))
    return str(address), bump


@lru_cache(maxsize=256)
def program_authority(number: int) -> str:
    """Return the owner of the token accounts that shared routes pass through; the program knows 0 to 19."""
    return _derive(b"authority", bytes([number]))[0]


@lru_cache(maxsize=1024)
def pool_address(mint_a: str, mint_b: str, venue: int) -> tuple[str, int]:
    """Return address and bump of the pool for a pair at a venue; the order of the mints matters."""
    mints = (bytes(Pubkey.from_string(mint)) for mint in (mint_a, mint_b))
    return _derive(b"pool", *mints, bytes([venue]))
