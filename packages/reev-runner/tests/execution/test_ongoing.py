"""A call is known wherever it leads, and nowhere else."""

import asyncio

from reev_runner.execution._memory import StepMemory
from reev_runner.execution._ongoing import Ongoing, carrying_out, present
from reev_types.tools import ToolCall


def ongoing(call_id):
    return Ongoing("step_1", "step_1", ToolCall(call_id=call_id, tool="t", arguments={}), StepMemory(), lambda: True)


def test_there_is_no_present_call_outside_of_calls():
    with carrying_out(ongoing("1")):
        assert present() is not None
    assert present() is None


async def test_calls_that_are_made_at_once_know_themselves_apart():
    async def made(call_id):
        with carrying_out(ongoing(call_id)):
            await asyncio.sleep(0)
            return present().call.call_id

    assert await asyncio.gather(made("1"), made("2")) == ["1", "2"]
