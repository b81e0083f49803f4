"""Prices by provider and model, and what an exchange costs at them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from reev_types.amounts import UiAmount
from reev_types.errors import FilePlace, UsageError
from reev_types.models import TokenUsage

__all__ = ["Price", "PriceTable", "cost_micro_usd"]

_DATED_MODEL = re.compile(r"-\d{4}-\d{2}-\d{2}$")


class Price(BaseModel):
    """US dollars per million tokens, which is the same number as micro-USD per token, published ``as_of`` a day."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    provider: str
    model: str
    as_of: date
    input: UiAmount
    cached_input: UiAmount
    output: UiAmount


class _PriceFile(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    note: str = ""
    unmetered_providers: frozenset[str] = frozenset()
    prices: tuple[Price, ...] = ()


class PriceTable:
    """Prices by provider and model; at an unmetered provider (this machine, a flat rate) tokens cost nothing."""

    def __init__(self, prices: Iterable[Price] = (), unmetered_providers: Iterable[str] = ()) -> None:
        self._prices = {(price.provider, price.model): price for price in prices}
        self._unmetered = frozenset(unmetered_providers)

    @classmethod
    def bundled(cls) -> PriceTable:
        """Return the table that comes with the package."""
        return _bundled()

    @classmethod
    def read(cls, path: Path) -> PriceTable:
        """Return the table in a JSON file of the bundled one's shape; raises UsageError ``bad_price_table``."""
        try:
            return cls._parsed(path.read_bytes())
        except OSError as error:
            told = error.strerror or "it cannot be read"
        except ValidationError as error:
            first = error.errors(include_input=False)[0]
            told = f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
        raise UsageError("bad_price_table", f"this is not a price table: {told}", place=FilePlace(str(path)))

    @classmethod
    def _parsed(cls, text: bytes) -> PriceTable:
        table = _PriceFile.model_validate_json(text)
        return cls(table.prices, table.unmetered_providers)

    def cost_micro_usd(self, provider: str, model: str, usage: TokenUsage) -> int | None:
        """Return what an exchange costs; None where the price is not known."""
        if provider in self._unmetered:
            return 0
        price = self.price_of(provider, model)
        return None if price is None else cost_micro_usd(price, usage)

    def knows(self, provider: str, model: str) -> bool:
        """Tell whether the cost of a model can be told."""
        return provider in self._unmetered or self.price_of(provider, model) is not None

    def price_of(self, provider: str, model: str) -> Price | None:
        """Return the price of a model; a release such as ``gpt-4o-2024-08-06`` costs what ``gpt-4o`` does."""
        return self._prices.get((provider, model)) or self._prices.get((provider, _DATED_MODEL.sub("", model)))


def cost_micro_usd(price: Price, usage: TokenUsage) -> int:
    """Return the cost of one exchange in micro-USD, rounded half to even; cached input has a price of its own."""
    cached = min(usage.cached_input_tokens, usage.input_tokens)
    exact = (
        price.input * (usage.input_tokens - cached) + price.cached_input * cached + price.output * usage.output_tokens
    )
    return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_EVEN))


@cache
def _bundled() -> PriceTable:
    return PriceTable._parsed(files("reev_agent.costs").joinpath("prices.json").read_bytes())
