"""What is tried first when a step fails, as far as that is known before it does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from reev_types.alternatives import (
    AlternativeFlow,
    OtherVenue,
    RedeemShares,
    ReduceAmount,
    Rewrite,
    SplitAmount,
    WaitAndResume,
    WidenSlippage,
)
from reev_types.intents import Intent, LendWithdrawIntent, SwapIntent
from reev_types.plans import AlternativeFlowChoice, DynamicStep, RecoveryStrategy, RetryChoice, UserFulfillmentChoice
from reev_types.recovery import RecoveryConfig

from ._exact import Counted
from ._words import question_text

__all__ = ["first_choice"]


def first_choice(
    step: DynamicStep, config: RecoveryConfig, alternatives: Sequence[AlternativeFlow]
) -> RecoveryStrategy | None:
    """Return what the first strategy that ``config`` enables does about a failure that it answers.

    Of ``alternatives`` it is the first that can rewrite the step's intent. None where nothing would be tried.
    """
    if config.enable_retry and config.retry_attempts:
        return RetryChoice(attempts=config.retry_attempts)
    if config.enable_alternative_flows:
        for alternative in alternatives:
            if _fits(alternative.rewrite, step.intent):
                return AlternativeFlowChoice(flow_id=alternative.id)
    if config.enable_user_fulfillment:
        return UserFulfillmentChoice(questions=(question_text(step.description),))
    return None


def _fits(rewrite: Rewrite, intent: Intent) -> bool:
    match rewrite:
        case WaitAndResume():
            return True
        case SplitAmount() | ReduceAmount():
            return isinstance(intent, Counted)
        case OtherVenue(venue=venue):
            return isinstance(intent, SwapIntent) and intent.venue != venue
        case WidenSlippage():
            return isinstance(intent, SwapIntent)
        case RedeemShares():
            return isinstance(intent, LendWithdrawIntent)
        case _:
            assert_never(rewrite)
