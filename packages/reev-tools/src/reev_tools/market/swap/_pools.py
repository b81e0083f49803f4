"""Pools: the record on chain, and what a quote needs to know of one."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from hashlib import sha256

from solders.pubkey import Pubkey

from reev_tools.chain import associated_token_address
from reev_types.chain import AccountState, Chain, TransferFee
from reev_types.errors import ChainError
from reev_types.tokens import TOKEN_PROGRAM

from ._addresses import SWAP_PROGRAM, pool_address

__all__ = ["POOL_BYTES", "Hop", "LivePool", "Pool", "Reserve", "pool_account", "read_pool"]

_LAYOUT = struct.Struct("<8sBBHI32s32s32s32s")
_TAG = sha256(b"account:Pool").digest()[:8]
_RENT_LAMPORTS = (128 + _LAYOUT.size) * 6_960

POOL_BYTES = _LAYOUT.size


@dataclass(frozen=True, slots=True)
class Pool:
    """The record of a pool. It owns both vaults; their balances are its reserves.

    ``venue`` is the number of the variant of Jupiter's ``Swap`` that a step must name to trade here, so one pair can
    have a pool at each venue. ``fee_bps`` is what stays of the input, 0 to 9,999.
    """

    mint_a: str
    mint_b: str
    venue: int
    fee_bps: int
    vault_a: str
    vault_b: str

    @classmethod
    def at_venue(
        cls,
        mint_a: str,
        mint_b: str,
        *,
        venue: int,
        fee_bps: int,
        program_a: str = TOKEN_PROGRAM,
        program_b: str = TOKEN_PROGRAM,
    ) -> Pool:
        """Return a pool whose vaults are its associated token accounts."""
        owner = pool_address(mint_a, mint_b, venue)[0]
        vault_a = associated_token_address(owner, mint_a, program_a)
        vault_b = associated_token_address(owner, mint_b, program_b)
        return cls(mint_a, mint_b, venue, fee_bps, vault_a, vault_b)

    @property
    def address(self) -> str:
        """Where the record stands; also the owner of the vaults."""
        return pool_address(self.mint_a, self.mint_b, self.venue)[0]

    def encode(self) -> bytes:
        """Return the account's data."""
        bump = pool_address(self.mint_a, self.mint_b, self.venue)[1]
        keys = (bytes(Pubkey.from_string(key)) for key in (self.mint_a, self.mint_b, self.vault_a, self.vault_b))
        return _LAYOUT.pack(_TAG, bump, self.venue, self.fee_bps, 0, *keys)

    @classmethod
    def decode(cls, data: bytes) -> Pool | None:
        """Return the pool in ``data``, or None when it holds none."""
        if len(data) != _LAYOUT.size or data[:8] != _TAG:
            return None
        _, _, venue, fee_bps, _, *keys = _LAYOUT.unpack(data)
        mint_a, mint_b, vault_a, vault_b = (str(Pubkey(key)) for key in keys)
        return cls(mint_a, mint_b, venue, fee_bps, vault_a, vault_b)


def pool_account(pool: Pool) -> AccountState:
    """Return the account of ``pool`` to install by decree; the vaults are ordinary token accounts of its address."""
    return AccountState(address=pool.address, owner=SWAP_PROGRAM, lamports=_RENT_LAMPORTS, data=pool.encode())


@dataclass(frozen=True, slots=True)
class Reserve:
    """One side of a pool."""

    mint: str
    vault: str
    amount_raw: int
    program: str = TOKEN_PROGRAM
    transfer_fee: TransferFee | None = None


@dataclass(frozen=True, slots=True)
class LivePool:
    """A pool with what it holds at this moment."""

    address: str
    venue: int
    fee_bps: int
    a: Reserve
    b: Reserve

    def hop(self, mint_in: str) -> Hop:
        """Return the trade that pays ``mint_in`` into this pool; raises ValueError when it does not trade that."""
        if mint_in not in (self.a.mint, self.b.mint):
            raise ValueError(f"pool {self.address} does not trade {mint_in}")
        into, out_of = (self.a, self.b) if mint_in == self.a.mint else (self.b, self.a)
        return Hop(self, into, out_of)


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a route: a pool and the direction."""

    pool: LivePool
    into: Reserve
    out_of: Reserve


async def read_pool(chain: Chain, address: str) -> LivePool:
    """Return the pool at ``address`` as it stands; raises ChainError ``unknown_pool`` when there is none."""
    account = await chain.account(address)
    pool = Pool.decode(account.data) if account and account.owner == SWAP_PROGRAM else None
    if pool is None or pool.address != address:
        raise ChainError("unknown_pool", f"there is no pool at {address}", context={"pool": address})
    a = await _reserve(chain, pool.mint_a, pool.vault_a)
    b = await _reserve(chain, pool.mint_b, pool.vault_b)
    return LivePool(address, pool.venue, pool.fee_bps, a, b)


async def _reserve(chain: Chain, mint: str, vault: str) -> Reserve:
    info, held = await chain.mint(mint), await chain.token_account(vault)
    if info is None or held is None:
        raise ChainError("unknown_pool", f"a pool of {mint} has lost its mint or its vault", context={"mint": mint})
    return Reserve(mint, vault, held.amount_raw, info.program, info.transfer_fee)
