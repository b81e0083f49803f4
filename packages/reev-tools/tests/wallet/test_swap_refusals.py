"""What the swap tool suggests, a caller of the swap tool can do."""

from __future__ import annotations

import pytest

from reev_tools.jupiter import JupiterRefusalError, QuoteRequest
from reev_tools.wallet._swap_refusals import in_tool_terms
from reev_types.tokens import SOL_MINT, find_token
from reev_types.tools import Executed, Refused

USDC = find_token("USDC").mint
API_WORDS = ("dexes", "only_direct_routes", "restrict_intermediate", "max_accounts")
OTHERS = "leave venue out, or give another one of Raydium, Whirlpool"


def request(*dexes):
    return QuoteRequest(input_mint=SOL_MINT, output_mint=USDC, amount_raw=1, dexes=dexes)


async def swap(town, **arguments):
    return await town.call("jupiter_swap", **{"input_mint": "SOL", "output_mint": "USDC", "amount": "0.1", **arguments})


@pytest.mark.parametrize(
    ("venue", "meant"),
    [
        ("Raydiun", ["did you mean venue 'Raydium'?"]),
        ("whirlpol", ["did you mean venue 'Whirlpool'?"]),
        ("Nowhere", []),
    ],
)
async def test_an_unknown_venue_is_answered_with_those_that_there_are(market_town, venue, meant):
    result = await swap(market_town, venue=venue)
    assert isinstance(result, Refused)
    assert result.code == "no_routes_found"
    assert list(result.suggestions) == [
        *meant,
        "leave venue out, or give another one of Meteora DLMM, Raydium, Raydium CLMM, Whirlpool",
    ]
    assert not any(word in " ".join(result.suggestions) for word in API_WORDS)


@pytest.mark.parametrize("venue", ["raydium", "RAYDIUM", " Raydium "])
async def test_a_venue_goes_by_its_label_in_any_case(market_town, venue):
    result = await swap(market_town, venue=venue)
    assert isinstance(result, Executed), result
    assert result.details["route"] == ["Raydium"]


@pytest.mark.parametrize("venue", ["", "  "])
async def test_an_empty_venue_is_no_venue(market_town, venue):
    result = await swap(market_town, venue=venue)
    assert isinstance(result, Refused)
    assert result.code == "bad_arguments"


def test_a_venue_that_there_is_no_list_of_can_be_left_out():
    refusal = in_tool_terms(JupiterRefusalError("no_routes_found", "none"), request("Nowhere"))
    assert refusal.suggestions == ("leave venue out",)


def test_a_pair_without_a_route_may_have_one_in_two_steps():
    refusal = in_tool_terms(JupiterRefusalError("no_routes_found", "none", suggestions=API_WORDS), request())
    assert refusal.suggestions == ("swap by way of SOL or USDC in two steps",)


def test_the_right_venue_is_not_asked_about():
    known = JupiterRefusalError("no_routes_found", "none", context={"venues": "Raydium, Whirlpool"})
    assert in_tool_terms(known, request("Raydium")).suggestions == (OTHERS,)


async def test_a_lending_share_leads_to_the_lend_tools(market_town):
    result = await swap(market_town, output_mint="jlUSDC")
    assert isinstance(result, Refused)
    assert result.code == "token_not_tradable"
    assert "jlUSDC" in result.message
    assert result.suggestions == (
        "this market trades SOL, USDC, USDT, JUP, BONK, JitoSOL, mSOL, PYUSD, EURC",
        "jlUSDC is a share of a vault for USDC: jupiter_lend_earn_deposit brings it, "
        "jupiter_lend_earn_redeem gives it back",
    )
