"""The server speaks the REST API by itself: here to a plain HTTP client, without HttpJupiter."""

import subprocess
import sys

import httpx
import pytest

from reev_tools.chain import EmbeddedChain, Keyring, Vm
from reev_tools.jupiter.sandbox import SandboxJupiter
from reev_tools.jupiter.testing import Canned, JupiterServer, NeverEnding
from reev_tools.market import Market
from reev_types.tokens import SOL_MINT, find_token

USDC = find_token("USDC").mint
MARKET = Market.named()
KEYS = Keyring(3, "server")
VM = Vm(MARKET.world())
WALLET = KEYS.address("wallet")


async def ask(path: str, body: object = None, **query: str) -> httpx.Response:
    sandbox = SandboxJupiter(MARKET, EmbeddedChain(VM, KEYS))
    async with JupiterServer(sandbox) as server, httpx.AsyncClient(base_url=server.base_url, trust_env=False) as http:
        return await (http.post(path, json=body) if body is not None else http.get(path, params=query))


async def test_a_quote_has_amounts_as_text_and_names_in_camel_case():
    quote = (await ask("/swap/v1/quote", inputMint=SOL_MINT, outputMint=USDC, amount="1000000000")).json()
    assert quote["inAmount"] == "1000000000"
    assert quote["outAmount"].isdigit()
    assert isinstance(quote["priceImpactPct"], str)
    assert quote["routePlan"][0]["swapInfo"]["ammKey"]


async def test_a_refusal_has_status_400_and_jupiters_code():
    reply = await ask("/swap/v1/quote", inputMint=SOL_MINT, outputMint=SOL_MINT, amount="1")
    assert reply.status_code == 400
    assert reply.json()["errorCode"] == "CIRCULAR_ARBITRAGE_IS_DISABLED"
    assert reply.json()["error"]


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/swap/v1/quote", {}),
        ("/swap/v1/quote", {"inputMint": "x", "outputMint": USDC, "amount": "1"}),
        ("/swap/v1/quote", {"inputMint": SOL_MINT, "outputMint": USDC, "amount": "1.5"}),
        ("/price/v3", {}),
        ("/price/v3", {"ids": ",".join([USDC] * 51)}),
        ("/tokens/v2/search", {"query": ""}),
        ("/lend/v1/earn/positions", {}),
        ("/lend/v1/earn/earnings", {"user": WALLET}),
    ],
)
async def test_parameters_that_are_missing_or_wrong_are_a_bad_request(path, query):
    reply = await ask(path, **query)
    assert reply.status_code == 400
    assert "errorCode" not in reply.json()


@pytest.mark.parametrize(
    "body", [[], {"asset": USDC, "signer": WALLET}, {"asset": USDC, "signer": WALLET, "shares": "1"}]
)
async def test_a_body_that_is_wrong_is_a_bad_request(body):
    assert (await ask("/lend/v1/earn/deposit-instructions", body)).status_code == 400


async def test_prices_are_numbers_and_unknown_mints_left_out():
    prices = (await ask("/price/v3", ids=f"{SOL_MINT},{WALLET}")).json()
    assert set(prices) == {SOL_MINT}
    assert isinstance(prices[SOL_MINT]["usdPrice"], float)


async def test_lend_instructions_come_in_a_list():
    reply = await ask("/lend/v1/earn/deposit-instructions", {"asset": USDC, "signer": WALLET, "amount": "5"})
    (call,) = reply.json()["instructions"]
    assert set(call) == {"programId", "accounts", "data"}


async def test_what_is_not_served_is_not_found():
    assert (await ask("/swap/v2/order")).status_code == 404


async def test_the_server_is_gone_when_it_is_left_even_with_an_answer_open():
    async with httpx.AsyncClient(trust_env=False) as http:
        async with JupiterServer() as server:
            server.answer_next(NeverEnding(Canned(200)))
            answer = await http.send(http.build_request("GET", server.base_url), stream=True)
        with pytest.raises(httpx.RemoteProtocolError):
            await answer.aread()
        with pytest.raises(httpx.ConnectError):
            await http.get(server.base_url)


def test_importing_the_client_does_not_import_httpx():
    code = "import sys, reev_tools.jupiter.http; sys.exit('httpx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
