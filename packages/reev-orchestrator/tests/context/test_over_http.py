import asyncio
import json
from contextlib import asynccontextmanager

import pytest
from pydantic import SecretStr

from reev_orchestrator.context import ContextResolver
from reev_orchestrator.context.sources import JupiterSource, RpcSource
from reev_orchestrator.mocks import mock_wallet
from reev_types.errors import SourceError
from reev_types.tokens import TOKEN_PROGRAM

WALLET = mock_wallet()
KEY = "jup_0123456789abcdef"


class World:
    """A node and Jupiter behind one address; ``statuses`` makes one of them answer with an error."""

    def __init__(self):
        self.statuses = {}

    def __call__(self, target, body):
        who = "jupiter" if target.startswith(("/price", "/tokens")) else "node"
        if who in self.statuses:
            return self.statuses[who], f"no more of this, {KEY}"
        return 200, json.dumps(_jupiter(target) if who == "jupiter" else _node(json.loads(body)))


def _jupiter(target):
    if target.startswith("/tokens"):
        return [{"id": mint, "decimals": token.decimals} for mint, token in WALLET.token_balances.items()]
    return {mint: {"usdPrice": float(price)} for mint, price in WALLET.token_prices.items()}


def _node(request):
    if request["method"] == "getBalance":
        return {"result": {"value": WALLET.sol_balance}}
    held = WALLET.token_balances.values() if request["params"][1]["programId"] == TOKEN_PROGRAM else ()
    return {"result": {"value": [{"account": {"data": _data(token)}} for token in held]}}


def _data(token):
    amount = {"amount": str(token.balance), "decimals": token.decimals}
    return {"parsed": {"info": {"mint": token.mint, "owner": WALLET.owner, "tokenAmount": amount}}}


@pytest.fixture
def world():
    return World()


@pytest.fixture
def resolving(served, world, clock):
    @asynccontextmanager
    async def resolving(**options):
        async with served(world, **options) as server:
            rpc, jupiter = RpcSource(f"{server.url}/{KEY}"), JupiterSource(server.url, api_key=SecretStr(KEY))
            yield ContextResolver(balances=rpc, prices=jupiter, tokens=jupiter, clock=clock)
            await rpc.aclose()
            await jupiter.aclose()

    return resolving


async def test_a_wallet_is_resolved_from_servers(resolving):
    async with resolving() as resolver:
        resolved = await resolver.resolve(WALLET.owner)
    assert resolved.context.model_dump() == WALLET.model_dump()
    assert resolved.warnings == ()


async def test_balances_prices_and_tokens_are_all_asked_for_before_any_answer(resolving):
    async with resolving(barrier=asyncio.Barrier(5)) as resolver:
        assert (await resolver.resolve(WALLET.owner)).context.total_value_usd == 7750


async def test_a_busy_node_leaves_old_balances_that_say_so_without_the_key(resolving, world, clock):
    async with resolving() as resolver:
        await resolver.resolve(WALLET.owner)
        await clock.advance(400)
        world.statuses["node"] = 429
        resolved = await resolver.resolve(WALLET.owner)
    (warning,) = resolved.warnings
    assert warning.startswith("the balances are 400 s old: the Solana node at 127.0.0.1: HTTP status 429")
    assert warning.endswith("[rate_limited]")
    assert KEY not in warning


async def test_a_busy_node_that_was_never_reached_is_an_error_without_the_key(resolving, world):
    world.statuses["node"] = 429
    async with resolving() as resolver:
        with pytest.raises(SourceError, match="rate_limited") as caught:
            await resolver.resolve(WALLET.owner)
    assert KEY not in str(caught.value)


async def test_without_jupiter_there_are_balances_and_no_prices(resolving, world):
    world.statuses["jupiter"] = 503
    async with resolving() as resolver:
        resolved = await resolver.resolve(WALLET.owner)
    assert resolved.context.token_balances == WALLET.token_balances
    assert (resolved.context.token_prices, resolved.context.total_value_usd) == ({}, None)
    assert "server_error" in resolved.warnings[0]
    assert KEY not in resolved.warnings[0]


async def test_servers_that_never_answer_are_waited_for_no_longer_than_their_patience(resolving, clock):
    async with resolving(barrier=asyncio.Barrier(99)) as resolver:
        task = asyncio.ensure_future(resolver.resolve(WALLET.owner))
        await asyncio.sleep(0.05)
        await clock.advance(resolver.settings.wallets.patience_s)
        with pytest.raises(SourceError, match="no balances within 5 s"):
            await task
