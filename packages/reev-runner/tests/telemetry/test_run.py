"""Who opens which span, and that none is opened twice."""

import json

import pytest

from reev_agent.loop import LlmAgent
from reev_agent.models import ScriptedModel
from reev_agent.telemetry import Telemetry
from reev_agent.testing import SteppedClock, said, wants
from reev_runner.telemetry import SILENT, RunTelemetry
from reev_types.agents import Completed

PAY = ("sol_transfer", {"recipient": "RECIPIENT_WALLET_PUBKEY", "amount": "0.1"})
STEP = ["context", "invoke_agent {}", "  execute_tool sol_transfer", "    transaction"]


def steps(agent, work=STEP):
    lines = ["benchmark 900-two-payments"]
    for number in (1, 2):
        lines += [f"  step step_{number}", *(f"    {line.format(agent)}" for line in work)]
    return lines


async def test_a_run_is_a_tree_of_spans(run_traced, two_payments):
    spans = await run_traced(two_payments)
    assert spans.tree() == steps("deterministic")


async def test_an_agent_that_traces_itself_is_not_traced_twice(run_traced, collected, two_payments):
    model = ScriptedModel([wants(PAY), said("paid")])
    agent = LlmAgent(model, SteppedClock(), name="glm-4.6", telemetry=Telemetry(collected[0]))
    # The clock of these tests stands still until somebody sleeps, and a time limit would be over at once.
    steps_without_limit = tuple(step.model_copy(update={"timeout_s": None}) for step in two_payments.steps)
    spans = await run_traced(two_payments.model_copy(update={"steps": steps_without_limit}), agent)
    work = ["context", "invoke_agent {}", "  chat scripted", *STEP[2:], "  chat scripted"]
    assert spans.tree() == steps("glm-4.6", work)


async def test_only_the_agents_own_doing_is_traced_and_not_the_reference(run_traced, two_payments):
    spans = await run_traced(two_payments, "does_nothing")
    assert "transaction" not in [span.name for span in spans.every]


async def test_another_trial_in_the_same_process_is_another_trace(run_traced, two_payments):
    await run_traced(two_payments)
    spans = await run_traced(two_payments, seed=1)
    assert len({span.context.trace_id for span in spans.every}) == 2


async def test_no_content_is_collected_unless_asked_for(run_traced, two_payments):
    spans = await run_traced(two_payments)
    told = json.dumps([dict(span.attributes) for span in spans.every])
    assert "Pay 0.1" not in told
    assert '"recipient"' not in told
    assert "balance_changes" not in told


async def test_content_is_collected_where_it_is_asked_for(run_traced, two_payments):
    spans = await run_traced(two_payments, with_content=True)
    assert "Pay 0.1 SOL" in spans.named("context")[0].attributes["reev.prompt.text"]
    tool = spans.named("execute_tool sol_transfer")[0].attributes
    assert "recipient" in json.loads(tool["gen_ai.tool.call.arguments"])
    assert json.loads(tool["gen_ai.tool.call.result"])["status"] == "executed"


@pytest.mark.parametrize(("value", "wanted"), [("1", True), ("true", True), ("0", False), ("", False), (None, False)])
async def test_the_environment_asks_for_content(value, wanted):
    telemetry = RunTelemetry.from_environment({} if value is None else {"REEV_OTEL_CONTENT": value})
    assert telemetry._with_content is wanted


async def test_nothing_is_opened_by_the_silent_one(collected):
    with SILENT.benchmark("001", "deterministic", 0) as span:
        span.ended("passed", "")
    assert collected[1]().every == ()


async def test_an_agents_span_is_the_parent_of_what_it_opens_itself(run_traced, collected, two_payments):
    class Foreign:
        name = "foreign"

        async def run_step(self, request, tools):
            with collected[0].get_tracer("foreign").start_as_current_span("thinking"):
                return Completed()

    spans = await run_traced(two_payments, Foreign())
    assert spans.tree()[:5] == [
        "benchmark 900-two-payments",
        "  step step_1",
        "    context",
        "    invoke_agent foreign",
        "      thinking",
    ]
