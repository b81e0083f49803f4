"""What clients ask for, and what a worker is told then."""

from __future__ import annotations

import hashlib
from difflib import get_close_matches
from functools import cache, lru_cache
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StrictBool

from reev_api._model import ApiModel
from reev_api._problems import ProblemError
from reev_api.workers import BenchmarkOrder, FlowOrder, FlowTermsOrder
from reev_runner.dynamic import choose_wallet
from reev_runner.execution import choose_agent
from reev_runner.files import BUILT_IN
from reev_runner.system import SystemClock
from reev_types.agents import AgentLimits
from reev_types.atomicity import AtomicMode, OnAbort
from reev_types.benchmarks import DEFAULT_MARKET
from reev_types.errors import UsageError
from reev_types.recovery import RecoveryConfig

from ._texts import AgentName, Prompt, WalletName

__all__ = ["BenchmarkRequest", "FlowRequest", "RecoveryFlowRequest", "benchmark_of", "fingerprint"]

_FAR_AGENTS = (":", "/")
"""What names of agents have in them that lead to files or other machines."""


class _Terms(ApiModel):
    """The terms that flows and benchmarks have in common."""

    agent: AgentName = "deterministic"
    seed: Annotated[int, Field(ge=0, lt=2**64, strict=True)] = 0
    limits: AgentLimits = AgentLimits()
    atomic_mode: AtomicMode | None = None
    """None means the benchmark's, and of a sentence strict."""
    on_abort: OnAbort | None = None
    recovery: RecoveryConfig | None = None
    """How failed steps are recovered; None means as the benchmark says, and of a sentence not at all."""

    def terms(self, allowed_agents: tuple[str, ...]) -> FlowTermsOrder:
        """Return the terms; raises UsageError for an agent that cannot be used."""
        _check_agent(self.agent, allowed_agents)
        return FlowTermsOrder.model_validate({name: getattr(self, name) for name in _Terms.model_fields})


class FlowRequest(_Terms):
    """A sentence to be carried out on a wallet."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"prompt": "swap 0.1 SOL to USDC then lend it", "wallet": "demo:balanced"}]}
    )

    prompt: Prompt
    wallet: WalletName = "demo:balanced"
    """An address, whose holdings are mirrored, or ``demo:<name>``."""
    market: Annotated[str, Field(max_length=64, pattern="^[0-9a-z_-]+$")] = DEFAULT_MARKET
    max_slippage_bps: Annotated[int, Field(ge=0, le=10_000, strict=True)] | None = None
    dry_run: StrictBool = False
    """Plan it and do nothing: the session ends with its plan."""

    def order(self, mode: Literal["direct", "bridge"], allowed_agents: tuple[str, ...]) -> FlowOrder:
        """Return what a worker is told; raises UserError for a wallet or an agent that cannot be used."""
        _check_wallet(self.wallet)
        return FlowOrder(
            prompt=self.prompt,
            wallet=self.wallet,
            mode=mode,
            market=self.market,
            max_slippage_bps=self.max_slippage_bps,
            dry_run=self.dry_run,
            terms=self.terms(allowed_agents),
        )


class RecoveryFlowRequest(FlowRequest):
    """A sentence to be carried out with recovery of failed steps."""

    recovery: RecoveryConfig = RecoveryConfig()


class BenchmarkRequest(_Terms):
    """The terms that a benchmark is run on."""

    def order(self, benchmark_id: str, allowed_agents: tuple[str, ...]) -> BenchmarkOrder:
        """Return what a worker is told; raises UsageError for an agent that cannot be used."""
        return BenchmarkOrder(benchmark_id=benchmark_id, terms=self.terms(allowed_agents))


def benchmark_of(name: str) -> str:
    """Return the id of a built-in benchmark by its id or unique number; raises ProblemError 404."""
    ids = _benchmark_ids()
    matches = [name] if name in ids else [known for known in ids if known.split("-")[0] == name]
    if len(matches) == 1:
        return matches[0]
    close = tuple(f"did you mean {other}?" for other in get_close_matches(name, ids, n=3))
    raise ProblemError(404, "unknown_benchmark", f"there is no benchmark {name!r}", suggestions=close)


def fingerprint(path: str, request: ApiModel) -> str:
    """Return SHA-256 over what is asked for where."""
    return hashlib.sha256(f"{path}\n{request.model_dump_json()}".encode()).hexdigest()


@cache
def _benchmark_ids() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in BUILT_IN.glob("*.yml")))


@lru_cache(maxsize=1_024)
def _check_wallet(name: str) -> None:
    # Mock wallets get addresses that are nobody's, which takes longer than everything else before the answer.
    choose_wallet(name, None, None, prices_usd={}, clock=SystemClock())


def _check_agent(name: str, allowed: tuple[str, ...]) -> None:
    is_far = any(mark in name for mark in _FAR_AGENTS) and not name.startswith("openai:")
    if is_far and name not in allowed:
        raise UsageError(
            "agent_not_allowed",
            "agents whose names lead to files or other machines have to be allowed when the server is started",
            suggestions=("reev serve --allow-agent NAME", "agent: deterministic"),
        )
    choose_agent(name)
