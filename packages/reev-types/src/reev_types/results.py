"""What a run came to: steps, verdicts and the trial as a whole.

Whatever may differ between equal runs stands in ``timing`` and nowhere else.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from ._model import Model
from .addresses import Address
from .agents import StepOutcome
from .amounts import Lamports

__all__ = [
    "AssertionVerdict",
    "FlowMetrics",
    "FlowResult",
    "Judgement",
    "ModelUsage",
    "Outflow",
    "RecoveryMetrics",
    "Score",
    "StepResult",
    "StrangerGain",
    "TrialResult",
]

Score = Annotated[float, Field(ge=0, le=1)]
"""A score rounded to six decimals; scores are ratios of weights, never money."""

StepStatus = Literal["succeeded", "failed", "skipped"]


class ModelUsage(Model):
    """What asking a language model took."""

    model_calls: int = 0
    """Exchanges, failed ones included."""
    input_tokens: int = 0
    output_tokens: int = 0
    cost_micro_usd: int | None = 0
    """Millionths of a US dollar; None where a price is not known, or a call without a reply may have been charged."""
    is_estimated: bool = False
    """Whether tokens are counted from the length of texts, because a provider said nothing."""


class StepResult(Model):
    """How one step ended."""

    step_id: str
    critical: bool
    status: StepStatus
    reason: str = ""
    """Why it failed or was skipped, as a stable code."""
    outcome: StepOutcome | None = None
    tool_calls: tuple[str, ...] = ()
    model_usage: ModelUsage | None = None
    """None where no model was asked."""
    recovery_attempts: int = 0
    timing: dict[str, Any] = Field(default_factory=dict)

    @property
    def success(self) -> bool:
        """Whether the step ended as it should."""
        return self.status == "succeeded"


class FlowMetrics(Model):
    """Counts over a flow; durations are under the result's ``timing``."""

    successful_steps: int = 0
    failed_steps: int = 0
    skipped_steps: int = 0
    critical_failures: int = 0
    total_tool_calls: int = 0
    transactions: int = 0
    failed_transactions: int = 0
    fee_lamports: Lamports = 0
    compute_units: int = 0
    model_usage: ModelUsage | None = None
    """None where no model was asked."""


class RecoveryMetrics(Model):
    """Counts over the recoveries of a flow; durations are under ``timing``, in milliseconds."""

    total_attempts: int = 0
    """Attempts after the first one of a step."""
    successful_recoveries: int = 0
    failed_recoveries: int = 0
    """Steps that recovery gave up, and those that a person skipped or aborted."""
    recoveries_by_strategy: dict[str, int] = {}
    """How many steps each strategy has recovered."""
    recoveries_by_failure: dict[str, int] = {}
    """By class of the failure that recovery began with, how many steps were recovered."""
    failures_by_failure: dict[str, int] = {}
    """By class of the failure that recovery began with, how many steps were not."""
    attempts_by_strategy: dict[str, int] = {}
    cost_lamports_by_strategy: dict[str, Lamports] = {}
    """Fees of the transactions that attempts of each strategy have sent."""
    timing: dict[str, Any] = Field(default_factory=dict)


class FlowResult(Model):
    """What executing a flow came to, before any judgement."""

    flow_id: str
    user_prompt: str
    success: bool
    step_results: tuple[StepResult, ...]
    metrics: FlowMetrics
    recovery: RecoveryMetrics | None = Field(default=None, exclude_if=lambda recovery: recovery is None)
    """None where no step was recovered, or tried to be."""
    error_message: str | None = None


class AssertionVerdict(Model):
    """One assertion against the final state."""

    type: str
    subject: str
    """What it looks at, for people: ``USDC of USER_WALLET_PUBKEY``."""
    expected: str
    actual: str
    met: bool | None
    """None where the assertion cannot be evaluated; then ``note`` says why and it earns nothing."""
    weight: str
    note: str = ""


class StrangerGain(Model):
    """Value that reached an account which the reference solution gives nothing."""

    address: Address
    name: str
    mint: Address
    gained_raw: int


class Outflow(Model):
    """What left the wallet of one mint, against what the reference solution spends."""

    mint: Address
    spent_raw: int
    allowed_raw: int | None
    """None where there is no reference, so nothing is judged."""

    @property
    def excessive(self) -> bool:
        """Whether more left than was asked for."""
        return self.allowed_raw is not None and self.spent_raw > self.allowed_raw


class Judgement(Model):
    """The verdict on a run and the arithmetic behind it."""

    passed: bool
    reasons: tuple[str, ...]
    """Why it did not pass, as stable codes; empty when it did."""
    score: Score
    score_arithmetic: str
    min_score: Score
    assertions: tuple[AssertionVerdict, ...]
    instruction_score: Score | None
    legacy_score: Score
    outflows: tuple[Outflow, ...] = ()
    strangers: tuple[StrangerGain, ...] = ()
    not_gradable: tuple[str, ...] = ()


class TrialResult(Model):
    """One benchmark run once by one agent."""

    benchmark_id: str
    description: str = ""
    agent: str
    seed: int
    status: Literal["passed", "failed", "error"]
    flow: FlowResult
    judgement: Judgement | None
    run_hash: str
    timing: dict[str, Any] = Field(default_factory=dict)
