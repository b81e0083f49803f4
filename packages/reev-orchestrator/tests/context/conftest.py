from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

import pytest

from reev_orchestrator.context import CacheLimits, ContextResolver, ContextSettings
from reev_orchestrator.mocks import MOCK_PRICES, PausedClock, mock_wallet
from reev_types.sources import PriceSheet, TokenFacts, TokenHolding, WalletHoldings
from reev_types.tokens import find_token

LIMITS = ContextSettings(
    wallets=CacheLimits(capacity=3, fresh_s=300, stale_s=3_600, patience_s=5),
    prices=CacheLimits(capacity=400, fresh_s=30, stale_s=600, patience_s=3),
    tokens=CacheLimits(capacity=400, fresh_s=3_600, stale_s=86_400, patience_s=2),
)


@dataclass
class Sources:
    """All three sources; each can be told to fail, to hang, or to wait for a moment that the test chooses."""

    wallets: dict[str, WalletHoldings] = field(default_factory=dict)
    prices_usd: dict[str, object] = field(default_factory=lambda: dict(MOCK_PRICES))
    facts: dict[str, int] = field(default_factory=dict)
    faults: dict[str, Exception] = field(default_factory=dict)
    hanging: set[str] = field(default_factory=set)
    gate: asyncio.Event | None = None
    asked: Counter = field(default_factory=Counter)
    mints_asked: list[tuple[str, ...]] = field(default_factory=list)
    cancelled: Counter = field(default_factory=Counter)

    def hold(self, owner: str, lamports: int = 10**9, **tokens: int) -> None:
        held = tuple(TokenHolding(mint=find_token(name).mint, balance_raw=raw) for name, raw in tokens.items())
        self.wallets[owner] = WalletHoldings(owner=owner, lamports=lamports, tokens=held)

    async def holdings(self, owner):
        await self._asked("balances")
        return self.wallets.get(owner) or WalletHoldings(owner=owner, lamports=0)

    async def prices(self, mints):
        self.mints_asked.append(tuple(mints))
        await self._asked("prices")
        return PriceSheet.read({mint: self.prices_usd[mint] for mint in mints if mint in self.prices_usd})

    async def tokens(self, mints):
        await self._asked("tokens")
        return {mint: TokenFacts(mint=mint, decimals=self.facts[mint]) for mint in mints if mint in self.facts}

    async def _asked(self, what):
        self.asked[what] += 1
        try:
            if what in self.hanging:
                await asyncio.Event().wait()
            if self.gate is not None:
                await self.gate.wait()
        except asyncio.CancelledError:
            self.cancelled[what] += 1
            raise
        if what in self.faults:
            raise self.faults[what]


@pytest.fixture
def clock():
    return PausedClock()


@pytest.fixture
def sources():
    return Sources()


@pytest.fixture
def wallet(sources):
    """The address of a wallet with 5 SOL, 5000 USDC and 2000 USDT."""
    owner = mock_wallet().owner
    sources.hold(owner, 5 * 10**9, USDC=5_000_000_000, USDT=2_000_000_000)
    return owner


@pytest.fixture
def open_resolver(sources, clock):
    def open_resolver(**settings):
        provider = settings.pop("tracer_provider", None)
        return ContextResolver(
            balances=sources,
            prices=sources,
            tokens=sources,
            clock=clock,
            settings=replace(LIMITS, **settings),
            tracer_provider=provider,
        )

    return open_resolver


@pytest.fixture
def resolver(open_resolver):
    return open_resolver()


@pytest.fixture
def served():
    """Serve HTTP on this machine: ``async with served(answer) as server``, with ``answer(target, body)``."""
    return _served


@dataclass
class Served:
    url: str
    requests: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)


@asynccontextmanager
async def _served(answer, delay_s=0.0, barrier=None):
    """``answer(target, body)`` returns bytes to send as they are, or (status, JSON text); None hangs up.

    With a ``barrier`` no request is answered before so many have arrived.
    """
    seen = Served("")
    writers = set()

    async def serve(reader, writer):
        writers.add(writer)
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").strip()
                first, *lines = head.split("\r\n")
                headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
                body = await reader.readexactly(int(headers.get("content-length", "0")))
                target = first.split(" ")[1]
                seen.requests.append((target, headers, body))
                await (barrier.wait() if barrier else asyncio.sleep(delay_s))
                said = answer(target, body)
                if said is None:
                    break
                writer.write(said if isinstance(said, bytes) else _encoded(*said))
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the client went away
        finally:
            writers.discard(writer)
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, limit=2**20)
    seen.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield seen
    finally:
        server.close()
        for writer in list(writers):
            writer.close()
        await server.wait_closed()


def _encoded(status, text, *headers):
    content = text.encode()
    lines = "".join(f"{line}\r\n" for line in headers)
    return f"HTTP/1.1 {status} X\r\n{lines}content-length: {len(content)}\r\n\r\n".encode() + content
