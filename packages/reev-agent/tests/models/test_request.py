import pytest

from reev_agent.models import (
    AssistantMessage,
    ChatRequest,
    SystemMessage,
    ToolMessage,
    ToolRequest,
    UserMessage,
    request_body,
    request_hash,
    tools_hash,
)
from reev_types.models import Sampling
from reev_types.tools import ToolSpec

TOOL = ToolSpec(
    name="sol_transfer",
    description="Send SOL.",
    parameters={"type": "object", "properties": {"amount": {"type": "string"}}},
    moves_funds=True,
)
CONVERSATION = (
    SystemMessage("be good"),
    UserMessage("pay BOB"),
    AssistantMessage("so", (ToolRequest("c", "sol_transfer", '{"amount": "1"}'),), reasoning="hm"),
    ToolMessage("c", '{"status": "executed"}'),
    AssistantMessage("done"),
)
FULL = ChatRequest(CONVERSATION, (TOOL,), Sampling(temperature=0.0, max_output_tokens=100, seed=0))


@pytest.mark.parametrize("field", ["max_tokens", "max_completion_tokens"])
@pytest.mark.parametrize("streaming", [{}, {"stream": True, "stream_options": {"include_usage": True}}])
def test_the_official_clients_request_model_accepts_what_is_sent(field, streaming):
    params = pytest.importorskip("openai.types.chat.completion_create_params")
    pydantic = pytest.importorskip("pydantic")
    model = params.CompletionCreateParamsStreaming if streaming else params.CompletionCreateParamsNonStreaming
    body = request_body(FULL, "gpt-4.1", output_limit_field=field, with_reasoning=False) | streaming
    adapter = pydantic.TypeAdapter(model)
    accepted = adapter.validate_python(body)
    assert accepted.keys() == body.keys()
    assert [message["role"] for message in accepted["messages"]] == ["system", "user", "assistant", "tool", "assistant"]


def test_what_is_unset_is_left_out_and_zero_is_not_unset():
    assert request_body(ChatRequest((UserMessage("x"),)), "m").keys() == {"model", "messages"}
    assert {"temperature", "seed"} <= request_body(FULL, "m").keys()


def test_the_step_is_not_sent_and_does_not_change_the_hash():
    other = ChatRequest(FULL.messages, FULL.tools, FULL.sampling, "step_9")
    assert request_body(other, "m") == request_body(FULL, "m")
    assert request_hash(other, "m") == request_hash(FULL, "m")


@pytest.mark.parametrize(
    "other",
    [
        ChatRequest(CONVERSATION[:-1], FULL.tools, FULL.sampling),
        ChatRequest(CONVERSATION, (), FULL.sampling),
        ChatRequest(CONVERSATION, FULL.tools, Sampling()),
    ],
)
def test_everything_that_is_sent_changes_the_hash(other):
    assert request_hash(other, "m") != request_hash(FULL, "m")


def test_the_model_changes_the_hash():
    assert request_hash(FULL, "m") != request_hash(FULL, "n")


def test_whether_a_tool_moves_funds_is_not_told_and_its_schema_is():
    still = TOOL.model_copy(update={"moves_funds": False})
    wider = TOOL.model_copy(update={"parameters": {"type": "object"}})
    assert tools_hash([TOOL]) == tools_hash([still])
    assert tools_hash([TOOL]) != tools_hash([wider])
