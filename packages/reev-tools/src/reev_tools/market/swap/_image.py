"""The program as the wheel ships it."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

__all__ = ["swap_image"]


@cache
def swap_image() -> bytes:
    """Return the ELF image of the swap program; ``onchain/`` in the repository has its source."""
    return (files("reev_tools") / "market/programs/jupiter_swap.so").read_bytes()
