"""Lending positions as rows for results."""

from __future__ import annotations

from typing import Any

from reev_tools.jupiter import LendEarnings, LendPosition
from reev_types.amounts import format_ui
from reev_types.tokens import symbol_of

from ._vaults import price_text, share_price

__all__ = ["earnings_row", "position_row"]


def position_row(position: LendPosition) -> dict[str, Any]:
    """Return what a wallet has lent in one vault."""
    vault = position.token
    return {
        "asset": symbol_of(vault.asset_address),
        "asset_mint": vault.asset_address,
        "share_token": symbol_of(vault.address),
        "position_address": vault.address,
        "shares_raw": position.shares_raw,
        "shares": format_ui(position.shares_raw, vault.decimals),
        "assets_raw": position.underlying_assets_raw,
        "assets": format_ui(position.underlying_assets_raw, vault.asset.decimals),
        "share_price": price_text(share_price(vault)),
        "total_rate_pct": format_ui(vault.total_rate_bps, 2),
    }


def earnings_row(position: LendPosition, earnings: LendEarnings) -> dict[str, Any]:
    """Return what a position has earned, counted in the asset."""
    vault = position.token
    return {
        "asset": symbol_of(vault.asset_address),
        "share_token": symbol_of(vault.address),
        "position_address": vault.address,
        "earned_raw": earnings.earnings_raw,
        "earned": format_ui(earnings.earnings_raw, vault.asset.decimals),
    }
