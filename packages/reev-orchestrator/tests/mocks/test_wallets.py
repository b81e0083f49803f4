import pytest

from reev_orchestrator.context import checked_owner
from reev_orchestrator.mocks import DEFAULT_MOCK_WALLET, MOCK_WALLETS, mock_scenario, mock_wallet, mock_wallet_named_by
from reev_types.errors import UsageError


def test_the_five_wallets_hold_what_they_are_known_for():
    held = {
        name: (context.sol_balance, {token.symbol: token.formatted_amount for token in context.token_balances.values()})
        for name in MOCK_WALLETS
        for context in [mock_wallet(name)]
    }
    assert held == {
        "empty": (10**9, {}),
        "sol_only": (10 * 10**9, {}),
        "balanced": (5 * 10**9, {"USDC": "5000", "USDT": "2000"}),
        "defi_power": (50 * 10**9, {"USDC": "100000", "USDT": "50000", "BONK": "1000000", "mSOL": "10"}),
        "small_holder": (5 * 10**8, {"USDC": "100", "BONK": "100000"}),
    }


def test_the_default_is_the_balanced_one_and_worth_7750_dollars():
    assert DEFAULT_MOCK_WALLET == "balanced"
    assert mock_wallet() == mock_wallet("balanced")
    assert mock_wallet().total_value_usd == 7750


def test_every_wallet_has_an_address_of_its_own():
    owners = [mock_wallet(name).owner for name in MOCK_WALLETS]
    assert len(set(owners)) == len(owners)
    assert [checked_owner(owner) for owner in owners] == owners


def test_a_scenario_values_a_wallet_differently():
    assert mock_wallet("balanced", mock_scenario("depeg").prices_usd).total_value_usd == 7590
    assert mock_wallet("balanced", mock_scenario("unpriced").prices_usd).total_value_usd is None


def test_an_unknown_name_lists_the_known_ones():
    with pytest.raises(UsageError, match="unknown_mock_wallet") as caught:
        mock_wallet("whale")
    assert caught.value.suggestions == ("one of empty, sol_only, balanced, defi_power, small_holder",)


def test_demo_names_a_wallet_and_other_texts_do_not():
    assert mock_wallet_named_by("demo:sol_only") == mock_wallet("sol_only")
    assert mock_wallet_named_by(mock_wallet().owner) is None
    with pytest.raises(UsageError, match="no mock wallet is named ''"):
        mock_wallet_named_by("demo:")
