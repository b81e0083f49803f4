import pytest

from reev_orchestrator.recovery import BUILT_IN_ALTERNATIVES, first_choice
from reev_types.alternatives import AlternativeFlow
from reev_types.amounts import AllAmount
from reev_types.intents import BalancesIntent, LendWithdrawIntent
from reev_types.plans import AlternativeFlowChoice, DynamicStep, RetryChoice, UserFulfillmentChoice
from reev_types.recovery import RecoveryConfig
from reev_types.tokens import SOL_MINT


def choice(intent, alternatives=BUILT_IN_ALTERNATIVES, **fields):
    step = DynamicStep(step_id="a", description="Do it", intent=intent, prompt_template="")
    return first_choice(step, RecoveryConfig(**fields), alternatives)


def answering_by(rewrite):
    return AlternativeFlow.model_validate({"id": "other", "triggers": ["slippage"], "rewrite": rewrite})


def test_the_same_again_comes_first(swap):
    assert choice(swap(), enable_alternative_flows=True, retry_attempts=2) == RetryChoice(attempts=2)


@pytest.mark.parametrize("off", [{"enable_retry": False}, {"retry_attempts": 0}])
def test_without_retries_something_else_does(swap, off):
    expected = AlternativeFlowChoice(flow_id="resume_after_outage")
    assert choice(swap(), enable_alternative_flows=True, **off) == expected


@pytest.mark.parametrize(
    ("rewrite", "suits"),
    [
        ({"kind": "wait_and_resume", "seconds": 5}, {"swap", "withdrawal", "query"}),
        ({"kind": "split_amount"}, {"swap", "withdrawal"}),
        ({"kind": "reduce_amount", "to": "0.5"}, {"swap", "withdrawal"}),
        ({"kind": "other_venue", "venue": "Raydium"}, {"swap"}),
        ({"kind": "other_venue"}, set()),
        ({"kind": "widen_slippage", "to_bps": 80}, {"swap"}),
        ({"kind": "redeem_shares"}, {"withdrawal"}),
    ],
)
def test_an_alternative_has_to_suit_the_step(swap, rewrite, suits):
    intents = {
        "swap": swap(),
        "withdrawal": LendWithdrawIntent(mint=SOL_MINT, amount=AllAmount()),
        "query": BalancesIntent(),
    }
    fields = {"enable_retry": False, "enable_alternative_flows": True}
    found = {name for name, intent in intents.items() if choice(intent, [answering_by(rewrite)], **fields)}
    assert found == suits


def test_a_person_is_asked_where_nothing_else_is_left():
    fields = {"enable_retry": False, "enable_user_fulfillment": True}
    question = "Do it did not work. What is to be done?"
    assert choice(BalancesIntent(), **fields) == UserFulfillmentChoice(questions=(question,))


def test_where_nothing_is_enabled_nothing_is_tried(swap):
    assert choice(swap(), enable_retry=False) is None
