"""What a wallet holds and what that is worth, from the embedded chain and over HTTP."""

from __future__ import annotations

import asyncio
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from .row import Row

if TYPE_CHECKING:
    from reev_orchestrator import ContextResolver

_ROUNDS = 300
_HTTP_ROUNDS = 15
_KNOWN_WALLET = "11111111111111111111111111111112"
_STRANGE_WALLET = "So11111111111111111111111111111111111111111"


def cold_p95_ms() -> float:
    """Resolve a wallet with every token of the registry on the embedded chain, with empty caches each time."""
    return _p95(_embedded_ms()[0])


def cached_p95_ms() -> float:
    """Resolve it again, with nothing to ask for."""
    return _p95(_embedded_ms()[1])


@cache
def _embedded_ms() -> tuple[list[float], list[float]]:
    return asyncio.run(_measured())


async def _measured() -> tuple[list[float], list[float]]:
    """Return the times of first and of second resolutions, in milliseconds of this process: nothing is waited for."""
    from reev_orchestrator import ContextResolver
    from reev_orchestrator.context.sources import ChainSource, FixedPrices
    from reev_runner.system import SystemClock
    from reev_tools.chain import EmbeddedChain, Keyring, Vm
    from reev_tools.market import Market

    market, keyring, clock = Market.named(), Keyring(0, "bench"), SystemClock()
    chain = EmbeddedChain(Vm(market.world()), keyring)
    owner = keyring.address("USER")
    await chain.set_lamports(owner, 10**10)
    for token in market.tokens.values():
        await chain.set_token_balance(owner, token.mint, 10**9)
    node, prices = ChainSource(chain), FixedPrices(market.prices)
    cold, cached = [], []
    for _ in range(_ROUNDS):
        resolver = ContextResolver(balances=node, prices=prices, tokens=node, clock=clock)
        cold.append(await _resolution_ms(resolver, owner))
        cached.append(await _resolution_ms(resolver, owner))
    return cold, cached


async def _resolution_ms(resolver: ContextResolver, owner: str) -> float:
    started = time.process_time()
    resolved = await resolver.resolve(owner)
    passed = (time.process_time() - started) * 1_000
    if not resolved.context.token_balances or not resolved.context.token_prices:
        raise SystemExit("a wallet was resolved to nothing; its time means nothing")
    return passed


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def one_round_ms() -> float:
    """Resolve a wallet over servers that take 100 ms: all is asked for at once, since it holds what reev knows."""
    return _over_http_ms(_KNOWN_WALLET)


def two_rounds_ms() -> float:
    """Resolve a wallet with a token of no registry: its price can be asked for only when its mint is known."""
    return _over_http_ms(_STRANGE_WALLET)


def _over_http_ms(owner: str) -> float:
    """Return the median with empty caches and no connection open yet: real time, so a busy machine adds to it."""
    with _slow_sources() as url:
        return statistics.median(asyncio.run(_http_times_ms(url, owner)))


async def _http_times_ms(url: str, owner: str) -> list[float]:
    from reev_orchestrator import ContextResolver
    from reev_orchestrator.context.sources import JupiterSource, RpcSource
    from reev_runner.system import SystemClock

    times, clock = [], SystemClock()
    for _ in range(_HTTP_ROUNDS):
        node, jupiter = RpcSource(url, clock=clock), JupiterSource(url, clock=clock)
        resolver = ContextResolver(balances=node, prices=jupiter, tokens=jupiter, clock=clock)
        started = time.perf_counter()
        resolved = await resolver.resolve(owner)
        times.append((time.perf_counter() - started) * 1_000)
        if resolved.warnings or resolved.context.total_value_usd is None:
            raise SystemExit(f"a wallet was not resolved; its time means nothing: {resolved.warnings}")
        await node.aclose()
        await jupiter.aclose()
    return times


@contextmanager
def _slow_sources() -> Iterator[str]:
    command = [sys.executable, str(Path(__file__).with_name("slow_sources.py"))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


ROWS = (
    Row("context on the embedded chain: cold, p95", "ms", 5, cold_p95_ms),
    Row("context on the embedded chain: cached, p95", "ms", 0.1, cached_p95_ms),
    Row("context over 100 ms servers: cold, one round", "ms", 200, one_round_ms),
    Row("context over 100 ms servers: a strange token, two", "ms", 250, two_rounds_ms),
)
