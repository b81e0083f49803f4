"""Lend vaults as a market starts with them."""

from __future__ import annotations

from ._data import MarketData, TokenData, VaultData
from .lend import VaultTerms

__all__ = ["vault_terms"]


def vault_terms(data: MarketData, now: int) -> tuple[VaultTerms, ...]:
    """Return the vaults of ``data``, ordered by symbol; interest counts from the unix time ``now``."""
    return tuple(_terms(data.tokens[symbol], data.vaults[symbol], now) for symbol in sorted(data.vaults))


def _terms(token: TokenData, vault: VaultData, now: int) -> VaultTerms:
    return VaultTerms(
        mint=token.mint,
        decimals=token.decimals,
        rate_basis_points=vault.rate_bps,
        supply_raw=vault.supply_raw,
        liquidity_raw=vault.liquidity_raw,
        base_price=vault.share_price,
        since=now,
        lending_id=vault.lending_id,
        token_program=token.program,
    )
