"""Prices of the market's scenarios by name, without a market behind them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from reev_types.errors import UsageError
from reev_types.tokens import find_token

__all__ = ["MOCK_PRICES", "MOCK_SCENARIOS", "MockScenario", "mock_scenario"]


class MockScenario(NamedTuple):
    """US dollars for one UI unit by mint, and how many seconds before the start they were published."""

    name: str
    about: str
    prices_usd: Mapping[str, Decimal]
    age_s: int = 0


def _prices(**by_symbol: str) -> Mapping[str, Decimal]:
    return MappingProxyType({find_token(symbol).mint: Decimal(price) for symbol, price in by_symbol.items()})


MOCK_PRICES = _prices(
    SOL="150",
    USDC="1",
    USDT="1",
    JUP="0.4",
    BONK="0.00002",
    JitoSOL="186",
    mSOL="201",
    PYUSD="1",
    EURC="1.08",
)
"""What the named wallets are valued at."""

_SCENARIOS = (
    MockScenario("default", "Ordinary prices.", MOCK_PRICES),
    MockScenario("thin_liquidity", "Ordinary prices that hold for small amounts only.", MOCK_PRICES),
    MockScenario("depeg", "USDT has fallen to $0.92.", {**MOCK_PRICES, **_prices(USDT="0.92")}),
    MockScenario(
        "stale_price",
        "Prices of a quarter of an hour ago, some a tenth too high.",
        {**MOCK_PRICES, **_prices(SOL="165", JUP="0.46", BONK="0.000023", JitoSOL="204.6", mSOL="221.1")},
        age_s=900,
    ),
    MockScenario("empty_vault", "Ordinary prices; what is lent cannot be withdrawn.", MOCK_PRICES),
    MockScenario("unpriced", "No price is known of anything.", {}),
)
_BY_NAME = {scenario.name: scenario for scenario in _SCENARIOS}

MOCK_SCENARIOS: tuple[str, ...] = tuple(_BY_NAME)
"""The market's own scenarios, and ``unpriced``."""


def mock_scenario(name: str) -> MockScenario:
    """Return a scenario; raises UsageError ``unknown_mock_scenario``."""
    if name not in _BY_NAME:
        known = ", ".join(MOCK_SCENARIOS)
        message = f"no mock scenario is named {name[:40]!r}"
        raise UsageError("unknown_mock_scenario", message, suggestions=(f"one of {known}",))
    return _BY_NAME[name]
