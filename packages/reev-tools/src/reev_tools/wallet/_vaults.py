"""Jupiter Lend's vaults as tools see them: which one is meant, what a share is worth, and rows for results."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from reev_tools.jupiter import LendToken
from reev_tools.market.lend import PRICE_ONE
from reev_types.amounts import format_ui
from reev_types.errors import TokenError
from reev_types.tokens import symbol_of

from ._market_access import jupiter_of
from ._parties import mint_of
from ._tool import Wallet

__all__ = ["no_vault", "price_text", "share_price", "vault_for", "vault_row"]

_PRICE_PLACES = 12


async def vault_for(asset: str, wallet: Wallet) -> LendToken:
    """Return the vault that lends ``asset``, a symbol or mint.

    Raises TokenError ``unknown_token``, ``not_an_asset`` for a share token, ``no_vault``.
    """
    mint = mint_of(asset)
    vaults = await jupiter_of(wallet).lend_tokens()
    for vault in vaults:
        if vault.asset_address == mint:
            return vault
        if vault.address == mint:
            meant = symbol_of(vault.asset_address)
            raise TokenError(
                "not_an_asset", f"{symbol_of(mint)} is the share token of {meant}", suggestions=(f"give {meant}",)
            )
    raise no_vault(f"no vault lends {symbol_of(mint)}", vaults)


def no_vault(message: str, vaults: Iterable[LendToken]) -> TokenError:
    """Return the error that says which vaults there are instead."""
    known = ", ".join(symbol_of(vault.asset_address) for vault in vaults)
    return TokenError("no_vault", message, suggestions=(f"the vaults lend {known}",))


def share_price(vault: LendToken) -> int:
    """Return the assets per share times 10¹²: the least price that the vault's own numbers, all rounded down, allow.

    It is exact where the vault has 10¹² raw shares or more.
    """
    whole = 10**vault.decimals
    least = _up(vault.convert_to_assets_raw * PRICE_ONE, whole)
    most = _up((vault.convert_to_assets_raw + 1) * PRICE_ONE, whole) - 1
    if not vault.total_supply_raw:
        return least
    return min(max(_up(vault.total_assets_raw * PRICE_ONE, vault.total_supply_raw), least), most)


def price_text(price: int) -> str:
    """Return a share price as units of the asset for one share."""
    return format_ui(price, _PRICE_PLACES)


def vault_row(vault: LendToken) -> dict[str, Any]:
    """Return a vault for a tool's result."""
    decimals = vault.asset.decimals
    row = {
        "asset": symbol_of(vault.asset_address),
        "asset_mint": vault.asset_address,
        "share_token": symbol_of(vault.address),
        "jupiter_address": vault.address,
        "decimals": vault.decimals,
        "share_price": price_text(share_price(vault)),
        "total_rate_pct": _percent(vault.total_rate_bps),
        "supply_rate_pct": _percent(vault.supply_rate_bps),
        "rewards_rate_pct": _percent(vault.rewards_rate_bps),
        "total_assets_raw": vault.total_assets_raw,
        "total_assets": format_ui(vault.total_assets_raw, decimals),
    }
    if vault.liquidity_supply_data is not None:
        row["withdrawable_raw"] = vault.liquidity_supply_data.withdrawable_raw
        row["withdrawable"] = format_ui(vault.liquidity_supply_data.withdrawable_raw, decimals)
    return row


def _percent(basis_points: int) -> str:
    return format_ui(basis_points, 2)


def _up(dividend: int, divisor: int) -> int:
    return -(-dividend // divisor)
