"""What a flow is to be: a sentence or a benchmark, and the terms that it is carried out on."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from reev_api._model import ApiModel
from reev_types.agents import AgentLimits
from reev_types.atomicity import AtomicMode, OnAbort
from reev_types.benchmarks import DEFAULT_MARKET
from reev_types.recovery import RecoveryConfig

__all__ = ["BenchmarkOrder", "FlowOrder", "FlowTermsOrder", "Order"]


class FlowTermsOrder(ApiModel):
    """How a flow is carried out."""

    agent: str = "deterministic"
    seed: Annotated[int, Field(ge=0, lt=2**64)] = 0
    limits: AgentLimits = AgentLimits()
    atomic_mode: AtomicMode | None = None
    on_abort: OnAbort | None = None
    recovery: RecoveryConfig | None = None


class FlowOrder(ApiModel):
    """A sentence on a wallet."""

    kind: Literal["flow"] = "flow"
    prompt: str
    wallet: str
    mode: Literal["direct", "bridge"] = "direct"
    market: str = DEFAULT_MARKET
    max_slippage_bps: Annotated[int, Field(ge=0, le=10_000)] | None = None
    dry_run: bool = False
    """Plan it and do nothing."""
    terms: FlowTermsOrder = FlowTermsOrder()


class BenchmarkOrder(ApiModel):
    """A built-in benchmark, by its full id."""

    kind: Literal["benchmark"] = "benchmark"
    benchmark_id: str
    terms: FlowTermsOrder = FlowTermsOrder()


Order = Annotated[FlowOrder | BenchmarkOrder, Field(discriminator="kind")]
