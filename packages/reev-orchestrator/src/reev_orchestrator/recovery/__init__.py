"""Recovery of failed steps: attempts again, alternatives, a person asked; limits that bind; and undoing.

``RecoveryEngine`` tries strategies in order through a ``StepExecutor``; ``FlowTime`` is the time that limits count.
"""

from ._alternatives import AlternativeFlowStrategy
from ._attempts import Decision, Rescue
from ._builtin import BUILT_IN_ALTERNATIVES
from ._classes import classify, is_known, is_permanent
from ._compensation import Inverse, inverse
from ._engine import RecoveryEngine
from ._files import load_alternatives
from ._first_choice import first_choice
from ._fulfillment import UserFulfillmentStrategy
from ._retry import RetryStrategy
from ._steps import (
    AttemptReport,
    DeadlineReached,
    Decided,
    Exhausted,
    FailedStep,
    Recovered,
    Recovery,
    StepExecutor,
    Succeeded,
)
from ._strategy import Passed, Repaired, Strategy, StrategyResult
from ._time import FlowTime

__all__ = [
    "BUILT_IN_ALTERNATIVES",
    "AlternativeFlowStrategy",
    "AttemptReport",
    "DeadlineReached",
    "Decided",
    "Decision",
    "Exhausted",
    "FailedStep",
    "FlowTime",
    "Inverse",
    "Passed",
    "Recovered",
    "Recovery",
    "RecoveryEngine",
    "Repaired",
    "Rescue",
    "RetryStrategy",
    "StepExecutor",
    "Strategy",
    "StrategyResult",
    "Succeeded",
    "UserFulfillmentStrategy",
    "classify",
    "first_choice",
    "inverse",
    "is_known",
    "is_permanent",
    "load_alternatives",
]
