import pytest
from pydantic import TypeAdapter, ValidationError

from reev_types.intents import BalancesIntent
from reev_types.plans import (
    AlternativeFlowChoice,
    DynamicStep,
    RecoveryStrategy,
    RetryChoice,
    UserFulfillmentChoice,
)


@pytest.mark.parametrize(
    ("document", "choice"),
    [
        ({"kind": "retry"}, RetryChoice(attempts=3)),
        ({"kind": "alternative_flow", "flow_id": "half_of_it"}, AlternativeFlowChoice(flow_id="half_of_it")),
        ({"kind": "user_fulfillment", "questions": ["How much?"]}, UserFulfillmentChoice(questions=("How much?",))),
    ],
)
def test_a_recovery_strategy_is_told_by_its_kind(document, choice):
    assert TypeAdapter(RecoveryStrategy).validate_python(document) == choice


def test_no_attempt_is_no_retry():
    with pytest.raises(ValidationError):
        RetryChoice(attempts=0)


def test_a_planned_step_is_critical_unless_it_says_otherwise():
    step = DynamicStep(step_id="a", description="Look", intent=BalancesIntent(), prompt_template="base/balances")
    assert (step.critical, step.recovery_strategy, step.estimated_time_seconds) == (True, None, 30)
