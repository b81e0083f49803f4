"""Quotes that are not what was asked for are not carried out."""

from __future__ import annotations

import pytest

from reev_tools.jupiter import JupiterServiceError, PlatformFee, QuoteRequest
from reev_tools.jupiter.sandbox import SandboxJupiter
from reev_tools.market import Market
from reev_tools.wallet._quote_check import checked_quote, slippage_bound_raw
from reev_types.tokens import SOL_MINT, find_token
from reev_types.tools import Refused

SOL, USDC, BONK = 10**9, find_token("USDC").mint, find_token("BONK").mint


def request(mode="ExactIn"):
    return QuoteRequest(input_mint=SOL_MINT, output_mint=USDC, amount_raw=15_000_000, swap_mode=mode)


async def quoted(town, mode="ExactIn"):
    return await SandboxJupiter(Market.named(), town.chain).quote(request(mode))


@pytest.mark.parametrize("mode", ["ExactIn", "ExactOut"])
async def test_a_quote_that_answers_the_request_is_taken(market_town, mode):
    quote = await quoted(market_town, mode)
    assert checked_quote(request(mode), quote) is quote


@pytest.mark.parametrize("off_by", [-1, 1])
async def test_jupiter_may_round_its_threshold_either_way(market_town, off_by):
    quote = await quoted(market_town)
    rounded = quote.model_copy(update={"other_amount_threshold_raw": slippage_bound_raw(quote) + off_by})
    assert checked_quote(request(), rounded) is rounded


@pytest.mark.parametrize("mode", ["ExactIn", "ExactOut"])
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"input_mint": BONK}, "input_mint"),
        ({"output_mint": BONK}, "output_mint"),
        ({"swap_mode": "other"}, "swap_mode"),
        ({"slippage_bps": 51}, "slippage_bps"),
        ({"in_amount_raw": 15_000_001, "out_amount_raw": 15_000_001}, "amount"),
        ({"other_amount_threshold_raw": 1}, "threshold"),
        ({"platform_fee": PlatformFee(amount_raw=0, fee_bps=1)}, "platform fee"),
        ({"platform_fee": PlatformFee(amount_raw=1, fee_bps=0)}, "platform fee"),
    ],
    ids=str,
)
async def test_a_quote_for_something_else_is_not_taken(market_town, mode, change, said):
    quote = (await quoted(market_town, mode)).model_copy(update=change)
    with pytest.raises(JupiterServiceError, match=said) as caught:
        checked_quote(request(mode), quote)
    assert caught.value.code == "quote_mismatch"


async def test_a_platform_fee_of_nothing_is_none(market_town):
    quote = (await quoted(market_town)).model_copy(update={"platform_fee": PlatformFee(amount_raw=0, fee_bps=0)})
    assert checked_quote(request(), quote) is quote


async def test_the_tool_refuses_a_quote_for_fifty_times_as_much(market_town, altered):
    town = altered(market_town, quote=lambda quote: quote.model_copy(update={"in_amount_raw": 5 * SOL}))
    result = await town.call("jupiter_swap", input_mint="SOL", output_mint="USDC", amount="0.1")
    assert isinstance(result, Refused)
    assert result.code == "quote_mismatch"
    assert await town.lamports(town.alice) == 10 * SOL
