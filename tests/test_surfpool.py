"""The built-in benchmarks on a real surfpool end with the balances that they end with in the embedded chain."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from reev_orchestrator import TemplateRenderer
from reev_runner.execution import TrialRunner, choose_agent, embedded_sandbox
from reev_runner.files import BUILT_IN, find_benchmarks, load_case
from reev_runner.journal import fold
from reev_runner.system import SystemClock
from reev_tools.chain import Keyring
from reev_tools.jupiter import JupiterClient, SandboxJupiter
from reev_tools.market import Market
from reev_tools.surfpool import Absent, SurfpoolChain, SurfpoolProcess, find_surfpool
from reev_types.benchmarks import TestCase
from reev_types.chain import Checkpoint, SandboxChain
from reev_types.events import Event, TransactionReturned, WorldPrepared

CASES = [load_case(path) for path in find_benchmarks([str(BUILT_IN)])]
PEERS = Path(__file__).resolve().parent.parent / ".peers"


class Unhurried(SystemClock):
    """A clock on which a slow machine takes no more of a recovery's time than a quick one."""

    def monotonic(self) -> float:
        return super().monotonic() / 50

    async def sleep(self, seconds: float) -> None:
        await super().sleep(seconds * 50)


class SurfpoolSandbox:
    """One surfpool for all trials: each starts from the world that stood on it at first."""

    def __init__(self, url: str) -> None:
        self.market = Market.named()
        self.identity = "surfpool"
        self._url = url
        self._latest: tuple[SurfpoolChain, Checkpoint] | None = None

    async def open(self, keyring: Keyring, seed: int) -> SandboxChain:
        await self.aclose()
        chain = await SurfpoolChain.open(self._url, keyring, self.market.world())
        self._latest = (chain, await chain.checkpoint())
        return chain

    def jupiter(self, chain: SandboxChain) -> JupiterClient:
        return SandboxJupiter(self.market, chain)

    async def aclose(self) -> None:
        if self._latest is not None:
            chain, start = self._latest
            await chain.rewind(start)
            await chain.aclose()
        self._latest = None


@pytest.fixture(scope="module")
async def surfpool() -> AsyncIterator[SurfpoolSandbox]:
    command = find_surfpool(PEERS)
    if isinstance(command, Absent):
        pytest.skip(command.reason)
    async with SurfpoolProcess(command) as url:
        sandbox = SurfpoolSandbox(url)
        yield sandbox
        await sandbox.aclose()


def final_balances(events: tuple[Event, ...]) -> dict[str, tuple[Any, ...]]:
    """Lamports, owner and tokens of every account that was set or changed, as they stood at the end."""
    found: dict[str, tuple[Any, ...]] = {}
    for event in events:
        if isinstance(event, WorldPrepared):
            found |= {
                account.address: (account.lamports, account.owner, account.amount_raw) for account in event.accounts
            }
        elif isinstance(event, TransactionReturned):
            for change in event.outcome.changes:
                token = change.token
                held = (token.owner_after, token.after_raw) if token else (None, None)
                found[change.address] = (change.lamports_after, *held)
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
async def test_a_benchmark_ends_alike_on_surfpool(case: TestCase, surfpool: SurfpoolSandbox) -> None:
    if case.market != surfpool.market.name:
        pytest.skip(f"surfpool holds the market {surfpool.market.name}, and not {case.market}")

    async def run(sandbox: Any) -> tuple[Event, ...]:
        runner = TrialRunner(lambda market: sandbox, Unhurried(), TemplateRenderer())
        return await runner.run(case, choose_agent("deterministic"), 0)

    real, embedded = await run(surfpool), await run(embedded_sandbox(case.market))
    assert fold(real).status == "passed"
    assert final_balances(real) == final_balances(embedded)
