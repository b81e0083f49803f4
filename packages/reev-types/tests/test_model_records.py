"""What is recorded of exchanges with language models."""

import pytest
from pydantic import TypeAdapter, ValidationError

from reev_types.agents import AgentLimits, LimitReached
from reev_types.models import (
    ModelFailureRecord,
    ModelRecord,
    ModelReplyRecord,
    ModelRequestRecord,
    Sampling,
    TokenUsage,
)

USAGE = TokenUsage(input_tokens=10, output_tokens=5, cached_input_tokens=4, reasoning_tokens=2)


@pytest.mark.parametrize(
    "record",
    [
        ModelRequestRecord(
            step_id="s",
            turn=1,
            provider="zai",
            model="glm-4.6",
            request_hash="h",
            new_messages=({"role": "user", "content": "x"},),
            tools=("t",),
            tools_hash="h",
            sampling=Sampling(temperature=0, max_output_tokens=9, seed=-1),
        ),
        ModelReplyRecord(
            step_id="s", turn=1, message={"role": "assistant"}, finish_reason="stop", usage=USAGE, cost_micro_usd=None
        ),
        ModelFailureRecord(step_id="s", turn=1, code="model_quota", message="no credit"),
    ],
    ids=lambda record: record.kind,
)
def test_a_record_is_the_same_after_a_journey_through_json(record):
    records = TypeAdapter(ModelRecord)
    assert records.validate_json(records.dump_json(record)) == record


def test_cached_and_reasoning_tokens_are_parts_and_not_added():
    assert USAGE.total_tokens == 15


@pytest.mark.parametrize("sampling", [{"temperature": -0.1}, {"temperature": 2.1}, {"max_output_tokens": 0}])
def test_sampling_that_no_provider_takes_is_refused(sampling):
    with pytest.raises(ValidationError):
        Sampling.model_validate(sampling)


@pytest.mark.parametrize(
    "limit", [{"max_turns": 0}, {"max_tokens": 0}, {"max_cost_micro_usd": -1}, {"max_tool_calls": 0}]
)
def test_a_limit_that_forbids_everything_is_refused(limit):
    with pytest.raises(ValidationError):
        AgentLimits.model_validate(limit)


@pytest.mark.parametrize("which", ["turns", "tool_calls", "tokens", "cost", "timeout"])
def test_each_limit_has_a_code(which):
    assert LimitReached(which=which).which == which
