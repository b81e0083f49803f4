"""Where swaps and loans are quoted, and what its answers look like to this project."""

from __future__ import annotations

from reev_tools.jupiter import JupiterClient
from reev_types.errors import UsageError
from reev_types.tokens import TOKENS

from ._tool import Wallet

__all__ = ["TRADED_SYMBOLS", "jupiter_of"]

TRADED_SYMBOLS = ", ".join(token.symbol for token in TOKENS if token.underlying is None)
"""What the descriptions of tools list."""


def jupiter_of(wallet: Wallet) -> JupiterClient:
    """Return the wallet's Jupiter; raises UsageError ``no_market``."""
    if wallet.jupiter is None:
        raise UsageError(
            "no_market",
            "no market is connected: nothing can be swapped or lent here",
            suggestions=("call refuse with code unsupported",),
        )
    return wallet.jupiter
