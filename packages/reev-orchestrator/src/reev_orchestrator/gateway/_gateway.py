"""The gateway: one call from a sentence to a plan."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from reev_orchestrator._spans import Spans
from reev_orchestrator.context import ContextResolver
from reev_orchestrator.language import Reading
from reev_orchestrator.planning import QuoteSource, plan
from reev_orchestrator.reading import GrammarReader, SentenceReader
from reev_orchestrator.recovery import BUILT_IN_ALTERNATIVES, first_choice
from reev_types.alternatives import AlternativeFlow
from reev_types.amounts import DEFAULT_SOL_RESERVE_LAMPORTS
from reev_types.contexts import WalletContext
from reev_types.plans import DynamicFlowPlan, DynamicStep
from reev_types.recovery import RecoveryConfig
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
    """Turns sentences into plans. ``name_flow`` gives a flow its id; without ``quotes`` prices serve for estimates.

    ``max_slippage_bps`` is as for ``planning.plan``; ``reader`` is the grammar unless another is given. With
    ``recovery`` every step of a plan says what is tried first when it fails, ``alternatives`` included.
    """

    def __init__(
        self,
        resolver: ContextResolver,
        clock: Clock,
        *,
        quotes: QuoteService | None = None,
        reader: SentenceReader | None = None,
        name_flow: Callable[[str, WalletContext], str] = flow_id,
        sol_reserve_lamports: int = DEFAULT_SOL_RESERVE_LAMPORTS,
        max_slippage_bps: int | None = None,
        recovery: RecoveryConfig | None = None,
        alternatives: Sequence[AlternativeFlow] = BUILT_IN_ALTERNATIVES,
        tracer_provider: TracerProvider | None = None,
    ) -> None:
        self.metrics = GatewayMetrics()
        self._resolver = resolver
        self._clock = clock
        self._quotes = quotes
        self._reader = reader or GrammarReader()
        self._name_flow = name_flow
        self._sol_reserve_lamports = sol_reserve_lamports
        self._max_slippage_bps = max_slippage_bps
        self._recovery = recovery
        self._alternatives = tuple(alternatives)
        self._spans = Spans(tracer_provider)

    async def plan(self, prompt: str, on: WalletContext | str) -> DynamicFlowPlan:
        """Return the plan of a sentence on a context, or on a wallet whose address is given and then resolved.

        The sentence is read first, so that nothing is asked of anybody for one that cannot be carried out. Raises
        UserError as the reader, ``ContextResolver.resolve`` and ``planning.plan`` do, and BackendError.
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
        reading = await self._reader.read(prompt)
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
        # What a model read is named by what it came to, so that the grammar's run of that has the same name.
        name = self._name_flow(reading.text if reading.read_by is None else reading.normalised, wallet.context)

        def make(quotes: QuoteSource | None) -> DynamicFlowPlan:
            return plan(
                reading,
                wallet.context,
                flow_id=name,
                quotes=quotes,
                sol_reserve_lamports=self._sol_reserve_lamports,
                max_slippage_bps=self._max_slippage_bps,
            )

        with self._spans.span("plan", {"reev.flow_id": name}) as span:
            planned = make(None) if self._quotes is None else await planned_with(self._quotes, make)
            span.set_attribute("reev.plan.steps", len(planned.steps))
        warnings = tuple(dict.fromkeys((*_doubts(reading), *wallet.warnings, *planned.warnings)))
        metadata = planned.metadata | {"sol_reserve_lamports": self._sol_reserve_lamports} | _origin(reading)
        steps = tuple(map(self._recoverable, planned.steps))
        return planned.model_copy(update={"steps": steps, "warnings": warnings, "metadata": metadata})

    def _recoverable(self, step: DynamicStep) -> DynamicStep:
        if self._recovery is None:
            return step
        choice = first_choice(step, self._recovery, self._alternatives)
        return step.model_copy(update={"recovery_strategy": choice})


def _doubts(reading: Reading) -> tuple[str, ...]:
    return () if reading.read_by is None else (f"read by {reading.read_by}: check it before it runs",)


def _origin(reading: Reading) -> dict[str, str]:
    return {} if reading.read_by is None else {"planner": "llm", "planner_model": reading.read_by}
