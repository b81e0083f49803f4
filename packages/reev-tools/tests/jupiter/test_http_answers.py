"""Answers in the shapes of captured responses, those that differ from Jupiter's documents among them."""

import json
from decimal import Decimal

import pytest

from reev_tools.jupiter import JupiterServiceError, LendRequest, QuoteRequest, SwapInstructionsRequest
from reev_tools.jupiter.testing import Canned
from reev_types.tokens import SOL_MINT, find_token

USDC = find_token("USDC").mint
VAULT = find_token("jlUSDC").mint
WALLET = "9xQeWvG816bUx9EPjHmaT23yvVM2ZWbrrpZb9PusVFin"
QUOTE = {
    "inputMint": SOL_MINT,
    "inAmount": "100000000",
    "outputMint": USDC,
    "outAmount": "17057460",
    "otherAmountThreshold": "16886885",
    "swapMode": "ExactIn",
    "slippageBps": 100,
    "platformFee": None,
    "priceImpactPct": "0.0001",
    "routePlan": [
        {
            "swapInfo": {
                "ammKey": "HXpGFJGCEEFdV31tDmjDBaJMEB1fKLiAoKoWr3Fnonid",
                "label": "Meteora DLMM",
                "inputMint": SOL_MINT,
                "outputMint": USDC,
                "inAmount": "100000000",
                "outAmount": "17057460",
                "feeAmount": "0",
                "feeMint": SOL_MINT,
            },
            "percent": None,
            "bps": 10000,
        }
    ],
    "contextSlot": 324307186,
    "timeTaken": 0.012,
    "swapUsdValue": "17.05",
    "simplerRouteUsed": False,
    "mostReliableAmmsQuoteReport": {"info": {"HXpGFJGCEEFdV31tDmjDBaJMEB1fKLiAoKoWr3Fnonid": "17057460"}},
}
TOKEN = {
    "id": 2,
    "address": VAULT,
    "name": "jupiter lend USDC",
    "symbol": "jlUSDC",
    "decimals": 6,
    "assetAddress": USDC,
    "asset": {
        "address": USDC,
        "chainId": "solana",
        "name": "USD Coin",
        "symbol": "USDC",
        "decimals": 6,
        "price": "0.999779333214",
        "coingeckoId": "usd-coin",
    },
    "totalAssets": "425816623505544",
    "totalSupply": "408618534055043",
    "convertToShares": "959612",
    "convertToAssets": "1042088",
    "rewardsRate": "110",
    "supplyRate": "313",
    "totalRate": "423",
    "rebalanceDifference": "-7794595627257",
    "liquiditySupplyData": {"modeWithInterest": True, "supply": "9", "withdrawable": "8", "expandPercent": "20"},
    "rewards": [],
}
CALL = {
    "programId": "jup3YeL8QhtSx1e253b2FDvsMNC87fDrgQZivbrndc9",
    "accounts": [{"pubkey": WALLET, "isSigner": True, "isWritable": True}],
    "data": "8iPGiVLhgxoA4fUFAAAAAA==",
}


def ok(body: object) -> Canned:
    return Canned(200, json.dumps(body).encode())


async def misread(request) -> JupiterServiceError:
    with pytest.raises(JupiterServiceError) as caught:
        await request
    assert caught.value.code == "bad_response"
    return caught.value


def quoting() -> QuoteRequest:
    return QuoteRequest(input_mint=SOL_MINT, output_mint=USDC, amount_raw=100_000_000, slippage_bps=100)


async def test_a_captured_quote_is_read(converse):
    async with converse(ok(QUOTE)) as talk:
        quote = await talk.client.quote(quoting())
    assert (quote.in_amount_raw, quote.out_amount_raw) == (100_000_000, 17_057_460)
    assert quote.price_impact_pct == Decimal("0.0001")
    assert quote.route_plan[0].swap_info.label == "Meteora DLMM"


async def test_a_quote_is_handed_back_as_it_was_received(converse):
    built = {"swapInstruction": CALL, "cleanupInstruction": None, "simulationSlot": None}
    async with converse(ok(QUOTE), ok(built)) as talk:
        quote = await talk.client.quote(quoting())
        request = SwapInstructionsRequest(user_public_key=WALLET, quote_response=quote)
        await talk.client.swap_instructions(request)
        sent = json.loads(talk.server.requests[1].body)
    assert sent["quoteResponse"] == QUOTE
    assert sent["userPublicKey"] == WALLET


