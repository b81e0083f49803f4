"""Requests as Jupiter documents them."""

import json

import pytest

from reev_tools.jupiter import LendRequest, QuoteRequest
from reev_tools.jupiter.testing import Canned
from reev_types.addresses import encode_base58
from reev_types.tokens import SOL_MINT, find_token

USDC = find_token("USDC").mint
VAULT = find_token("jlUSDC").mint
WALLET = "9xQeWvG816bUx9EPjHmaT23yvVM2ZWbrrpZb9PusVFin"
EMPTY = Canned(200, b"[]")


async def test_a_quote_is_asked_for_in_the_query(converse):
    request = QuoteRequest(
        input_mint=SOL_MINT,
        output_mint=USDC,
        amount_raw=7,
        swap_mode="ExactOut",
        dexes=("Meteora DLMM", "Raydium"),
        only_direct_routes=True,
    )
    async with converse(Canned(400, b'{"errorCode": "NO_ROUTES_FOUND"}')) as talk:
        with pytest.raises(Exception, match="no_routes_found"):
            await talk.client.quote(request)
        (sent,) = talk.server.requests
    assert (sent.method, sent.path) == ("GET", "/swap/v1/quote")
    assert sent.query == {
        "inputMint": SOL_MINT,
        "outputMint": USDC,
        "amount": "7",
        "slippageBps": "50",
        "swapMode": "ExactOut",
        "dexes": "Meteora DLMM,Raydium",
        "onlyDirectRoutes": "true",
        "restrictIntermediateTokens": "true",
        "platformFeeBps": "0",
        "maxAccounts": "64",
        "instructionVersion": "V1",
    }


async def test_prices_are_asked_for_fifty_mints_at_a_time_and_each_once(converse):
    mints = [encode_base58(bytes([200, number]) * 16) for number in range(120)]
    async with converse(*[Canned(200, b"{}")] * 3) as talk:
        await talk.client.prices([*mints, *mints])
        asked = [sent.query["ids"].split(",") for sent in talk.server.requests]
    assert [len(ids) for ids in asked] == [50, 50, 20]
    assert [mint for ids in asked for mint in ids] == mints


async def test_nothing_is_asked_where_there_is_nothing_to_ask(converse):
    async with converse() as talk:
        assert await talk.client.prices([]) == {}
        assert await talk.client.lend_positions([]) == ()
        assert await talk.client.lend_earnings(WALLET, []) == ()
        assert talk.server.requests == []


async def test_lists_travel_with_commas(converse):
    async with converse(EMPTY, EMPTY, EMPTY) as talk:
        await talk.client.lend_positions([WALLET, VAULT])
        await talk.client.lend_earnings(WALLET, [VAULT, USDC])
        await talk.client.search_tokens("a & b=c")
        queries = [(sent.path, sent.query) for sent in talk.server.requests]
    assert queries == [
        ("/lend/v1/earn/positions", {"users": f"{WALLET},{VAULT}"}),
        ("/lend/v1/earn/earnings", {"user": WALLET, "positions": f"{VAULT},{USDC}"}),
        ("/tokens/v2/search", {"query": "a & b=c"}),
    ]


@pytest.mark.parametrize(
    ("action", "counted"), [("deposit", "amount"), ("withdraw", "amount"), ("mint", "shares"), ("redeem", "shares")]
)
async def test_lend_operations_count_assets_or_shares(converse, action, counted):
    async with converse(EMPTY) as talk:
        await talk.client.lend_instructions(action, LendRequest(asset=USDC, signer=WALLET, amount_raw=2**64 - 1))
        (sent,) = talk.server.requests
    assert (sent.method, sent.path) == ("POST", f"/lend/v1/earn/{action}-instructions")
    assert sent.headers["content-type"] == "application/json"
    assert json.loads(sent.body) == {"asset": USDC, "signer": WALLET, counted: "18446744073709551615"}
