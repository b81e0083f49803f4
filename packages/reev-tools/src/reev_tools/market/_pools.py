"""Pools as a market starts with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from reev_types.chain import AccountState

from ._data import MarketData, PoolData
from ._holdings import holding
from .swap import Pool, pool_account

__all__ = ["PoolTerms", "pool_accounts", "pool_terms"]


@dataclass(frozen=True, kw_only=True)
class PoolTerms:
    """A pool of the market; the reserves are those at the world's start."""

    name: str
    mint_a: str
    mint_b: str
    program_a: str
    program_b: str
    venue: int
    fee_bps: int
    reserve_a_raw: int
    reserve_b_raw: int

    @cached_property
    def pool(self) -> Pool:
        """The record on chain."""
        return Pool.at_venue(
            self.mint_a,
            self.mint_b,
            venue=self.venue,
            fee_bps=self.fee_bps,
            program_a=self.program_a,
            program_b=self.program_b,
        )

    @property
    def address(self) -> str:
        """Where the record stands; also the owner of the vaults."""
        return self.pool.address


def pool_terms(data: MarketData) -> tuple[PoolTerms, ...]:
    """Return the pools of ``data``, ordered by name."""
    return tuple(_terms(data, name, data.pools[name]) for name in sorted(data.pools))


def pool_accounts(terms: PoolTerms) -> Iterator[AccountState]:
    """Yield the accounts of one pool: the record and its two vaults."""
    yield pool_account(terms.pool)
    yield holding(terms.address, terms.mint_a, terms.program_a, terms.reserve_a_raw)
    yield holding(terms.address, terms.mint_b, terms.program_b, terms.reserve_b_raw)


def _terms(data: MarketData, name: str, pool: PoolData) -> PoolTerms:
    a, b = data.tokens[pool.a], data.tokens[pool.b]
    return PoolTerms(
        name=name,
        mint_a=a.mint,
        mint_b=b.mint,
        program_a=a.program,
        program_b=b.program,
        venue=pool.venue,
        fee_bps=pool.fee_bps,
        reserve_a_raw=pool.a_raw,
        reserve_b_raw=pool.b_raw,
    )
