"""Names of markets mean the same wherever they are given."""

from decimal import Decimal

import pytest

from reev_orchestrator.mocks import MOCK_SCENARIOS, mock_scenario
from reev_tools.market import MARKET_NAMES, Market


def test_every_market_has_prices_of_its_name_to_plan_with():
    assert set(MARKET_NAMES) <= set(MOCK_SCENARIOS)


@pytest.mark.parametrize("name", MARKET_NAMES)
def test_prices_to_plan_with_are_those_of_the_market_within_a_thousandth(name):
    known = mock_scenario(name).prices_usd
    traded = Market.named(name).prices
    assert known.keys() <= traded.keys()
    assert all(abs(price / traded[mint] - 1) <= Decimal("0.001") for mint, price in known.items())
