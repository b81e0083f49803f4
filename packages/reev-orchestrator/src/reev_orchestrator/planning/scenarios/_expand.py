"""From a scenario to steps."""

from __future__ import annotations

from typing import assert_never

from reev_orchestrator.language import (
    EmergencyExit,
    Farming,
    Rebalance,
    RiskAdjustedGrowth,
    Strategy,
    YieldOptimisation,
)
from reev_orchestrator.planning._ledger import Ledger
from reev_types.errors import TextPlace

from ._draft import Draft, Expansion
from ._earning import earn_yield, farm, grow
from ._exit import leave
from ._rebalance import rebalance

__all__ = ["Expansion", "expand"]


def expand(strategy: Strategy, ledger: Ledger) -> Expansion:
    """Return the steps of a strategy on the wallet of ``ledger``.

    Raises UserError at the place of the scenario: ``unknown_price``, ``already_balanced``, ``not_lendable``,
    ``insufficient_funds`` and ``nothing_to_exit``.
    """
    draft = Draft(ledger, strategy.place)
    template = _drafted(strategy, draft)
    if strategy.advice:
        draft.assume(f"no step of its own: {'; '.join(_quoted(place) for place in strategy.advice)}")
    return draft.expansion(template)


def _drafted(strategy: Strategy, draft: Draft) -> str:
    match strategy.scenario:
        case YieldOptimisation() as scenario:
            earn_yield(scenario, draft)
            return "yield_optimisation"
        case Rebalance() as scenario:
            rebalance(scenario, draft)
            return "portfolio_rebalance"
        case RiskAdjustedGrowth() as scenario:
            grow(scenario, draft)
            return "risk_adjusted_growth"
        case EmergencyExit() as scenario:
            leave(scenario, draft)
            return "emergency_exit"
        case Farming() as scenario:
            farm(scenario, draft)
            return "yield_farming"
        case _:
            assert_never(strategy.scenario)


def _quoted(place: TextPlace) -> str:
    return f'"{place.text[place.start : place.end]}"'
