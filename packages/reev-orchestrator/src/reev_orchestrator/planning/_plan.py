"""The plan of a sentence: its steps in order, its goals, its warnings."""

from __future__ import annotations

from reev_orchestrator.language import Reading
from reev_types.amounts import DEFAULT_SOL_RESERVE_LAMPORTS
from reev_types.contexts import WalletContext
from reev_types.plans import DynamicFlowPlan

from ._goals import project
from ._ledger import Ledger
from ._quotes import QuoteSource
from ._steps import Planner

__all__ = ["plan"]


def plan(
    reading: Reading,
    context: WalletContext,
    *,
    flow_id: str,
    quotes: QuoteSource | None = None,
    sol_reserve_lamports: int = DEFAULT_SOL_RESERVE_LAMPORTS,
) -> DynamicFlowPlan:
    """Return the plan of a sentence on a wallet; ``metadata`` holds estimates by step id and the lamports due.

    Without ``quotes`` estimates come from the context's prices. Raises UserError with the place in the sentence:
    ``insufficient_funds``, ``unknown_price``, ``zero_amount``, ``self_transfer``, ``dust``, ``too_large``.
    """
    planner = Planner(context, Ledger(context, sol_reserve_lamports), quotes)
    steps = {read.step_id: planner.add(read) for read in reading.steps}
    projected = [project(wish, steps[wish.step_id], context, sol_reserve_lamports, quotes) for wish in reading.goals]
    corrections = (f"{typed!r} was read as {meant}" for typed, meant, _ in reading.corrections)
    warnings = (*corrections, *planner.warnings, *(warning for _, warning in projected if warning is not None))
    return DynamicFlowPlan(
        flow_id=flow_id,
        user_prompt=reading.text,
        normalised_prompt=reading.normalised,
        steps=tuple(steps.values()),
        goals=tuple(goal for goal, _ in projected if goal is not None),
        warnings=tuple(dict.fromkeys(warnings)),
        context=context,
        metadata={"lamports_due": planner.lamports_due, "estimates": planner.estimates},
    )
