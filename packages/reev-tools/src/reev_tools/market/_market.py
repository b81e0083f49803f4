"""A market: its data, and what it puts into a world."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache, cached_property
from hashlib import sha256
from importlib.resources import files
from types import MappingProxyType

from reev_tools.chain import World
from reev_tools.programs import ASSOCIATED_TOKEN_PROGRAM, SYSTEM_PROGRAM
from reev_types.chain import AccountState
from reev_types.errors import UsageError
from reev_types.tokens import TOKEN_2022_PROGRAM, TOKEN_PROGRAM

from ._data import MarketData, TokenData
from ._holdings import holding
from ._pools import PoolTerms, pool_accounts, pool_terms
from ._scenarios import load_market_file
from ._table import table_account, table_address
from ._vaults import vault_terms
from .lend import LEND_PROGRAM, PRICE_ONE, VaultTerms, shared_lend_accounts, vault_accounts
from .lend._addresses import LIQUIDITY_PROGRAM
from .swap import EVENT_AUTHORITY, SWAP_PROGRAM, program_authority, swap_image

__all__ = ["DEFAULT_MARKET", "MARKET_NAMES", "Market"]

DEFAULT_MARKET = "default"
MARKET_NAMES: tuple[str, ...] = (DEFAULT_MARKET, *sorted(load_market_file().scenarios))


class Market:
    """Pools, lend vaults and prices, the same at every start; immutable."""

    def __init__(self, name: str, data: MarketData) -> None:
        self.name = name
        self.data = data
        self.authority = program_authority(0)
        """Owns the token accounts that shared routes pass through; ``authority_id`` 0."""
        self.lookup_table = table_address(self.authority)
        """The address of the table that ``accounts`` contains."""
        self.venues: Mapping[int, str] = MappingProxyType(data.venues)
        """Jupiter's labels by venue number."""

    @classmethod
    def named(cls, name: str = DEFAULT_MARKET) -> Market:
        """Return the market of a scenario; raises UsageError ``unknown_market``."""
        if name not in MARKET_NAMES:
            known = ", ".join(MARKET_NAMES)
            raise UsageError("unknown_market", f"there is no market {name[:40]!r}", suggestions=(f"one of {known}",))
        return _named(name)

    @property
    def tokens(self) -> Mapping[str, TokenData]:
        """What can be traded, by symbol."""
        return MappingProxyType(self.data.tokens)

    @cached_property
    def pools(self) -> tuple[PoolTerms, ...]:
        """All pools, ordered by name."""
        return pool_terms(self.data)

    def vaults(self, now: int = 0) -> tuple[VaultTerms, ...]:
        """Return all lend vaults, ordered by symbol, with their share prices as of ``now``."""
        return vault_terms(self.data, now)

    @cached_property
    def prices(self) -> Mapping[str, Decimal]:
        """US dollars for one UI unit by mint: of tokens as published, of lend shares at the world's start."""
        published = {token.mint: token.usd_price for token in self.data.tokens.values()}
        shares = {
            vault.addresses.f_token_mint: published[vault.mint] * vault.base_price / PRICE_ONE
            for vault in self.vaults()
        }
        return MappingProxyType(published | shares)

    @property
    def programs(self) -> Mapping[str, bytes]:
        """The ELF images by address."""
        return _programs()

    def accounts(self, now: int = 0) -> tuple[AccountState, ...]:
        """Return everything that the market adds to a world but programs, each address once.

        ``now`` is the chain's unix time at the world's start, from which interest counts; nothing else depends on it.
        The mints of lend shares are among them, the mints of tokens are not.
        """
        trade = tuple(self._trade_accounts())
        lend = tuple(self._lend_accounts(now))
        return (*trade, *lend, table_account(self.lookup_table, self._table_entries(trade, lend)))

    def world(self, now: int = 0) -> World:
        """Return a world with the mints of the token registry, this market and its programs."""
        return World.genesis(self.accounts(now), self.programs)

    @cached_property
    def digest(self) -> str:
        """SHA-256 over data and program images, independent of the order in which the file lists them."""
        images = {address: sha256(image).hexdigest() for address, image in self.programs.items()}
        content = {"data": self.data.model_dump(mode="json"), "programs": images}
        return sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()

    @cached_property
    def addresses(self) -> frozenset[str]:
        """Every account that belongs to the market, its programs and the owners of its token accounts included."""
        return frozenset(
            {account.address for account in self.accounts()} | {*self.programs, self.authority, EVENT_AUTHORITY}
        )

    def _trade_accounts(self) -> Iterator[AccountState]:
        for pool in self.pools:
            yield from pool_accounts(pool)
        for token in sorted(self.data.tokens.values(), key=lambda token: token.mint):
            yield holding(self.authority, token.mint, token.program, 0)

    def _lend_accounts(self, now: int) -> Iterator[AccountState]:
        yield from shared_lend_accounts()
        for vault in self.vaults(now):
            yield from vault_accounts(vault)

    def _table_entries(self, *groups: tuple[AccountState, ...]) -> Iterator[str]:
        yield from (SYSTEM_PROGRAM, TOKEN_PROGRAM, TOKEN_2022_PROGRAM, ASSOCIATED_TOKEN_PROGRAM)
        yield from (LIQUIDITY_PROGRAM, EVENT_AUTHORITY, self.authority)
        yield from sorted(token.mint for token in self.data.tokens.values())
        for vault in self.vaults():
            yield from vault.addresses
        yield from (account.address for group in groups for account in group)


@cache
def _named(name: str) -> Market:
    file = load_market_file()
    return Market(name, file.market if name == DEFAULT_MARKET else file.scenarios[name].applied_to(file.market))


@cache
def _programs() -> Mapping[str, bytes]:
    lend_image = (files("reev_tools") / "market/programs/jupiter_lend.so").read_bytes()
    return MappingProxyType({SWAP_PROGRAM: swap_image(), LEND_PROGRAM: lend_image})
