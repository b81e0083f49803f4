"""Amounts of an intent as arguments of a tool: what depends on the wallet is resolved from the context."""

from __future__ import annotations

from typing import Any

from reev_types.amounts import AllAmount, Amount, ShareAmount
from reev_types.contexts import PromptContext
from reev_types.holdings import resolve_in

__all__ = ["received", "spent"]


def spent(amount: Amount, mint: str, context: PromptContext, name: str = "amount") -> dict[str, Any]:
    """Return the argument for so much of ``mint`` given away; everything is left to the tool as ``max``."""
    match amount:
        case AllAmount(keep_raw=0) | ShareAmount(of=1):
            return {name: "max"}
        case _:
            return received(amount, mint, context, name)


def received(amount: Amount, mint: str, context: PromptContext, name: str = "amount") -> dict[str, Any]:
    """Return the argument for so much of ``mint``, always as a number; raises AmountError where it has no value."""
    return {f"{name}_raw": resolve_in(amount, mint, context)}
