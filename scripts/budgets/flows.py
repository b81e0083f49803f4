"""Sentences planned, and what carrying a plan out costs beyond its transactions."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from .row import Row

if TYPE_CHECKING:
    from reev_runner.dynamic import PlannedFlow, WalletChoice
    from reev_runner.execution import TrialRunner
    from reev_types.benchmarks import TestCase
    from reev_types.events import Event
    from reev_types.tools import ToolCall

_SENTENCES = (
    "swap 0.1 SOL to USDC",
    "swap half my SOL to USDC then lend it",
    "use 50% sol to 1.5x usdc",
    "lend 10 USDC",
    "swap 0.1 SOL to USDC and swap 5 USDC to USDT",
    "show my balances",
)
_FLOW = _SENTENCES[0]
_ROUNDS = 40
_REPEATED = 4
_CONCURRENT = 100
_EXECUTIONS = 2
"""Of each transaction in a flow: judgement carries the reference solution out as well."""


def sentence_to_plan_p95_ms() -> float:
    """Plan different sentences on a wallet that is known already, quotes of the market included."""
    return statistics.quantiles(asyncio.run(_planning_ms()), n=20)[-1]


async def _planning_ms() -> list[float]:
    """Return milliseconds of this process, one figure a sentence; nothing is waited for."""
    wallet = _wallet()
    times = []
    for number in range(_ROUNDS + 1):
        for sentence in _SENTENCES:
            started = time.process_time()
            await _planned(sentence, wallet)
            if number:
                times.append((time.process_time() - started) * 1_000)
    return times


def concurrent_plans_p99_ms() -> float:
    """Plan a hundred sentences at once, each on a wallet of which nothing is known yet: how late the last ones are.

    They share one process and wait for nothing, so the last is done when all of them are; the best of three rounds.
    The budget is twice what was measured: a hundred times the median of a plan, and as much again for slower machines.
    """
    return min(statistics.quantiles(asyncio.run(_at_once_ms()), n=100)[-1] for _ in range(3))


async def _at_once_ms() -> list[float]:
    """Return when each plan is ready, in milliseconds of this process since the beginning of all."""
    started = time.process_time()

    async def one(number: int) -> float:
        await _planned(_SENTENCES[number % len(_SENTENCES)], _wallet())
        return (time.process_time() - started) * 1_000

    return await asyncio.gather(*map(one, range(_CONCURRENT)))


def _wallet() -> WalletChoice:
    from reev_runner.dynamic import choose_wallet
    from reev_runner.execution import embedded_sandbox
    from reev_runner.system import SystemClock

    prices_usd = embedded_sandbox("default").market.prices
    return choose_wallet("demo:balanced", None, None, prices_usd=prices_usd, clock=SystemClock())


async def _planned(sentence: str, wallet: WalletChoice) -> PlannedFlow:
    from reev_runner.dynamic import plan_flow
    from reev_runner.system import SystemClock

    return await plan_flow(sentence, wallet, SystemClock())


class _Overheads(NamedTuple):
    direct_ms: float
    bridge_ms: float


def direct_overhead_ms() -> float:
    """Carry a plan out to its verdict, less the same tool calls on a chain of their own, as often as a flow makes them.

    A tool's own share has a budget of its own.
    """
    return _overheads().direct_ms


def bridge_overhead_ms() -> float:
    """Do it by way of a file that is written, read back, checked and removed."""
    return _overheads().bridge_ms


@cache
def _overheads() -> _Overheads:
    """Return the best of some medians, in milliseconds of this process: what else runs can only add to them."""
    measured = [asyncio.run(_measured_overheads()) for _ in range(_REPEATED)]
    return _Overheads(min(each.direct_ms for each in measured), min(each.bridge_ms for each in measured))


async def _measured_overheads() -> _Overheads:
    from reev_orchestrator import TemplateRenderer
    from reev_runner.dynamic import document_of
    from reev_runner.dynamic._cases import bridged_case, direct_case
    from reev_runner.execution import TrialRunner, embedded_sandbox
    from reev_runner.system import SystemClock

    renderer = TemplateRenderer()
    runner = TrialRunner(embedded_sandbox, SystemClock(), renderer)
    document = document_of((await _planned(_FLOW, _wallet())).plan, renderer)
    calls = _calls(await _run(runner, direct_case(document)))
    direct_ms, bridge_ms = [], []
    with tempfile.TemporaryDirectory(prefix="reev-bench-") as folder:

        async def direct() -> None:
            await _run(runner, direct_case(document))

        async def bridge() -> None:
            with bridged_case(document, Path(folder), "bench") as bridged:
                await _run(runner, bridged.case)

        for _ in range(_ROUNDS):
            bare_ms = _EXECUTIONS * await _bare_ms(direct_case(document), calls)
            direct_ms.append(await _taken_ms(direct) - bare_ms)
            bridge_ms.append(await _taken_ms(bridge) - bare_ms)
    return _Overheads(statistics.median(direct_ms), statistics.median(bridge_ms))


async def _run(runner: TrialRunner, case: TestCase) -> tuple[Event, ...]:
    from reev_runner.execution import choose_agent
    from reev_types.events import RunEnded

    events = await runner.run(case, choose_agent("deterministic"), 0)
    last = events[-1]
    if not isinstance(last, RunEnded) or last.status != "passed":
        raise SystemExit("a flow did not pass; its time means nothing")
    return events


def _calls(events: tuple[Event, ...]) -> list[ToolCall]:
    from reev_types.events import ToolCalled
    from reev_types.tools import ToolCall

    called = [event for event in events if isinstance(event, ToolCalled)]
    return [ToolCall(call_id=event.call_id, tool=event.tool, arguments=event.arguments) for event in called]


async def _bare_ms(case: TestCase, calls: list[ToolCall]) -> float:
    from reev_runner.execution import embedded_sandbox
    from reev_runner.execution._world import prepare_world
    from reev_tools.wallet import Wallet, WalletTools
    from reev_types.tools import Executed

    async def carry_out() -> None:
        world = await prepare_world(case, embedded_sandbox(case.market), 0)
        tools = WalletTools(Wallet(world.wallet, world.chain, names=world.addresses, jupiter=world.jupiter))
        for call in calls:
            if not isinstance(await tools.call(call), Executed):
                raise SystemExit("a transaction did not work; its time means nothing")

    return await _taken_ms(carry_out)


async def _taken_ms(work: Callable[[], Awaitable[None]]) -> float:
    started = time.process_time()
    await work()
    return (time.process_time() - started) * 1_000


ROWS = (
    Row("sentence to plan, warm, p95", "ms", 10, sentence_to_plan_p95_ms),
    Row("flow beyond its tool calls: direct", "ms", 3, direct_overhead_ms),
    Row("flow beyond its tool calls: bridge", "ms", 10, bridge_overhead_ms),
    Row("100 plans at once, p99", "ms", 700, concurrent_plans_p99_ms),
)
