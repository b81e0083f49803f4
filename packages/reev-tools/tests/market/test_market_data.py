from __future__ import annotations

import json
from importlib.resources import files

import pytest
from pydantic import ValidationError

from reev_tools.market import MARKET_NAMES, Market
from reev_tools.market._scenarios import MarketFile, Scenario, load_market_file
from reev_types.tokens import token_of


@pytest.fixture
def content() -> dict:
    """Return the shipped file, to be spoilt."""
    return json.loads((files("reev_tools") / "market/data/market.json").read_text(encoding="utf-8"))


def refusal(content: dict) -> str:
    with pytest.raises(ValidationError) as caught:
        MarketFile.model_validate_json(json.dumps(content))
    return str(caught.value)


def test_the_file_agrees_with_the_token_registry():
    for symbol, token in load_market_file().market.tokens.items():
        registered = token_of(token.mint)
        assert (registered.symbol, registered.decimals, registered.program) == (symbol, token.decimals, token.program)


def test_every_scenario_makes_a_market():
    assert {name: Market.named(name).name for name in MARKET_NAMES} == {name: name for name in MARKET_NAMES}


@pytest.mark.parametrize(
    "path",
    [
        (),
        ("market",),
        ("market", "tokens", "SOL"),
        ("market", "pools", "SOL-USDC"),
        ("market", "vaults", "USDC"),
        ("scenarios", "thin_liquidity"),
        ("scenarios", "stale_price", "price_age"),
        ("scenarios", "depeg", "tokens", "USDT"),
        ("scenarios", "depeg", "pools", "SOL-USDT"),
        ("scenarios", "empty_vault", "vaults", "USDC"),
    ],
)
def test_an_unknown_key_is_refused(content, path):
    place = content
    for key in path:
        place = place[key]
    place["colour"] = 1
    assert "Extra inputs are not permitted" in refusal(content)


@pytest.mark.parametrize(
    ("path", "value", "complaint"),
    [
        (("version",), 2, "Input should be 1"),
        (("market", "pools", "SOL-USDC", "a"), "DOGE", "no such token: DOGE"),
        (("market", "pools", "SOL-USDC", "venue"), 3, "no such venue: 3"),
        (("market", "pools", "SOL-USDC", "venue"), 7, "one pool for a pair"),
        (("market", "pools", "SOL-USDC", "b"), "SOL", "a pool trades two tokens"),
        (("market", "pools", "SOL-USDC", "a_raw"), 0, "greater than or equal to 1"),
        (("market", "pools", "SOL-USDC", "a_raw"), 1.0, "valid integer"),
        (("market", "pools", "SOL-USDC", "b_raw"), 2**64, "less than or equal to 18446744073709551615"),
        (("market", "pools", "SOL-USDC", "fee_bps"), 10_000, "less than 10000"),
        (("market", "vaults", "USDC", "share_price"), 10**12 - 1, "greater than or equal to 1000000000000"),
        (("market", "tokens", "SOL", "usd_price"), "0", "greater than 0"),
        (("market", "tokens", "SOL", "usd_price"), "NaN", "finite number"),
        (("scenarios", "depeg", "tokens"), {"DOGE": {}}, "no such token: DOGE"),
        (("scenarios", "depeg", "pools"), {"SOL-DOGE": {}}, "no such pool: SOL-DOGE"),
        (("scenarios", "depeg", "vaults"), {"JUP": {}}, "no such vault: JUP"),
    ],
)
def test_what_makes_no_market_is_refused(content, path, value, complaint):
    *parents, last = path
    place = content
    for key in parents:
        place = place[key]
    place[last] = value
    assert complaint in refusal(content)


def test_a_vault_needs_a_token(content):
    content["market"]["vaults"]["DOGE"] = content["market"]["vaults"]["USDC"]
    assert "no such token: DOGE" in refusal(content)


def test_a_scenario_that_empties_a_pool_is_refused():
    drained = Scenario(about="nothing is left", reserves_divided_by=2**64)
    with pytest.raises(ValidationError, match="greater than or equal to 1"):
        drained.applied_to(load_market_file().market)


def test_a_scenario_changes_what_it_names_and_nothing_else():
    usual, empty = Market.named().data, Market.named("empty_vault").data
    vault = usual.vaults["USDC"].model_copy(update={"liquidity_raw": 10**6})
    assert empty == usual.model_copy(update={"vaults": {**usual.vaults, "USDC": vault}})


def test_a_stale_price_table_says_how_old_it_is():
    assert Market.named("stale_price").data.price_age.model_dump() == {"slots": 2_250, "seconds": 900}
    assert Market.named().data.price_age.model_dump() == {"slots": 0, "seconds": 0}
