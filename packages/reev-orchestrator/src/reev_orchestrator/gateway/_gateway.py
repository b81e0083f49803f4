"""The gateway: one call from a sentence to a plan."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from reev_orchestrator.context import ContextResolver
from reev_orchestrator.context._spans import Spans
from reev_orchestrator.language import Reading, parse
from reev_orchestrator.planning import QuoteSource, plan
from reev_types.amounts import DEFAULT_SOL_RESERVE_LAMPORTS
from reev_types.contexts import WalletContext
from reev_types.plans import DynamicFlowPlan
from reev_types.times import Clock

from ._identity import flow_id
from ._metrics import GatewayMetrics
from ._quotes import QuoteService, planned_with

if TYPE_CHECKING:
    from opentelemetry.trace import TracerProvider

__all__ = ["OrchestratorGateway"]


class _Wallet(NamedTuple):
    context: WalletContext
    warnings: tuple[str, ...] = ()


class OrchestratorGateway:
    """Turns sentences into plans. ``name_flow`` gives a flow its id; without ``quotes`` prices serve for estimates."""

    def __init__(
        self,
        resolver: ContextResolver,
        clock: Clock,
        *,
        quotes: QuoteService | None = None,
        name_flow: Callable[[str, WalletContext], str] = flow_id,
        sol_reserve_lamports: int = DEFAULT_SOL_RESERVE_LAMPORTS,
        tracer_provider: TracerProvider | None = None,
    ) -> None:
        self.metrics = GatewayMetrics()
        self._resolver = resolver
        self._clock = clock
        self._quotes = quotes
        self._name_flow = name_flow
        self._sol_reserve_lamports = sol_reserve_lamports
        self._spans = Spans(tracer_provider)

    async def plan(self, prompt: str, on: WalletContext | str) -> DynamicFlowPlan:
        """Return the plan of a sentence on a context, or on a wallet whose address is given and then resolved.

        The sentence is read first, so that nothing is asked of anybody for one that cannot be carried out. Raises
        UserError as ``parse``, ``ContextResolver.resolve`` and ``planning.plan`` do, and BackendError.
        """
        with self._spans.span("prompt", {"reev.prompt.characters": len(prompt)}) as span:
            try:
                planned = await self._plan(prompt, on)
            except BaseException:
                self.metrics.refused += 1
                raise
            self.metrics.planned += 1
            span.set_attribute("reev.flow_id", planned.flow_id)
            return planned

    async def _plan(self, prompt: str, on: WalletContext | str) -> DynamicFlowPlan:
        started = self._clock.monotonic()
        reading = parse(prompt)
        read = self._clock.monotonic()
        wallet = await self._wallet(on)
        resolved = self._clock.monotonic()
        try:
            return await self._planned(reading, wallet)
        finally:
            self.metrics.context_s += resolved - read
            self.metrics.planning_s += read - started + self._clock.monotonic() - resolved

    async def _wallet(self, on: WalletContext | str) -> _Wallet:
        if isinstance(on, WalletContext):
            return _Wallet(on)
        resolved = await self._resolver.resolve(on)
        return _Wallet(resolved.context, resolved.warnings)

    async def _planned(self, reading: Reading, wallet: _Wallet) -> DynamicFlowPlan:
        name = self._name_flow(reading.text, wallet.context)

        def make(quotes: QuoteSource | None) -> DynamicFlowPlan:
            return plan(
                reading,
                wallet.context,
                flow_id=name,
                quotes=quotes,
                sol_reserve_lamports=self._sol_reserve_lamports,
            )

        with self._spans.span("plan", {"reev.flow_id": name, "reev.plan.steps": len(reading.steps)}):
            planned = make(None) if self._quotes is None else await planned_with(self._quotes, make)
        warnings = tuple(dict.fromkeys((*wallet.warnings, *planned.warnings)))
        metadata = planned.metadata | {"sol_reserve_lamports": self._sol_reserve_lamports}
        return planned.model_copy(update={"warnings": warnings, "metadata": metadata})
