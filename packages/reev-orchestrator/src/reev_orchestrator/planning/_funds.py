"""Checks before anything runs: what a step spends, and the SOL for fees and rent."""

from __future__ import annotations

from reev_types.amounts import format_ui
from reev_types.errors import TextPlace, UserError
from reev_types.tokens import SOL, SOL_MINT, symbol_of, token_of

from ._ledger import Ledger

__all__ = ["FEE_LAMPORTS", "TOKEN_ACCOUNT_RENT_LAMPORTS", "WALLET_RENT_LAMPORTS", "check_fees", "check_funds"]

FEE_LAMPORTS = 5_000
"""What one signature costs; every step that moves funds is one transaction with one signature."""
TOKEN_ACCOUNT_RENT_LAMPORTS = 2_039_280
"""What opening a token account locks."""
WALLET_RENT_LAMPORTS = 890_880
"""What a wallet must keep to stay rent-exempt."""


def check_funds(ledger: Ledger, mint: str, raw: int, place: TextPlace) -> None:
    """Raise UserError ``insufficient_funds`` when the wallet cannot have ``raw`` of ``mint`` at this step."""
    have = ledger.at_most_raw(mint)
    if have is None or raw <= have:
        return
    symbol = symbol_of(mint)
    raise UserError(
        "insufficient_funds",
        f"this takes {_ui(raw, mint)} {symbol}; the wallet has {_ui(max(0, have), mint)} {symbol} for it",
        place=place,
        suggestions=_affordable(ledger, mint, have),
        context={"mint": mint, "needed_raw": raw, "available_raw": max(0, have)},
    )


def _affordable(ledger: Ledger, mint: str, have: int) -> tuple[str, ...]:
    spare = have - (ledger.reserve_lamports if mint == SOL_MINT else 0)
    return (f"give at most {_ui(spare, mint)} {symbol_of(mint)}",) if spare > 0 else ("show my balances",)


def check_fees(ledger: Ledger, lamports_due: int, place: TextPlace) -> str | None:
    """Check that SOL is left for fees and rent; return a warning when it is less than the reserve.

    Raises UserError ``insufficient_funds`` when the transactions so far cannot be paid for.
    """
    have = ledger.at_most_raw(SOL_MINT)
    if have is None:
        return None
    left = have - lamports_due
    if left < WALLET_RENT_LAMPORTS:
        raise UserError(
            "insufficient_funds",
            f"fees and rent take {_ui(lamports_due, SOL_MINT)} SOL and the wallet must keep"
            f" {_ui(WALLET_RENT_LAMPORTS, SOL_MINT)} SOL; {_ui(max(0, have), SOL_MINT)} SOL is left for both",
            place=place,
            suggestions=("spend less SOL", "say all my SOL, which keeps a reserve"),
            context={
                "mint": SOL_MINT,
                "needed_raw": lamports_due + WALLET_RENT_LAMPORTS,
                "available_raw": max(0, have),
            },
        )
    if have < ledger.reserve_lamports:
        return (
            f"{_ui(left, SOL_MINT)} SOL is left, less than the reserve of {_ui(ledger.reserve_lamports, SOL_MINT)} SOL"
        )
    return None


def _ui(raw: int, mint: str) -> str:
    token = SOL if mint == SOL_MINT else token_of(mint)
    return format_ui(raw, token.decimals) if token else str(raw)
