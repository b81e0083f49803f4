"""The market's data file: one market, and scenarios that set some of its numbers anew."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Annotated, Literal, Self, TypeVar

from pydantic import Field, model_validator

from ._data import (
    FeeBps,
    MarketData,
    PoolData,
    PositiveRaw,
    PriceAge,
    RateBps,
    Raw,
    Row,
    SharePrice,
    UsdPrice,
    refuse_unknown,
)

__all__ = ["MarketFile", "Scenario", "load_market_file"]

RowT = TypeVar("RowT", bound=Row)


class TokenChange(Row):
    """What a scenario sets anew of a token."""

    usd_price: UsdPrice | None = None


class PoolChange(Row):
    """What a scenario sets anew of a pool."""

    fee_bps: FeeBps | None = None
    a_raw: PositiveRaw | None = None
    b_raw: PositiveRaw | None = None


class VaultChange(Row):
    """What a scenario sets anew of a vault."""

    rate_bps: RateBps | None = None
    share_price: SharePrice | None = None
    supply_raw: Raw | None = None
    liquidity_raw: Raw | None = None


class Scenario(Row):
    """A market that differs from the default in a few numbers."""

    about: str
    reserves_divided_by: Annotated[int, Field(strict=True, ge=1)] = 1
    """Applies to both sides of all pools, before ``pools``."""
    price_age: PriceAge = PriceAge()
    tokens: dict[str, TokenChange] = {}
    pools: dict[str, PoolChange] = {}
    vaults: dict[str, VaultChange] = {}

    def applied_to(self, data: MarketData) -> MarketData:
        """Return ``data`` with this scenario's numbers; raises ValueError where they make no market."""
        pools = {name: _divided(pool, self.reserves_divided_by) for name, pool in data.pools.items()}
        return MarketData(
            tokens=_changed(data.tokens, self.tokens),
            venues=data.venues,
            pools=_changed(pools, self.pools),
            vaults=_changed(data.vaults, self.vaults),
            price_age=self.price_age,
        )


class MarketFile(Row):
    """The whole file."""

    version: Literal[1]
    market: MarketData
    scenarios: dict[str, Scenario]

    @model_validator(mode="after")
    def _check_scenarios(self) -> Self:
        for scenario in self.scenarios.values():
            refuse_unknown("token", scenario.tokens, self.market.tokens)
            refuse_unknown("pool", scenario.pools, self.market.pools)
            refuse_unknown("vault", scenario.vaults, self.market.vaults)
        return self


@cache
def load_market_file() -> MarketFile:
    """Return the data that the package ships."""
    return MarketFile.model_validate_json((files("reev_tools") / "market/data/market.json").read_bytes())


def _divided(pool: PoolData, divisor: int) -> PoolData:
    return pool.model_copy(update={"a_raw": pool.a_raw // divisor, "b_raw": pool.b_raw // divisor})


def _changed(rows: Mapping[str, RowT], changes: Mapping[str, Row]) -> dict[str, RowT]:
    return {
        name: row.model_copy(update=changes[name].model_dump(exclude_none=True)) if name in changes else row
        for name, row in rows.items()
    }