async def test_a_number_that_json_cannot_carry_does_not_stop_a_quote(converse):
    body = json.dumps(QUOTE).replace("0.012", "1e999").encode()
    async with converse(Canned(200, body), ok({"swapInstruction": CALL})) as talk:
        quote = await talk.client.quote(quoting())
        await talk.client.swap_instructions(SwapInstructionsRequest(user_public_key=WALLET, quote_response=quote))
        assert json.loads(talk.server.requests[1].body)["quoteResponse"]["timeTaken"] is None


async def test_prices_are_numbers_read_digit_by_digit(converse):
    priced = {"usdPrice": 147.4789656624, "blockId": 348004023, "decimals": 9, "liquidity": 621679197.67}
    async with converse(ok({SOL_MINT: priced, USDC: None})) as talk:
        prices = await talk.client.prices([SOL_MINT, USDC])
    assert set(prices) == {SOL_MINT}
    assert prices[SOL_MINT].usd_price == Decimal("147.4789656624")


async def test_prices_that_nobody_asked_for_are_dropped(converse):
    async with converse(ok({USDC: {"usdPrice": 1, "decimals": 6}})) as talk:
        assert await talk.client.prices([SOL_MINT]) == {}


async def test_captured_vaults_are_read(converse):
    async with converse(ok([TOKEN | {"id": 9}, TOKEN])) as talk:
        vaults = await talk.client.lend_tokens()
    assert [vault.id for vault in vaults] == [2, 9]
    assert (vaults[0].convert_to_assets_raw, vaults[0].total_rate_bps) == (1_042_088, 423)


async def test_captured_positions_are_read(converse):
    position = {
        "token": TOKEN,
        "ownerAddress": WALLET,
        "shares": "0",
        "underlyingAssets": "0",
        "underlyingBalance": "5",
        "allowance": "0",
    }
    async with converse(ok([position])) as talk:
        (found,) = await talk.client.lend_positions([WALLET])
    assert (found.token.symbol, found.shares_raw, found.underlying_balance_raw) == ("jlUSDC", 0, 5)


@pytest.mark.parametrize(
    "earned",
    [
        [{"address": VAULT, "ownerAddress": WALLET, "earnings": 34483000, "slot": 345678901}],
        [{"address": VAULT, "ownerAddress": WALLET, "earnings": "34483000", "totalDeposits": "1"}],
        {"address": VAULT, "ownerAddress": WALLET, "earnings": "34483000"},
    ],
)
async def test_earnings_are_read_in_each_of_their_shapes(converse, earned):
    async with converse(ok(earned)) as talk:
        (found,) = await talk.client.lend_earnings(WALLET, [VAULT])
    assert found.earnings_raw == 34_483_000


@pytest.mark.parametrize("shape", [{"instructions": [CALL]}, CALL, [CALL]])
async def test_lend_instructions_are_read_in_each_of_their_shapes(converse, shape):
    async with converse(ok(shape)) as talk:
        request = LendRequest(asset=USDC, signer=WALLET, amount_raw=100_000_000)
        (call,) = await talk.client.lend_instructions("deposit", request)
    assert call.data == bytes.fromhex("f223c68952e1831a00e1f50500000000")
    assert [(meta.pubkey, meta.is_signer) for meta in call.accounts] == [(WALLET, True)]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"outAmount": "-1"}, "outAmount"),
        ({"outAmount": 1.5}, "outAmount"),
        ({"outAmount": "18446744073709551616"}, "outAmount"),
        ({"swapMode": "Sideways"}, "swapMode"),
        ({"outputMint": "USDC"}, "outputMint"),
        ({"routePlan": [{}]}, "routePlan.0.swapInfo"),
    ],
)
async def test_a_wrong_field_is_named(converse, change, field):
    async with converse(ok(QUOTE | change)) as talk:
        error = await misread(talk.client.quote(quoting()))
    assert error.context["field"] == field
    assert field in error.message


@pytest.mark.parametrize("body", [b"", b"nonsense", b"\xff", b"[" * 10_000, b"9" * 10_000, b"NaN", b'"\\ud800"'])
async def test_what_is_no_json_is_a_bad_response(converse, body):
    async with converse(Canned(200, body)) as talk:
        error = await misread(talk.client.quote(quoting()))
    assert "not JSON" in error.message


@pytest.mark.parametrize("data", ["€", "A", "====", 7])
async def test_data_that_is_not_base64_is_a_bad_response(converse, data):
    async with converse(ok({"instructions": [CALL | {"data": data}]})) as talk:
        request = LendRequest(asset=USDC, signer=WALLET, amount_raw=1)
        error = await misread(talk.client.lend_instructions("deposit", request))
    assert error.context["field"] == "0.data"
