"""Wallets, prices, scenarios and outcomes by name or by seed: no network, no chain, the same every time.

They serve demonstrations and the tests of whoever builds on contexts.
"""

from ._addresses import nobodys_address
from ._clock import PausedClock
from ._generator import generated_wallet
from ._markets import MOCK_PRICES, MOCK_SCENARIOS, MockScenario, mock_scenario
from ._outcomes import RECORDED_OUTCOMES, recorded_outcome
from ._series import PRICE_SERIES, SeriesPrices, price_series
from ._wallets import DEFAULT_MOCK_WALLET, MOCK_WALLETS, mock_wallet, mock_wallet_named_by

__all__ = [
    "DEFAULT_MOCK_WALLET",
    "MOCK_PRICES",
    "MOCK_SCENARIOS",
    "MOCK_WALLETS",
    "PRICE_SERIES",
    "RECORDED_OUTCOMES",
    "MockScenario",
    "PausedClock",
    "SeriesPrices",
    "generated_wallet",
    "mock_scenario",
    "mock_wallet",
    "mock_wallet_named_by",
    "nobodys_address",
    "price_series",
    "recorded_outcome",
]
