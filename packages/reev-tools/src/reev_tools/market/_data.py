"""What a market is made of: tokens, pools and vaults in raw units, as its data file lists them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from reev_types.amounts import U64_MAX
from reev_types.tokens import TOKEN_PROGRAM

from .lend import PRICE_ONE
from .swap import VARIANTS

__all__ = [
    "FeeBps",
    "MarketData",
    "PoolData",
    "PositiveRaw",
    "PriceAge",
    "RateBps",
    "Raw",
    "Row",
    "SharePrice",
    "TokenData",
    "UsdPrice",
    "VaultData",
    "refuse_unknown",
]

Raw = Annotated[int, Field(strict=True, ge=0, le=U64_MAX)]
PositiveRaw = Annotated[int, Field(strict=True, ge=1, le=U64_MAX)]
SharePrice = Annotated[int, Field(strict=True, ge=PRICE_ONE, le=U64_MAX)]
FeeBps = Annotated[int, Field(strict=True, ge=0, lt=10_000)]
RateBps = Annotated[int, Field(strict=True, ge=0, lt=2**16)]
UsdPrice = Annotated[Decimal, Field(gt=0, allow_inf_nan=False)]


class Row(BaseModel):
    """A frozen part of the file; a key that it does not know is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", revalidate_instances="always", use_attribute_docstrings=True)


class TokenData(Row):
    """A token that can be traded."""

    mint: str
    decimals: Annotated[int, Field(strict=True, ge=0, le=18)]
    usd_price: UsdPrice
    """The published price of one UI unit."""
    program: str = TOKEN_PROGRAM
    """The token program that the mint belongs to."""


class PoolData(Row):
    """A pool of two tokens, named by their symbols in the file, at a venue."""

    a: str
    b: str
    venue: Annotated[int, Field(strict=True, ge=0, lt=len(VARIANTS))]
    """A number of Jupiter's ``Swap``."""
    fee_bps: FeeBps
    a_raw: PositiveRaw
    b_raw: PositiveRaw


class VaultData(Row):
    """What a lend vault starts with."""

    lending_id: Annotated[int, Field(strict=True, ge=1, lt=2**16)]
    rate_bps: RateBps
    """Annual interest."""
    share_price: SharePrice
    """Assets per share times 10¹²."""
    supply_raw: Raw
    """Shares in existence."""
    liquidity_raw: Raw
    """Assets that can be withdrawn."""


class PriceAge(Row):
    """How long before the world's start the prices were published."""

    slots: Raw = 0
    seconds: Raw = 0


class MarketData(Row):
    """One market. Tokens and vaults are keyed by symbol, pools by a name of their own, venues by number."""

    tokens: dict[str, TokenData]
    venues: dict[int, str]
    """Jupiter's label of each venue."""
    pools: dict[str, PoolData]
    vaults: dict[str, VaultData]
    price_age: PriceAge = PriceAge()

    @model_validator(mode="after")
    def _check_names(self) -> Self:
        pools = self.pools.values()
        refuse_unknown("token", (symbol for pool in pools for symbol in (pool.a, pool.b)), self.tokens)
        refuse_unknown("token", self.vaults, self.tokens)
        refuse_unknown("venue", (pool.venue for pool in pools), self.venues)
        places = {(frozenset((pool.a, pool.b)), pool.venue) for pool in pools}
        if len(places) < len(self.pools) or any(len(pair) < 2 for pair, _ in places):
            raise ValueError("a pool trades two tokens, and a venue has one pool for a pair")
        return self


def refuse_unknown(kind: str, names: Iterable[object], known: Iterable[object]) -> None:
    """Raise ValueError for names that are not known."""
    unknown = sorted(map(str, set(names) - set(known)))
    if unknown:
        raise ValueError(f"no such {kind}: {', '.join(unknown)}")
