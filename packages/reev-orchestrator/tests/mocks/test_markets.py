import pytest

from reev_orchestrator.mocks import MOCK_PRICES, MOCK_SCENARIOS, mock_scenario
from reev_types.errors import UsageError
from reev_types.tokens import find_token


def test_scenarios_are_selected_by_name():
    scenarios = [mock_scenario(name) for name in MOCK_SCENARIOS]
    assert [scenario.name for scenario in scenarios] == list(MOCK_SCENARIOS)
    assert len({scenario.about for scenario in scenarios}) == len(scenarios)


def test_a_depegged_stablecoin_is_worth_less_and_everything_else_the_same():
    changed = {mint for mint, price in mock_scenario("depeg").prices_usd.items() if price != MOCK_PRICES[mint]}
    assert changed == {find_token("USDT").mint}


def test_only_stale_prices_have_an_age():
    assert {name: mock_scenario(name).age_s for name in MOCK_SCENARIOS if mock_scenario(name).age_s} == {
        "stale_price": 900
    }


def test_an_unknown_scenario_lists_the_known_ones():
    with pytest.raises(UsageError, match="unknown_mock_scenario") as caught:
        mock_scenario("moon")
    assert "depeg" in caught.value.suggestions[0]
