"""Flows before they run: steps, what is tried first when one fails, and goals.

Names and defaults follow the original where it has them.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from ._model import Model
from .amounts import RawAmount, UiAmount
from .atomicity import AtomicMode
from .contexts import WalletContext
from .intents import Intent

__all__ = [
    "AlternativeFlowChoice",
    "DynamicFlowPlan",
    "DynamicStep",
    "Goal",
    "RecoveryStrategy",
    "RetryChoice",
    "UserFulfillmentChoice",
]


class RetryChoice(Model):
    """Attempt the step again, so many times at the most."""

    kind: Literal["retry"] = "retry"
    attempts: Annotated[int, Field(ge=1)] = 3


class AlternativeFlowChoice(Model):
    """Do the step differently."""

    kind: Literal["alternative_flow"] = "alternative_flow"
    flow_id: str
    """The id of an ``AlternativeFlow``."""


class UserFulfillmentChoice(Model):
    """Ask a person."""

    kind: Literal["user_fulfillment"] = "user_fulfillment"
    questions: tuple[str, ...]


RecoveryStrategy = Annotated[RetryChoice | AlternativeFlowChoice | UserFulfillmentChoice, Field(discriminator="kind")]
"""What is tried first when a step fails; ``RecoveryConfig`` says all that may follow."""


class Goal(Model):
    """A stated target with its projection, such as ``1.5x`` of the USDC holding.

    Projection, ``met`` and the multiples are null where no quote or price allows a projection.
    """

    mint: str
    target_raw: RawAmount
    projected_raw: RawAmount | None = None
    met: bool | None = None
    multiple: UiAmount | None = None
    """What was asked for: 1.5 of the present holding."""
    projected_multiple: UiAmount | None = None
    """What the spending instruction reaches, rounded down to two places."""
    best_multiple: UiAmount | None = None
    """What spending everything of the same token would reach, rounded down to two places."""


class DynamicStep(Model):
    """One step of a plan; ``resolved_amount`` is null when it depends on an earlier step."""

    step_id: str
    description: str
    critical: bool = True
    intent: Intent
    resolved_amount: RawAmount | None = None
    depends_on: tuple[str, ...] = ()
    required_tools: tuple[str, ...] = ()
    prompt_template: str
    recovery_strategy: RecoveryStrategy | None = None
    """Information for whoever reads the plan; None where the flow does not recover or its planner was not told how."""
    estimated_time_seconds: Annotated[int, Field(ge=0)] = 30


class DynamicFlowPlan(Model):
    """A sentence understood: typed steps on a wallet, before anything runs."""

    flow_id: str
    user_prompt: str
    normalised_prompt: str
    atomic_mode: AtomicMode = AtomicMode.STRICT
    steps: Annotated[tuple[DynamicStep, ...], Field(min_length=1)]
    goals: tuple[Goal, ...] = ()
    assumptions: tuple[str, ...] = ()
    """What was decided for the person, a sentence each."""
    warnings: tuple[str, ...] = ()
    template: str | None = None
    """The prompt template that frames the steps; None for the one that their kinds come to."""
    context: WalletContext
    metadata: dict[str, Any] = {}
