"""What each part of recovery adds: how many flows succeed with it, how long they take, and what they lose."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from statistics import fmean
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from reev_runner.execution import FlowSetup
    from reev_types.benchmarks import TestCase
    from reev_types.chain import AccountChange
    from reev_types.events import Event
    from reev_types.recovery import Answer, FailureClass, Question

    from .broken_flows import BrokenFlow

FLOWS = 40
"""Of each class of failure, each carried out with every kind of recovery."""
_SETUPS = ("no recovery", "retry", "+ alternatives", "+ fulfilment")
_Z = 1.96
"""Of 95 per cent."""
_MOST_ANSWERS = 3
_FLOW_LIMIT_MS = 60_000
"""For both steps of a flow, each of which may take as long as it may by default."""


class Ended(NamedTuple):
    """What a flow came to."""

    succeeded: bool
    seconds: Decimal
    """That were waited, by the chain's clock: nothing really waits."""
    cost_lamports: int
    """How much less sender and recipient have together, at the prices of the beginning."""


def table() -> Iterator[str]:
    """Yield the lines of the table."""
    from .broken_flows import broken_flow, classes

    yield f"{FLOWS} seeded flows of each class. Lost is what a flow cost beyond the same one without faults, or all"
    yield "that it cost where it failed. Who is asked takes half of the amount where another is on offer, or else"
    yield f"tries again, and aborts after {_MOST_ANSWERS} answers."
    yield f"{'failure':<24}{'recovery':<18}{'succeed':>8}{'95 % interval':>18}{'time s':>9}{'lamports lost':>16}"
    for failure in classes():
        flows = [broken_flow(failure, number) for number in range(FLOWS)]
        calm = [_carried_out(flow.case.model_copy(update={"faults": ()}), None) for flow in flows]
        for setup in _SETUPS:
            ended = [_carried_out(flow.case, _setup(setup, flow)) for flow in flows]
            yield _row(failure, setup, ended, calm)


def _row(failure: FailureClass, setup: str, ended: Sequence[Ended], calm: Sequence[Ended]) -> str:
    succeeded = sum(flow.succeeded for flow in ended)
    low, high = wilson(succeeded, len(ended))
    lost = fmean(
        flow.cost_lamports - (without.cost_lamports if flow.succeeded else 0)
        for flow, without in zip(ended, calm, strict=True)
    )
    interval = f"{low:.0%} to {high:.0%}"
    seconds = fmean(flow.seconds for flow in ended)
    return f"{failure:<24}{setup:<18}{succeeded / len(ended):>8.0%}{interval:>18}{seconds:>9.1f}{round(lost):>16,}"


def wilson(successes: int, trials: int) -> tuple[float, float]:
    """Return the score interval of a proportion, at 95 per cent."""
    share, z_squared = successes / trials, _Z**2
    middle = share + z_squared / (2 * trials)
    reach = _Z * math.sqrt(share * (1 - share) / trials + z_squared / (4 * trials**2))
    scale = 1 + z_squared / trials
    return max(0.0, (middle - reach) / scale), min(1.0, (middle + reach) / scale)


class _Halving:
    """A person who takes half of the amount, and half of that, and gives up in the end."""

    def __init__(self, asked: Decimal) -> None:
        self._amount = asked
        self._answers = 0

    async def ask(self, question: Question) -> Answer | None:
        from reev_types.recovery import Answer

        self._answers += 1
        if self._answers > _MOST_ANSWERS:
            return Answer(choice="abort")
        if "change_amount" not in question.choices:
            return Answer(choice="retry")
        self._amount /= 2
        return Answer(choice="change_amount", amount=f"{self._amount:f}")


def _setup(name: str, flow: BrokenFlow) -> FlowSetup | None:
    from reev_runner.execution import FlowSetup
    from reev_types.recovery import RecoveryConfig

    extent = _SETUPS.index(name)
    if extent == 0:
        return None
    config = RecoveryConfig(
        enable_alternative_flows=extent > 1, enable_user_fulfillment=extent > 2, max_recovery_time_ms=_FLOW_LIMIT_MS
    )
    return FlowSetup(recovery=config, asker=_Halving(flow.asked) if extent > 2 else None)


def _carried_out(case: TestCase, setup: FlowSetup | None) -> Ended:
    from reev_runner.execution import TrialRunner, choose_agent, embedded_sandbox
    from reev_runner.journal import fold
    from reev_runner.suite import renderer
    from reev_runner.system import SystemClock

    runner = TrialRunner(embedded_sandbox, SystemClock(), renderer(), setup=setup)
    events = asyncio.run(runner.run(case, choose_agent("deterministic"), 0))
    return Ended(fold(events).flow.success, _seconds(events), _cost_lamports(case, events))


def _seconds(events: Sequence[Event]) -> Decimal:
    from reev_types.recovery_events import TimePassed

    return Decimal(sum(event.milliseconds for event in events if isinstance(event, TimePassed))) / 1_000


def _cost_lamports(case: TestCase, events: Sequence[Event]) -> int:
    from reev_types.benchmarks import USER_WALLET
    from reev_types.events import TransactionReturned, WorldPrepared

    from .broken_flows import RECIPIENT

    prepared = next(event for event in events if isinstance(event, WorldPrepared))
    owners = {account.address for account in prepared.accounts if account.name in (USER_WALLET, RECIPIENT)}
    prices = _lamports_per_raw(case.market)
    outcomes = [event.outcome for event in events if isinstance(event, TransactionReturned)]
    gains = (_gained(change, owners, prices) for outcome in outcomes for change in outcome.changes)
    return -round(sum(gains, Decimal(0)))


def _gained(change: AccountChange, owners: set[str], prices: Mapping[str, Decimal]) -> Decimal:
    """Return what a change of an account brought its owner, in lamports."""
    from reev_types.tokens import SOL_MINT

    token = change.token
    if token is None:
        return Decimal(change.lamports_after - change.lamports_before) if change.address in owners else Decimal(0)
    before = change.lamports_before if token.owner_before in owners else 0
    after = change.lamports_after if token.owner_after in owners else 0
    gained = Decimal(after - before)
    if token.mint != SOL_MINT:
        before_raw = token.before_raw if token.owner_before in owners else 0
        gained += ((token.after_raw if token.owner_after in owners else 0) - before_raw) * prices[token.mint]
    return gained


@cache
def _lamports_per_raw(market: str) -> Mapping[str, Decimal]:
    return asyncio.run(_prices(market))


async def _prices(market: str) -> Mapping[str, Decimal]:
    from reev_runner.execution import embedded_sandbox
    from reev_runner.execution._valuation import share_prices
    from reev_tools.chain import Keyring
    from reev_types.tokens import SOL_MINT, TOKENS

    sandbox = embedded_sandbox(market)
    chain = await sandbox.open(Keyring(0, "ablation"), 0)
    prices_usd = sandbox.market.prices
    prices_usd = {**prices_usd, **share_prices(await sandbox.jupiter(chain).lend_tokens(), prices_usd)}
    lamport_usd = prices_usd[SOL_MINT].scaleb(-9)
    return {
        token.mint: prices_usd[token.mint].scaleb(-token.decimals) / lamport_usd
        for token in TOKENS
        if token.mint in prices_usd
    }
