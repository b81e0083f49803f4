"""What the reading tools tell of vaults, positions and earnings."""

from __future__ import annotations

import pytest

from reev_types.tokens import SOL_MINT, find_token
from reev_types.tools import Executed, Observed, Refused

MILLION, YEAR = 10**6, 365 * 86_400
USDC, JLUSDC, JLSOL = (find_token(symbol).mint for symbol in ("USDC", "jlUSDC", "jlWSOL"))


@pytest.fixture
async def lender(market_town):
    """ALICE lent 50 USDC a year ago, and has 50 left."""
    await market_town.chain.set_token_balance(market_town.alice, USDC, 100 * MILLION)
    result = await market_town.call("jupiter_lend_earn_deposit", asset_mint="USDC", amount="50")
    assert isinstance(result, Executed)
    await market_town.chain.advance(seconds=YEAR)
    return market_town


async def read(town, tool, **arguments):
    result = await town.call(tool, **arguments)
    assert isinstance(result, Observed), result
    return result.data


async def test_positions_and_earnings_are_told_in_both_units(lender):
    data = await read(lender, "jupiter_earn")
    (position,), (earnings,) = data["positions"], data["earnings"]
    assert data["wallet"] == lender.alice
    assert (position["asset"], position["share_token"], position["position_address"]) == ("USDC", "jlUSDC", JLUSDC)
    assert position["shares_raw"] == await lender.tokens(lender.alice, JLUSDC)
    assert position["total_rate_pct"] == "4.23"
    # A year at 4.23 per cent on 50 USDC, less what rounding kept.
    assert position["assets"] == "52.114999"
    assert (earnings["earned_raw"], earnings["earned"]) == (position["assets_raw"] - 50 * MILLION, "2.114999")


@pytest.mark.parametrize(
    ("operation", "parts"),
    [("positions", {"positions"}), ("earnings", {"earnings"}), ("both", {"positions", "earnings"})],
)
async def test_only_what_is_asked_for_is_told(lender, operation, parts):
    data = await read(lender, "jupiter_earn", operation=operation)
    assert set(data) == {"operation", "wallet"} | parts


async def test_who_has_lent_nothing_has_no_positions(market_town):
    data = await read(market_town, "jupiter_earn")
    assert (data["positions"], data["earnings"]) == ([], [])


@pytest.mark.parametrize("position", [JLUSDC, "jlUSDC", USDC, "usdc"])
async def test_one_position_can_be_asked_for(lender, position):
    await lender.lent("jlWSOL", 10**9)
    assert len((await read(lender, "jupiter_earn"))["positions"]) == 2
    data = await read(lender, "jupiter_earn", position_address=position)
    assert [row["share_token"] for row in data["positions"]] == ["jlUSDC"]
    assert [row["share_token"] for row in data["earnings"]] == ["jlUSDC"]


@pytest.mark.parametrize("position", ["USDC", "jlUSDC", USDC, JLUSDC])
async def test_a_position_is_told_in_full_by_any_of_its_names(lender, position):
    data = await read(lender, "get_position_info", position=position)
    (row,) = (await read(lender, "jupiter_earn"))["positions"]
    assert data == {
        **row,
        "earned_raw": 2_114_999,
        "earned": "2.114999",
        "asset_balance_raw": 50 * MILLION,
        "asset_balance": "50",
    }


async def test_an_empty_position_has_earned_nothing(market_town):
    data = await read(market_town, "get_position_info", position="USDT")
    assert (data["shares_raw"], data["assets_raw"], data["earned_raw"]) == (0, 0, 0)


async def test_a_position_that_cannot_be_is_refused(market_town):
    result = await market_town.call("get_position_info", position="BONK")
    assert isinstance(result, Refused)
    assert result.code == "no_vault"


async def test_every_vault_is_listed_with_its_rates(market_town):
    vaults = (await read(market_town, "get_lend_earn_tokens"))["vaults"]
    assert [(row["asset"], row["share_price"], row["total_rate_pct"]) for row in vaults] == [
        ("SOL", "1.021634", "3.52"),
        ("USDC", "1.042088", "4.23"),
        ("USDT", "1.038251", "3.89"),
    ]
    assert all(int(row["withdrawable_raw"]) > 0 for row in vaults)


@pytest.mark.parametrize(
    "arguments",
    [
        {"symbol": "usdc"},
        {"symbol": "jlUSDC"},
        {"mint_address": USDC},
        {"mint_address": "USDC"},
        {"jupiter_address": JLUSDC},
        {"jupiter_address": "jlusdc"},
    ],
    ids=str,
)
async def test_one_vault_can_be_asked_for(market_town, arguments):
    vaults = (await read(market_town, "get_lend_earn_tokens", **arguments))["vaults"]
    assert [row["asset"] for row in vaults] == ["USDC"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"symbol": "USDC", "jupiter_address": JLSOL}, "no_vault"),
        ({"symbol": "BONK"}, "no_vault"),
        ({"mint_address": "jlUSDC"}, "no_vault"),
        ({"mint_address": "nonsense"}, "unknown_token"),
        ({"jupiter_address": "nonsense"}, "unknown_token"),
    ],
    ids=str,
)
async def test_what_fits_no_vault_is_refused(market_town, arguments, code):
    result = await market_town.call("get_lend_earn_tokens", **arguments)
    assert isinstance(result, Refused)
    assert result.code == code
    if code == "no_vault":
        assert result.suggestions == ("the vaults lend SOL, USDC, USDT",)


async def test_earnings_of_what_has_no_vault_are_refused(lender):
    result = await lender.call("jupiter_earn", position_address="BONK")
    assert isinstance(result, Refused)
    assert result.code == "no_vault"


async def test_native_and_wrapped_sol_are_told_apart(market_town):
    await market_town.chain.set_token_balance(market_town.alice, SOL_MINT, 5 * 10**9)
    data = await read(market_town, "get_position_info", position="SOL")
    assert (data["asset_balance"], data["wrapped_balance"]) == ("10", "5")
    assert (data["asset_balance_raw"], data["wrapped_balance_raw"]) == (10 * 10**9, 5 * 10**9)


async def test_a_vault_that_tells_no_liquidity_has_no_such_rows(market_town, altered):
    def silent(vaults):
        return tuple(vault.model_copy(update={"liquidity_supply_data": None}) for vault in vaults)

    vaults = (await read(altered(market_town, lend_tokens=silent), "get_lend_earn_tokens"))["vaults"]
    assert len(vaults) == 3
    assert all("withdrawable" not in row for row in vaults)
