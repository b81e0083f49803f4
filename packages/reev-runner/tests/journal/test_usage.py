import pytest

from reev_runner.journal._usage import usage_of
from reev_types.models import ModelFailureRecord, ModelReplyRecord, ModelRequestRecord, TokenUsage
from reev_types.results import ModelUsage

ASKED = ModelRequestRecord(
    step_id="1", turn=1, provider="p", model="m", request_hash="", new_messages=(), tools=(), tools_hash=""
)
FAILED = ModelFailureRecord(step_id="1", turn=1, code="model_rate_limited", message="")


def reply(tokens, cost, *, estimated=False):
    usage = TokenUsage(input_tokens=tokens, output_tokens=2 * tokens, is_estimated=estimated)
    return ModelReplyRecord(step_id="1", turn=1, message={}, finish_reason="stop", usage=usage, cost_micro_usd=cost)


@pytest.mark.parametrize("records", [[], [ASKED]])
def test_without_an_end_nothing_was_asked(records):
    assert usage_of(records) is None


def test_tokens_and_costs_add_up():
    found = usage_of([ASKED, reply(10, 333), ASKED, reply(1, 334)])
    assert found == ModelUsage(model_calls=2, input_tokens=11, output_tokens=22, cost_micro_usd=667)


def test_a_failure_is_a_call_without_tokens():
    assert usage_of([ASKED, FAILED, ASKED, reply(1, 5)]) == ModelUsage(
        model_calls=2, input_tokens=1, output_tokens=2, cost_micro_usd=5
    )
    assert usage_of([FAILED]) == ModelUsage(model_calls=1)


def test_one_unknown_price_makes_the_cost_unknown():
    found = usage_of([reply(1, 5), reply(1, None)])
    assert found is not None
    assert found.cost_micro_usd is None


def test_one_estimate_makes_the_sum_one():
    found = usage_of([reply(1, 5), reply(1, 5, estimated=True)])
    assert found is not None
    assert found.is_estimated


@pytest.mark.parametrize("code", ["timeout", "cancelled", "model_timeout", "model_reply_cut", "some_other"])
def test_a_call_given_up_that_may_have_been_charged_makes_the_cost_unknown(code):
    found = usage_of([reply(1, 5), FAILED.model_copy(update={"code": code})])
    assert found == ModelUsage(model_calls=2, input_tokens=1, output_tokens=2, cost_micro_usd=None)


@pytest.mark.parametrize("code", ["model_auth", "model_quota", "network_denied", "cassette_mismatch"])
def test_a_call_that_was_turned_away_costs_nothing(code):
    assert usage_of([reply(1, 5), FAILED.model_copy(update={"code": code})]).cost_micro_usd == 5
