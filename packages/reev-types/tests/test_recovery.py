from decimal import Decimal

import pytest
from pydantic import ValidationError

from reev_types.recovery import Question, RecoveryConfig, StepFailure


def test_only_retries_are_on_unless_more_is_asked_for():
    config = RecoveryConfig()
    switches = (config.enable_retry, config.enable_alternative_flows, config.enable_user_fulfillment)
    assert switches == (True, False, False)
    assert (config.retry_attempts, config.backoff_multiplier, config.default_answer) == (3, Decimal(2), "abort")


@pytest.mark.parametrize(
    "field",
    [
        {"retry_attempts": 101},
        {"base_retry_delay_ms": -1},
        {"backoff_multiplier": "0.5"},
        {"max_slippage_bps": 10_001},
        {"default_answer": "change_amount"},
    ],
)
def test_what_cannot_be_kept_to_is_no_configuration(field):
    with pytest.raises(ValidationError):
        RecoveryConfig.model_validate(field)


def test_attempts_count_from_one():
    with pytest.raises(ValidationError):
        StepFailure(step_id="a", attempt=0, code="timeout", failure_class="timeout")


def test_a_question_leaves_a_choice():
    with pytest.raises(ValidationError):
        Question(question_id="q", step_id="a", text="What now?", choices=(), default="abort", timeout_ms=0)
