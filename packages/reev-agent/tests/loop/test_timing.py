import asyncio

import pytest

from reev_agent.loop import LlmAgent
from reev_agent.testing import ScriptedModel, SteppedClock, said, wants
from reev_types.agents import AgentLimits, Completed, LimitReached
from reev_types.tools import Executed, ToolSpec

PAY = ("sol_transfer", {"amount": "1"})


class StuckModel(ScriptedModel):
    """Answers once and then never again."""

    def __init__(self, first):
        super().__init__([first])
        self.was_cancelled = False

    async def complete(self, request):
        if len(self.requests) < 1:
            return await super().complete(request)
        self.requests.append(request)
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            self.was_cancelled = True
            raise


class SlowTools:
    """Takes ten seconds of the clock for every call."""

    def __init__(self, clock):
        self.clock = clock
        self.calls = 0

    def specs(self):
        return (ToolSpec(name="sol_transfer", description="", parameters={}, moves_funds=True),)

    async def call(self, call):
        await self.clock.sleep(10)
        self.calls += 1
        return Executed(signature="s", fee_lamports=0, balance_changes=())


async def test_a_model_that_does_not_answer_is_left_when_the_time_is_up(request_for, planned_tools, exchanges):
    clock, model, tools = SteppedClock(), StuckModel(wants(PAY)), planned_tools()
    agent = LlmAgent(model, clock, log=exchanges)
    outcome = await agent.run_step(request_for(limits=AgentLimits(timeout_s=30)), tools)
    assert outcome == LimitReached(which="timeout")
    assert model.was_cancelled
    assert tools.wishes == [PAY]
    assert [record.kind for record in exchanges.records] == ["request", "reply", "request", "failure"]
    assert exchanges.records[-1].code == "timeout"


async def test_no_call_begins_after_the_time_is_up_and_none_is_broken_off(request_for):
    clock = SteppedClock()
    tools = SlowTools(clock)
    agent = LlmAgent(ScriptedModel([wants(PAY, PAY, PAY, PAY)] * 9), clock)
    outcome = await agent.run_step(request_for(limits=AgentLimits(timeout_s=25)), tools)
    assert outcome == LimitReached(which="timeout")
    assert tools.calls == 3


async def test_in_time_nothing_is_waited_for(request_for, planned_tools):
    clock = SteppedClock()
    agent = LlmAgent(ScriptedModel([said("done")]), clock)
    assert await agent.run_step(request_for(limits=AgentLimits(timeout_s=1)), planned_tools()) == Completed(
        answer="done"
    )
    assert clock.sleeps == []


@pytest.mark.parametrize("timeout_s", [None, 1e9])
async def test_a_cancelled_step_keeps_its_records_and_leaves_no_task(request_for, planned_tools, exchanges, timeout_s):
    class Patient(SteppedClock):
        async def sleep(self, seconds):
            await asyncio.Event().wait()

    model = StuckModel(wants(PAY))
    agent = LlmAgent(model, Patient(), log=exchanges)
    before = asyncio.all_tasks()
    step = asyncio.ensure_future(agent.run_step(request_for(limits=AgentLimits(timeout_s=timeout_s)), planned_tools()))
    while len(model.requests) < 2:  # noqa: ASYNC110 - the model has no event to wait for
        await asyncio.sleep(0)
    step.cancel()
    with pytest.raises(asyncio.CancelledError):
        await step
    assert model.was_cancelled
    assert exchanges.records[-1].code == "cancelled"
    assert asyncio.all_tasks() == before
