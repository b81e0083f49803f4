import asyncio
import json
from contextlib import asynccontextmanager

import pytest
from pydantic import SecretStr

from reev_orchestrator.context import ContextResolver
from reev_orchestrator.context.sources import HttpLimits, JupiterSource, RpcSource
from reev_orchestrator.mocks import mock_wallet
from reev_types.addresses import encode_base58
from reev_types.contexts import TokenBalance
from reev_types.errors import SourceError
from reev_types.tokens import TOKEN_PROGRAM, find_token

WALLET = mock_wallet()
KEY = "jup_0123456789abcdef"
USDC = find_token("USDC").mint


class World:
    """A node and Jupiter behind one address.

    ``statuses`` makes one of them answer with an error, ``texts`` with another text; ``busy`` is how often one of them
    says so before it answers.
    """

    def __init__(self):
        self.statuses = {}
        self.texts = {}
        self.busy = {}
        self.priced = {mint: {"usdPrice": float(price)} for mint, price in WALLET.token_prices.items()}
        self.held = tuple(WALLET.token_balances.values())

    def __call__(self, target, body):
        who = "jupiter" if target.startswith(("/price", "/tokens")) else "node"
        if self.busy.get(who):
            self.busy[who] -= 1
            return 429, "slow down", "retry-after: 1"
        if who in self.statuses:
            return self.statuses[who], f"no more of this, {KEY}"
        if who in self.texts:
            return 200, self.texts[who]
        return 200, json.dumps(self._jupiter(target) if who == "jupiter" else self._node(json.loads(body)))

    def _jupiter(self, target):
        if target.startswith("/price"):
            return self.priced
        return [{"id": mint, "decimals": token.decimals} for mint, token in WALLET.token_balances.items()]

    def _node(self, request):
        if request["method"] == "getBalance":
            return {"result": {"value": WALLET.sol_balance}}
        held = self.held if request["params"][1]["programId"] == TOKEN_PROGRAM else ()
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
    async def resolving(*, waiting=None, **options):
        """``waiting`` is the clock on which the sources wait for a busy server; without it they do not."""
        async with served(world, **options) as server:
            rpc = RpcSource(f"{server.url}/{KEY}", clock=waiting)
            jupiter = JupiterSource(server.url, api_key=SecretStr(KEY), clock=waiting)
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


class Hurried:
    """A clock on which sleeping takes no time."""

    def now_iso(self):
        return "2026-01-01T00:00:00.000Z"

    def monotonic(self):
        return 0.0

    async def sleep(self, seconds):
        await asyncio.sleep(0)


class Endless(Hurried):
    """A clock on which sleep never ends."""

    def __init__(self):
        self.asleep = asyncio.Event()

    async def sleep(self, seconds):
        self.asleep.set()
        await asyncio.Event().wait()


@pytest.mark.parametrize("who", ["node", "jupiter"])
async def test_servers_that_are_busy_for_a_moment_are_waited_for(resolving, world, who):
    world.busy[who] = 2
    async with resolving(waiting=Hurried()) as resolver:
        resolved = await resolver.resolve(WALLET.owner)
    assert (resolved.context.total_value_usd, resolved.warnings, resolved.is_stale) == (7750, (), False)


async def test_waiting_for_a_busy_server_ends_with_the_patience_of_the_resolver(resolving, world, clock):
    world.busy["node"] = 99
    endless = Endless()
    async with resolving(waiting=endless) as resolver:
        task = asyncio.ensure_future(resolver.resolve(WALLET.owner))
        await endless.asleep.wait()
        await clock.advance(resolver.settings.wallets.patience_s)
        with pytest.raises(SourceError, match="no balances within 5 s"):
            await task


@pytest.mark.parametrize(
    "entry",
    [{"usdPrice": -1}, {"usdPrice": 0}, {"usdPrice": None}, {"usdPrice": "many"}, {"usdPrice": True}, {}, [], "NaN"],
)
async def test_a_price_that_is_none_is_absent_and_says_so(resolving, world, entry):
    world.priced[USDC] = entry
    async with resolving() as resolver:
        resolved = await resolver.resolve(WALLET.owner)
    assert USDC not in resolved.context.token_prices
    assert resolved.context.total_value_usd is None
    assert any("the price of USDC is not known" in warning for warning in resolved.warnings)


async def test_a_price_that_is_missing_is_absent_and_says_so(resolving, world):
    del world.priced[USDC]
    async with resolving() as resolver:
        resolved = await resolver.resolve(WALLET.owner)
    assert (resolved.context.total_value_usd, resolved.warnings) == (None, ("no price is known for USDC",))


@pytest.mark.parametrize("text", ["", "<html>busy</html>", "null", "[]", '{"result": NaN}', "\x00" * 50])
async def test_garbage_of_the_node_is_an_error_and_no_context(resolving, world, text):
    world.texts["node"] = text
    async with resolving() as resolver:
        with pytest.raises(SourceError, match="bad_response"):
            await resolver.resolve(WALLET.owner)


@pytest.mark.parametrize("text", ["", "<html>busy</html>", "null", "7", '{"a": NaN}', "[" * 10_000])
async def test_garbage_of_jupiter_leaves_balances_without_prices(resolving, world, text):
    world.texts["jupiter"] = text
    async with resolving() as resolver:
        resolved = await resolver.resolve(WALLET.owner)
    assert resolved.context.token_balances == WALLET.token_balances
    assert (resolved.context.token_prices, resolved.context.total_value_usd) == ({}, None)
    assert "bad_response" in resolved.warnings[0]


async def test_a_wallet_of_ten_thousand_token_accounts_takes_a_bounded_number_of_questions(world, served, clock):
    strange = (
        TokenBalance(mint=encode_base58(bytes([9] * 28) + n.to_bytes(4, "big")), balance=n + 1, decimals=2)
        for n in range(10_000)
    )
    world.held = (*world.held, *strange)
    asked = []

    def counted(target, body):
        asked.append(target)
        return world(target, body)

    async with served(counted) as server:
        rpc, jupiter = RpcSource(server.url), JupiterSource(server.url)
        resolver = ContextResolver(balances=rpc, prices=jupiter, tokens=jupiter, clock=clock)
        resolved = await resolver.resolve(WALLET.owner)
        await rpc.aclose()
        await jupiter.aclose()
    listed = resolved.context.token_balances
    assert len(listed) == resolver.settings.most_tokens
    assert {mint: listed[mint] for mint in WALLET.token_balances} == WALLET.token_balances
    assert "9746 more tokens of the wallet are not listed" in resolved.warnings
    assert resolved.context.total_value_usd is None
    assert len(asked) < 20


async def test_a_list_that_does_not_end_is_given_up(served, world):
    world.held = world.held * 100
    async with served(world) as server:
        rpc = RpcSource(server.url, HttpLimits(max_response_bytes=4_000))
        with pytest.raises(SourceError, match="larger than 4000 bytes"):
            await rpc.holdings(WALLET.owner)
        await rpc.aclose()
