"""The plan of a sentence: its steps in order, its goals, its warnings."""

from __future__ import annotations

from reev_orchestrator.language import Reading, normalised
from reev_types.amounts import DEFAULT_SOL_RESERVE_LAMPORTS
from reev_types.contexts import WalletContext
from reev_types.plans import DynamicFlowPlan

from ._goals import project
from ._ledger import Ledger
from ._quotes import QuoteSource
from ._steps import Planner
from .scenarios import Expansion, expand

__all__ = ["plan"]


def plan(
    reading: Reading,
    context: WalletContext,
    *,
    flow_id: str,
    quotes: QuoteSource | None = None,
    sol_reserve_lamports: int = DEFAULT_SOL_RESERVE_LAMPORTS,
    max_slippage_bps: int | None = None,
) -> DynamicFlowPlan:
    """Return the plan of a sentence on a wallet; ``metadata`` holds estimates by step id and the lamports due.

    Without ``quotes`` estimates come from the context's prices. A swap whose quote moves the price by more basis points
    than ``max_slippage_bps`` (1,000 where that is None) is refused; its intent allows so much slippage, or leaves it
    to the tool. Raises UserError with the place in the sentence: ``insufficient_funds``, ``unknown_price``,
    ``zero_amount``, ``self_transfer``, ``dust``, ``too_large``, ``price_impact_too_high``; of a strategy also
    ``already_balanced``, ``not_lendable``, ``nothing_to_exit``.
    """
    ledger = Ledger(context, sol_reserve_lamports)
    planner = Planner(context, ledger, quotes, max_slippage_bps)
    expansion = expand(reading.strategy, ledger) if reading.strategy else Expansion(reading.steps)
    steps = {read.step_id: planner.add(read) for read in expansion.steps}
    projected = [project(wish, steps[wish.step_id], context, sol_reserve_lamports, quotes) for wish in reading.goals]
    corrections = (f"{typed!r} was read as {meant}" for typed, meant, _ in reading.corrections)
    warnings = (*corrections, *planner.warnings, *(warning for _, warning in projected if warning is not None))
    return DynamicFlowPlan(
        flow_id=flow_id,
        user_prompt=reading.text,
        normalised_prompt=_understood(reading, expansion),
        steps=tuple(steps.values()),
        goals=tuple(goal for goal, _ in projected if goal is not None),
        assumptions=expansion.assumptions,
        warnings=tuple(dict.fromkeys(warnings)),
        template=expansion.template,
        context=context,
        metadata={"lamports_due": planner.lamports_due, "estimates": planner.estimates},
    )


def _understood(reading: Reading, expansion: Expansion) -> str:
    """Return what was understood; of a strategy, with the steps that it comes to."""
    said = reading.normalised
    return f"{said}: {normalised(expansion.steps, ())}" if reading.strategy else said
