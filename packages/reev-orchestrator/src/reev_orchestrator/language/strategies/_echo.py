"""The sentence for each scenario, in the one form that the grammar prefers."""

from __future__ import annotations

from decimal import Decimal
from typing import assert_never

from reev_orchestrator.language._echo import amount_phrase
from reev_orchestrator.language._scenarios import (
    EmergencyExit,
    Farming,
    Rebalance,
    RiskAdjustedGrowth,
    Scenario,
    YieldOptimisation,
)
from reev_types.amounts import format_decimal
from reev_types.tokens import find_token

__all__ = ["sentence_of"]


def sentence_of(scenario: Scenario) -> str:
    """Return the sentence that reads back as ``scenario``."""
    match scenario:
        case YieldOptimisation(mint=mint, amount=amount, target=target):
            spent, wanted = amount_phrase(amount, find_token(mint)), find_token(target).symbol
            return f"use {spent} to maximize my {wanted} yield on Jupiter"
        case Rebalance(first=first, second=second, share=share, lends=lends):
            parts = (
                f"{_percent(share)} {find_token(first).symbol} and {_percent(1 - share)} {find_token(second).symbol}"
            )
            return f"rebalance my portfolio to {parts}{' for yield' if lends else ''}"
        case RiskAdjustedGrowth(mint=mint, amount=amount):
            return f"implement a risk-adjusted growth strategy with {amount_phrase(amount, find_token(mint))}"
        case EmergencyExit(target=target):
            return f"exit all my positions to {find_token(target).symbol}"
        case Farming(share=share):
            return f"spread {_percent(share)} of my capital over the Jupiter lending vaults"
        case _:
            assert_never(scenario)


def _percent(share: Decimal) -> str:
    return f"{format_decimal(share * 100)}%"
