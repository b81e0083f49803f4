"""Recovery in the terms that every part of reev shares: failures, limits, changed steps, questions and answers.

Who decides is ``reev_orchestrator.recovery``; who carries out is the runner; what happened is in the journal.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal, Protocol

from pydantic import Field

from ._model import Model
from .amounts import UiAmount
from .intents import Intent

__all__ = [
    "Answer",
    "Asker",
    "Choice",
    "FailureClass",
    "Landed",
    "Question",
    "RecoveryConfig",
    "StepFailure",
    "StepPart",
]


class FailureClass(StrEnum):
    """What kind of thing went wrong, decided from codes alone."""

    TRANSPORT = "transport"
    """Somebody did not answer, or not readably."""
    EXPIRED_BLOCKHASH = "expired_blockhash"
    RATE_LIMIT = "rate_limit"
    SLIPPAGE = "slippage"
    """The price moved further than was allowed."""
    INSUFFICIENT_LIQUIDITY = "insufficient_liquidity"
    INSUFFICIENT_FUNDS = "insufficient_funds"
    REJECTED_BY_PROGRAM = "rejected_by_program"
    """A program, or a tool in its place, says that this cannot be done."""
    AGENT_GAVE_UP = "agent_gave_up"
    TIMEOUT = "timeout"
    UNKNOWN = "unknown"


Choice = Literal["retry", "change_amount", "skip", "abort"]
"""What a person can say to a failed step."""


class RecoveryConfig(Model):
    """How a failed step is recovered, and for how long; times in milliseconds.

    Names and defaults are the original's where it has them, except that alternative flows are off by default.
    """

    base_retry_delay_ms: Annotated[int, Field(ge=0)] = 1_000
    max_retry_delay_ms: Annotated[int, Field(ge=0)] = 10_000
    backoff_multiplier: Annotated[UiAmount, Field(ge=1)] = Decimal(2)
    max_recovery_time_ms: Annotated[int, Field(ge=0)] = 30_000
    """For all recoveries of a flow together."""
    max_step_recovery_time_ms: Annotated[int, Field(ge=0)] = 30_000
    """For the recovery of one step."""
    enable_retry: bool = True
    retry_attempts: Annotated[int, Field(ge=0, le=100)] = 3
    """Attempts after the first one."""
    enable_alternative_flows: bool = False
    enable_user_fulfillment: bool = False
    question_timeout_ms: Annotated[int, Field(ge=0)] = 20_000
    """How long a person may take to answer; their time counts as recovery."""
    default_answer: Literal["retry", "skip", "abort"] = "abort"
    """What is done when nobody answers."""
    max_slippage_bps: Annotated[int, Field(ge=0, le=10_000)] = 100
    """The widest slippage that an alternative may allow."""


class Landed(Model):
    """A call that did its work in an earlier attempt of the same step, and is not carried out again."""

    call_id: str
    tool: str
    arguments: dict[str, Any]
    signature: str
    summary: str
    """What it changed, in words: ``-0.1 SOL, +14.99 USDC``."""


class StepFailure(Model):
    """Why an attempt did not succeed."""

    step_id: str
    attempt: Annotated[int, Field(ge=1)]
    code: str
    """The stable code that the attempt ended with."""
    failure_class: FailureClass
    message: str = ""
    retry_after_ms: Annotated[int, Field(ge=0)] | None = None
    """When a rate limit says to come back."""
    landed: tuple[Landed, ...] = ()
    """What the step's attempts have done so far."""


class StepPart(Model):
    """A step, or a part of one, as it is to be attempted next."""

    part_id: str
    """The step's id, or one of its own where a step was rewritten."""
    prompt: str | None = None
    """What the agent is asked; None means what the step says."""
    intent: Intent | None = None
    """What ``prompt`` asks for in typed form; None means what the step says."""


class Question(Model):
    """What a person is asked about a failed step."""

    question_id: str
    step_id: str
    text: str
    choices: Annotated[tuple[Choice, ...], Field(min_length=1)]
    default: Choice
    timeout_ms: Annotated[int, Field(ge=0)]


class Answer(Model):
    """What a person said; ``amount`` belongs to ``change_amount``, in the words that the person used."""

    choice: Choice
    amount: str | None = None


class Asker(Protocol):
    """Puts questions to a person."""

    async def ask(self, question: Question) -> Answer | None:
        """Return the person's answer, or None when nobody is there; it is cancelled when the time is over."""
