"""From a sentence to typed intents: tokeniser, grammar, questions and the normalised echo.

``parse`` reads a sentence or raises a UserError with the place in it; ``pointed_at`` draws the caret under that place.
Nothing here looks at a wallet, a price or a clock.
"""

from ._caret import pointed_at
from ._echo import amount_phrase, clause_of, normalised
from ._mentions import Claim, Mentions, mentions
from ._readings import Correction, GoalWish, Reading, ReadStep
from ._scenarios import (
    EmergencyExit,
    Farming,
    Rebalance,
    RiskAdjustedGrowth,
    Scenario,
    Strategy,
    YieldOptimisation,
)
from ._sentence import MAX_CLAUSES, parse

__all__ = [
    "MAX_CLAUSES",
    "Claim",
    "Correction",
    "EmergencyExit",
    "Farming",
    "GoalWish",
    "Mentions",
    "ReadStep",
    "Reading",
    "Rebalance",
    "RiskAdjustedGrowth",
    "Scenario",
    "Strategy",
    "YieldOptimisation",
    "amount_phrase",
    "clause_of",
    "mentions",
    "normalised",
    "parse",
    "pointed_at",
]
