"""Pools as they stand, and what of them was read a moment ago."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from reev_tools.market import PoolTerms
from reev_tools.market.swap import SWAP_PROGRAM, LivePool, Pool, Reserve
from reev_types.chain import AccountState, Chain
from reev_types.tokens import TOKEN_2022_PROGRAM

__all__ = ["PoolReader"]


class PoolReader:
    """Reads pools of one chain."""

    def __init__(self, chain: Chain) -> None:
        self._chain = chain
        self._read: dict[str, tuple[AccountState, LivePool]] = {}

    async def present(self, pools: Iterable[PoolTerms]) -> Mapping[str, LivePool]:
        """Return the pools by address as they stand; those that the chain does not have are left out."""
        wanted = {terms.address: terms for terms in pools}
        return await self._found(wanted, known={})

    async def for_building(self, pools: Iterable[PoolTerms]) -> Mapping[str, LivePool]:
        """Return the pools as ``present`` does, but perhaps with older reserves, which no instruction names."""
        return await self._found({terms.address: terms for terms in pools}, known=self._read)

    async def _found(
        self, wanted: Mapping[str, PoolTerms], known: Mapping[str, tuple[AccountState, LivePool]]
    ) -> Mapping[str, LivePool]:
        found: dict[str, LivePool] = {}
        for address, terms in wanted.items():
            account = await self._chain.account(address)
            if account is None:
                continue
            before = known.get(address)
            pool = before[1] if before and before[0] == account else await self._live(account, terms.pool)
            if pool is not None:
                found[address] = pool
                self._read[address] = account, pool
        return found

    async def _live(self, account: AccountState, expected: Pool) -> LivePool | None:
        pool = _decoded(account.data) if account.owner == SWAP_PROGRAM else None
        if pool is None or (pool.mint_a, pool.mint_b, pool.venue) != (expected.mint_a, expected.mint_b, expected.venue):
            return None
        a = await self._reserve(pool.mint_a, pool.vault_a)
        b = await self._reserve(pool.mint_b, pool.vault_b)
        return LivePool(account.address, pool.venue, pool.fee_bps, a, b) if a and b else None

    async def _reserve(self, mint: str, vault: str) -> Reserve | None:
        held = await self._chain.token_account(vault)
        if held is None or held.mint != mint:
            return None
        # Reading a mint costs as much as the rest of a reserve, and only mints of Token-2022 can have a fee.
        info = await self._chain.mint(mint) if held.program == TOKEN_2022_PROGRAM else None
        return Reserve(mint, vault, held.amount_raw, held.program, info.transfer_fee if info else None)


@lru_cache(maxsize=256)
def _decoded(data: bytes) -> Pool | None:
    return Pool.decode(data)
