import json
from contextlib import suppress

import pytest

from reev_agent.loop import LlmAgent
from reev_agent.models import ModelError
from reev_agent.telemetry import Telemetry
from reev_agent.testing import ScriptedModel, SteppedClock, said, wants
from reev_types.agents import AgentLimits
from reev_types.models import Sampling
from reev_types.tools import Executed, Refused

sdk = pytest.importorskip("opentelemetry.sdk.trace", reason="the OpenTelemetry SDK is not installed")
export = pytest.importorskip("opentelemetry.sdk.trace.export")
memory = pytest.importorskip("opentelemetry.sdk.trace.export.in_memory_span_exporter")

PAY = ("sol_transfer", {"recipient": "BOB", "amount": "0.1"})
DONE = Executed(signature="sig", fee_lamports=5_000, balance_changes=())


@pytest.fixture
def spans_of(request_for, planned_tools):
    async def spans_of(replies, results=(DONE,), with_content=False, limits=None):
        exporter = memory.InMemorySpanExporter()
        provider = sdk.TracerProvider()
        provider.add_span_processor(export.SimpleSpanProcessor(exporter))
        agent = LlmAgent(
            ScriptedModel(replies),
            SteppedClock(),
            name="glm-4.6",
            sampling=Sampling(temperature=0.5, max_output_tokens=99, seed=7),
            telemetry=Telemetry(provider, with_content),
        )
        with suppress(ModelError):
            await agent.run_step(request_for(limits=limits or AgentLimits()), planned_tools(results))
        return exporter.get_finished_spans()

    return spans_of


def by_name(spans, name):
    return [span for span in spans if span.name == name]


async def test_a_step_is_a_tree_of_spans(spans_of):
    spans = await spans_of([wants(PAY), said("paid")])
    assert [span.name for span in spans] == [
        "chat scripted",
        "execute_tool sol_transfer",
        "chat scripted",
        "invoke_agent glm-4.6",
    ]
    root = spans[-1]
    assert root.parent is None
    assert {span.parent.span_id for span in spans[:-1]} == {root.context.span_id}


async def test_the_conventions_attributes_are_there(spans_of):
    spans = await spans_of([wants(PAY), said("paid")])
    names = pytest.importorskip("opentelemetry.semconv._incubating.attributes.gen_ai_attributes")
    chat, tool, agent = spans[0], spans[1], spans[-1]
    assert chat.kind.name == "CLIENT"
    assert dict(chat.attributes) == {
        names.GEN_AI_OPERATION_NAME: "chat",
        names.GEN_AI_PROVIDER_NAME: "scripted",
        names.GEN_AI_REQUEST_MODEL: "scripted",
        names.GEN_AI_REQUEST_TEMPERATURE: 0.5,
        names.GEN_AI_REQUEST_MAX_TOKENS: 99,
        names.GEN_AI_REQUEST_SEED: 7,
        names.GEN_AI_RESPONSE_FINISH_REASONS: ("tool_calls",),
        names.GEN_AI_USAGE_INPUT_TOKENS: 100,
        names.GEN_AI_USAGE_OUTPUT_TOKENS: 20,
        names.GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS: 0,
    }
    assert dict(tool.attributes) == {
        names.GEN_AI_OPERATION_NAME: "execute_tool",
        names.GEN_AI_TOOL_NAME: "sol_transfer",
        names.GEN_AI_TOOL_TYPE: "function",
        names.GEN_AI_TOOL_CALL_ID: "step_1.1",
    }
    assert tool.kind.name == "INTERNAL"
    assert agent.attributes[names.GEN_AI_OPERATION_NAME] == "invoke_agent"
    assert agent.attributes[names.GEN_AI_AGENT_NAME] == "glm-4.6"
    assert agent.attributes[names.GEN_AI_PROVIDER_NAME] == "scripted"


async def test_no_content_is_collected_unless_asked_for(spans_of):
    spans = await spans_of([wants(PAY), said("paid 0.1 to BOB")])
    told = json.dumps([dict(span.attributes) for span in spans])
    assert "BOB" not in told
    assert "do it" not in told


async def test_content_is_collected_where_it_is_asked_for(spans_of):
    spans = await spans_of([wants(PAY), said("paid")], with_content=True)
    chat, tool = by_name(spans, "chat scripted")[1], by_name(spans, "execute_tool sol_transfer")[0]
    sent = json.loads(chat.attributes["gen_ai.input.messages"])
    assert [message["role"] for message in sent] == ["system", "user", "assistant", "tool"]
    assert sent[1]["parts"] == [{"type": "text", "content": "do it"}]
    assert sent[2]["parts"][0]["type"] == "tool_call"
    assert json.loads(chat.attributes["gen_ai.output.messages"])[0]["parts"] == [{"type": "text", "content": "paid"}]
    assert json.loads(tool.attributes["gen_ai.tool.call.arguments"]) == PAY[1]
    assert json.loads(tool.attributes["gen_ai.tool.call.result"])["signature"] == "sig"


async def test_a_refused_call_is_an_error_of_its_span(spans_of):
    spans = await spans_of([wants(PAY), said("no")], [Refused(code="insufficient_funds", message="BOB is poor")])
    tool = by_name(spans, "execute_tool sol_transfer")[0]
    assert tool.attributes["error.type"] == "insufficient_funds"
    assert tool.status.status_code.name == "ERROR"
    assert not tool.events


async def test_a_model_error_is_named_by_its_code_in_every_span_it_passes(spans_of):
    spans = await spans_of([ModelError("model_quota", "the secret reason")])
    assert [span.attributes["error.type"] for span in spans] == ["model_quota", "model_quota"]
    assert all(not span.events and span.status.description is None for span in spans)
