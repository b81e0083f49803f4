"""Where Jupiter Lend keeps the accounts of a vault; every address is that of Solana mainnet."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from solders.pubkey import Pubkey

from reev_tools.chain import associated_token_address

__all__ = [
    "LENDING_ADMIN",
    "LENDING_ADMIN_BUMP",
    "LEND_PROGRAM",
    "LIQUIDITY",
    "LIQUIDITY_PROGRAM",
    "REWARDS_PROGRAM",
    "VaultAddresses",
    "lending_bump",
    "liquidity_bump",
    "rewards_bump",
    "vault_addresses",
]

LEND_PROGRAM = "jup3YeL8QhtSx1e253b2FDvsMNC87fDrgQZivbrndc9"
LIQUIDITY_PROGRAM = "jupeiUmn818Jg1ekPURTpr4mFo29p46vygyykFJ3wZC"
"""The layer below the vaults. The embedded market has no program there: the lend program does its part."""
REWARDS_PROGRAM = "jup7TthsMgcR9Y3L277b8Eo9uboVSmu1utkuXHNUKar"


class VaultAddresses(NamedTuple):
    """The accounts of one vault, all derived from the mint of its asset."""

    mint: str
    token_program: str
    """Of the asset and of the shares alike."""
    f_token_mint: str
    """The mint of the shares, a jlToken."""
    lending: str
    reserve: str
    position: str
    rate_model: str
    vault: str
    """The token account that holds the assets."""
    claim: str
    rewards_rate_model: str


def _find(program: str, *seeds: bytes) -> tuple[Pubkey, int]:
    return Pubkey.find_program_address(list(seeds), Pubkey.from_string(program))


def _derive(program: str, *seeds: bytes) -> str:
    return str(_find(program, *seeds)[0])


def _key(address: str) -> bytes:
    return bytes(Pubkey.from_string(address))


_ADMIN, LENDING_ADMIN_BUMP = _find(LEND_PROGRAM, b"lending_admin")
LENDING_ADMIN = str(_ADMIN)
"""Mints the shares and, in the embedded market, owns the vaults."""
LIQUIDITY = _derive(LIQUIDITY_PROGRAM, b"liquidity")


@lru_cache(maxsize=256)
def vault_addresses(mint: str, token_program: str) -> VaultAddresses:
    """Return the accounts of the vault for ``mint``, a mint of ``token_program``, whether or not it exists."""
    asset = _key(mint)
    f_token_mint = _derive(LEND_PROGRAM, b"f_token_mint", asset)
    lending = _derive(LEND_PROGRAM, b"lending", asset, _key(f_token_mint))
    return VaultAddresses(
        mint=mint,
        token_program=token_program,
        f_token_mint=f_token_mint,
        lending=lending,
        reserve=_derive(LIQUIDITY_PROGRAM, b"reserve", asset),
        position=_derive(LIQUIDITY_PROGRAM, b"user_supply_position", asset, _key(lending)),
        rate_model=_derive(LIQUIDITY_PROGRAM, b"rate_model", asset),
        vault=associated_token_address(LIQUIDITY, mint, token_program),
        claim=_derive(LIQUIDITY_PROGRAM, b"user_claim", _key(LENDING_ADMIN), asset),
        rewards_rate_model=_derive(REWARDS_PROGRAM, b"lending_rewards_rate_model", asset),
    )


def lending_bump(vault: VaultAddresses) -> int:
    """Return the bump that the vault's Lending account stores."""
    return _find(LEND_PROGRAM, b"lending", _key(vault.mint), _key(vault.f_token_mint))[1]


def rewards_bump(vault: VaultAddresses) -> int:
    """Return the bump that the vault's rewards model stores."""
    return _find(REWARDS_PROGRAM, b"lending_rewards_rate_model", _key(vault.mint))[1]


def liquidity_bump() -> int:
    """Return the bump that the liquidity layer's own account stores."""
    return _find(LIQUIDITY_PROGRAM, b"liquidity")[1]
