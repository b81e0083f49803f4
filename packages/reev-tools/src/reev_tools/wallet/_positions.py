"""Lending positions as rows for results."""

from __future__ import annotations

from typing import Any

from reev_tools.jupiter import LendEarnings, LendPosition
from reev_types.amounts import format_ui
from reev_types.tokens import symbol_of

from ._market_access import jupiter_of
from ._tool import Wallet
from ._vaults import no_vault, price_text, share_price

__all__ = ["earnings_row", "position_of", "position_row"]


async def position_of(mint: str, wallet: Wallet) -> LendPosition:
    """Return the wallet's position in the vault with this asset or share, also an empty one; raises ``no_vault``."""
    positions = await jupiter_of(wallet).lend_positions([wallet.address])
    for position in positions:
        if mint in (position.token.address, position.token.asset_address):
            return position
    raise no_vault(f"no vault lends {symbol_of(mint)}", (position.token for position in positions))


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
