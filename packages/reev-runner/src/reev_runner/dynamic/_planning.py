"""A sentence planned on a wallet, for the market in which it is going to run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from reev_orchestrator import OrchestratorGateway
from reev_runner.execution import embedded_sandbox
from reev_types.amounts import DEFAULT_SOL_RESERVE_LAMPORTS
from reev_types.benchmarks import DEFAULT_MARKET
from reev_types.plans import DynamicFlowPlan
from reev_types.times import Clock
from reev_types.tokens import symbol_of

from ._document import left_out
from ._quotes import MarketQuotes
from ._trace import flow_span
from ._wallets import WalletChoice

if TYPE_CHECKING:
    from opentelemetry.trace import SpanContext

    from reev_orchestrator.reading import SentenceReader

__all__ = ["FlowTerms", "PlannedFlow", "plan_flow"]


@dataclass(frozen=True, slots=True)
class PlannedFlow:
    """A plan, the wallet that it was made on, and how long it took."""

    plan: DynamicFlowPlan
    wallet: WalletChoice
    trace: SpanContext
    """The span that the spans of its run belong below."""
    timing: dict[str, Any]


class FlowTerms(NamedTuple):
    """What a flow is planned for beyond its sentence and its wallet."""

    market: str = DEFAULT_MARKET
    sol_reserve_lamports: int = DEFAULT_SOL_RESERVE_LAMPORTS
    max_slippage_bps: int | None = None
    """What a swap may come out worse than quoted, and move the price, in basis points; None leaves it to the tool."""
    reader: SentenceReader | None = None
    """Who reads the sentence; None for the grammar."""


_USUAL = FlowTerms()


async def plan_flow(prompt: str, wallet: WalletChoice, clock: Clock, terms: FlowTerms = _USUAL) -> PlannedFlow:
    """Return the plan of a sentence; raises as ``OrchestratorGateway.plan`` does, and UsageError ``unknown_market``."""
    gateway = OrchestratorGateway(
        wallet.resolver,
        clock,
        quotes=MarketQuotes(embedded_sandbox(terms.market)),
        reader=terms.reader,
        sol_reserve_lamports=terms.sol_reserve_lamports,
        max_slippage_bps=terms.max_slippage_bps,
    )
    with flow_span(terms.market) as trace:
        plan = await gateway.plan(prompt, wallet.on)
    timing = {
        "context_resolution_ms": _ms(gateway.metrics.context_s),
        "planning_ms": _ms(gateway.metrics.planning_s),
    }
    strangers = left_out(plan)
    if strangers:
        shown = ", ".join(symbol_of(mint) for mint in strangers[:5])
        warning = f"{len(strangers)} tokens that reev does not know are not mirrored: {shown}"
        plan = plan.model_copy(update={"warnings": (*plan.warnings, warning)})
    return PlannedFlow(plan, wallet, trace, timing)


def _ms(seconds: float) -> float:
    return round(seconds * 1_000, 3)
