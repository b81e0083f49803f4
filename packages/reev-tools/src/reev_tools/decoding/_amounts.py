"""Amounts as people write them, wherever the mint is known."""

from __future__ import annotations

from reev_types.amounts import format_ui
from reev_types.events import InstructionView
from reev_types.tokens import SOL_MINT, symbol_of, token_of

from ._mints import Mints

__all__ = ["human", "spoken", "token_amount"]

_HOLDERS = (("source", "authority"), ("source", "owner"), ("account", "authority"))
"""Roles of a token account, and of the wallet whose it may be."""


def human(raw: int, mint: str, decimals: int | None = None) -> str | None:
    """Return raw units in the token's own, such as ``1.5 USDC``; None where nobody knows the decimals."""
    token = token_of(mint)
    places = token.decimals if token else decimals
    return None if places is None else f"{format_ui(raw, places)} {symbol_of(mint)}"


def spoken(raw: int, mint: str | None) -> str:
    """Return raw units in the token's own, or said to be raw."""
    known = human(raw, mint) if mint else None
    return known or f"{raw} raw units" + (f" of {symbol_of(mint)}" if mint else "")


def token_amount(view: InstructionView, mints: Mints) -> str | None:
    """Return what an instruction of a token program or the System program moves, or None."""
    lamports, amount_raw = view.arguments.get("lamports", ""), view.arguments.get("amount_raw")
    if lamports.isdecimal():
        return human(int(lamports), SOL_MINT)
    mint = view.accounts.get("mint") or _held_mint(view, mints)
    if amount_raw is None or mint is None:
        return None
    decimals = view.arguments.get("decimals")
    return human(int(amount_raw), mint, int(decimals) if decimals else None)


def _held_mint(view: InstructionView, mints: Mints) -> str | None:
    accounts = view.accounts
    pairs = ((accounts[held], accounts[owner]) for held, owner in _HOLDERS if held in accounts and owner in accounts)
    return next((mint for held, owner in pairs if (mint := mints.of(held, owner))), None)
