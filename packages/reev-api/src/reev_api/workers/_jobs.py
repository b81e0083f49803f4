"""An order made into a job of the runner."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import assert_never

from reev_runner.dynamic import DynamicOptions, FlowTerms, PlannedFlow, choose_wallet, plan_flow, planned_job
from reev_runner.execution import FlowSetup, ModelOptions, embedded_sandbox
from reev_runner.files import BUILT_IN, load_case
from reev_runner.suite import Job, SuiteOptions
from reev_types.models import Sampling
from reev_types.recovery import Asker
from reev_types.times import Clock

from ._orders import BenchmarkOrder, FlowOrder, FlowTermsOrder, Order

__all__ = ["FixedId", "job_of", "options_of", "planned"]

_SAMPLING_SEEDS = 2**31


class FixedId:
    """The id that a session has already; implements ``IdSource``."""

    def __init__(self, session_id: str) -> None:
        self._session_id = session_id

    def session_id(self) -> str:
        """Return it."""
        return self._session_id


def options_of(terms: FlowTermsOrder, session_id: str, root: Path, clock: Clock, asker: Asker) -> SuiteOptions:
    """Return what a session is run with."""
    return SuiteOptions(
        agent=terms.agent,
        seed=terms.seed,
        out=root,
        models=ModelOptions(sampling=Sampling(seed=terms.seed % _SAMPLING_SEEDS), limits=terms.limits),
        setup=FlowSetup(recovery=terms.recovery, atomic_mode=terms.atomic_mode, on_abort=terms.on_abort, asker=asker),
        clock=clock,
        ids=FixedId(session_id),
    )


async def planned(order: FlowOrder, clock: Clock) -> PlannedFlow:
    """Plan a sentence; raises as ``reev_runner.dynamic.plan_source``."""
    prices_usd = embedded_sandbox(order.market).market.prices
    wallet = choose_wallet(order.wallet, None, None, prices_usd=prices_usd, clock=clock)
    terms = FlowTerms(market=order.market, max_slippage_bps=order.max_slippage_bps)
    return await plan_flow(order.prompt, wallet, clock, terms)


async def job_of(order: Order, options: SuiteOptions, tell: Callable[[PlannedFlow], None]) -> Job | None:
    """Return what is to be run, None where nothing is; ``tell`` hears of the plan. Raises UserError and BackendError.

    The bridge's file lasts until it has been read back: signals are the process's, and its flows are many.
    """
    match order:
        case BenchmarkOrder(benchmark_id=benchmark_id):
            return Job(load_case(BUILT_IN / f"{benchmark_id}.yml"))
        case FlowOrder():
            flow = await planned(order, options.clock)
            tell(flow)
            if order.dry_run:
                return None
            dynamic = DynamicOptions(mode=order.mode, market=order.market, max_slippage_bps=order.max_slippage_bps)
            with planned_job(flow, options, dynamic) as job:
                return job
        case _:
            assert_never(order)
