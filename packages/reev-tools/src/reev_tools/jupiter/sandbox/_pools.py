"""Pools as they stand, for one answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reev_tools.market import PoolTerms
from reev_tools.market.swap import SWAP_PROGRAM, LivePool, Pool, Reserve
from reev_types.chain import Chain
from reev_types.tokens import TOKEN_2022_PROGRAM

__all__ = ["read_pools"]


async def read_pools(chain: Chain, pools: Iterable[PoolTerms]) -> Mapping[str, LivePool]:
    """Return the pools by address, each read once; those that the chain does not have are left out."""
    wanted = {terms.address: terms.pool for terms in pools}
    found = {address: await _read(chain, address, pool) for address, pool in wanted.items()}
    return {address: pool for address, pool in found.items() if pool is not None}


async def _read(chain: Chain, address: str, expected: Pool) -> LivePool | None:
    account = await chain.account(address)
    pool = Pool.decode(account.data) if account and account.owner == SWAP_PROGRAM else None
    if pool is None or (pool.mint_a, pool.mint_b, pool.venue) != (expected.mint_a, expected.mint_b, expected.venue):
        return None
    a = await _reserve(chain, pool.mint_a, pool.vault_a)
    b = await _reserve(chain, pool.mint_b, pool.vault_b)
    return LivePool(address, pool.venue, pool.fee_bps, a, b) if a and b else None


async def _reserve(chain: Chain, mint: str, vault: str) -> Reserve | None:
    held = await chain.token_account(vault)
    if held is None or held.mint != mint:
        return None
    # Reading a mint costs as much as the rest of a reserve, and only mints of Token-2022 can have a fee.
    info = await chain.mint(mint) if held.program == TOKEN_2022_PROGRAM else None
    return Reserve(mint, vault, held.amount_raw, held.program, info.transfer_fee if info else None)
