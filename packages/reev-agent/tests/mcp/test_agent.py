"""One connection through all steps: prompts are handed over in time, and every way of leaving has an ending."""

import asyncio

import pytest

from reev_agent.mcp import McpAgent, _agent
from reev_types.agents import Completed, GaveUp
from reev_types.errors import ChainError
from reev_types.tools import Concluded, Observed, ToolCall, ToolSpec

ANSWERED = Concluded(by="answer", text="done")
SEEN = Observed(data={})


class Line:
    """The client's end of the connection, in place of standard input and output."""

    def __init__(self):
        self.tools = None
        self.instructions = ""
        self.afterword = None
        self.is_open = asyncio.Event()
        self.is_closed = asyncio.Event()

    async def serve(self, tools, *, instructions, afterword):
        self.tools, self.instructions, self.afterword = tools, instructions, afterword
        self.is_open.set()
        await self.is_closed.wait()

    async def call(self):
        """Return what is said beside the result of a call."""
        await self.is_open.wait()
        return await self.afterword(await self.tools.call(ToolCall(call_id="1", tool="t", arguments={})))


@pytest.fixture
def line(monkeypatch):
    line = Line()
    monkeypatch.setattr(_agent, "serve", line.serve)
    return line


@pytest.fixture
def seen():
    return []


@pytest.fixture
def agent(seen):
    return McpAgent(seen.append)


def steps_of(agent, request_for, planned_tools, *results):
    async def run():
        outcomes = []
        for number, result in enumerate(results, start=1):
            request = request_for(f"step_{number}").model_copy(update={"prompt": f"prompt {number}"})
            outcomes.append(await agent.run_step(request, planned_tools([result])))
        await agent.finish()
        return outcomes

    return asyncio.ensure_future(run())


async def test_each_step_is_told_when_the_one_before_is_over(agent, line, seen, request_for, planned_tools):
    run = steps_of(agent, request_for, planned_tools, ANSWERED, ANSWERED)
    assert await line.call() == "That step is over. The next one:\n\nprompt 2"
    assert await line.call() == "All steps are over; close the connection to see the verdict."
    line.is_closed.set()
    assert await run == [Completed(), Completed()]
    assert line.instructions == "prompt 1"
    assert [request.step_id for request in seen] == ["step_1", "step_2"]


async def test_a_call_within_a_step_has_no_afterword(agent, line, request_for, planned_tools):
    run = steps_of(agent, request_for, planned_tools, SEEN)
    assert await line.call() == ""
    line.is_closed.set()
    assert await run == [Completed()]


async def test_a_client_that_leaves_completes_its_step_and_gives_the_others_up(agent, line, request_for, planned_tools):
    run = steps_of(agent, request_for, planned_tools, SEEN, SEEN)
    await line.is_open.wait()
    line.is_closed.set()
    first, second = await run
    assert first == Completed()
    assert isinstance(second, GaveUp)
    assert second.code == "client_left"


async def test_a_step_that_runs_out_of_time_is_followed_by_the_next(agent, line, request_for, planned_tools):
    first = asyncio.ensure_future(agent.run_step(request_for("step_1"), planned_tools([SEEN])))
    await line.is_open.wait()
    first.cancel()
    await asyncio.wait({first})
    later = request_for("step_2").model_copy(update={"prompt": "later"})
    second = asyncio.ensure_future(agent.run_step(later, planned_tools([SEEN])))
    await asyncio.sleep(0)
    assert await line.call() == "That step is over. The next one:\n\nlater"
    line.is_closed.set()
    assert await second == Completed()


async def test_a_chain_that_fails_ends_the_run(agent, line, request_for):
    class Broken:
        def specs(self):
            return ()

        async def call(self, call):
            raise ChainError("rpc_down", "no answer")

    run = asyncio.ensure_future(agent.run_step(request_for(), Broken()))
    with pytest.raises(ChainError):
        await line.call()
    with pytest.raises(ChainError, match="rpc_down"):
        await run
    line.is_closed.set()
    await agent.finish()


async def test_a_run_that_never_began_has_nothing_to_finish(agent):
    await agent.finish()


async def test_the_tools_on_offer_are_those_of_the_present_step(agent, line, request_for, planned_tools):
    offers = []
    for name in ("look", "pay"):
        tools = planned_tools([ANSWERED])
        tools.specs = lambda name=name: (ToolSpec(name=name, description="", parameters={}, moves_funds=False),)
        offers.append(tools)

    async def run():
        for tools in offers:
            await agent.run_step(request_for(), tools)
        await agent.finish()

    running = asyncio.ensure_future(run())
    await line.is_open.wait()
    assert [spec.name for spec in line.tools.specs()] == ["look"]
    await line.call()
    assert [spec.name for spec in line.tools.specs()] == ["pay"]
    await line.call()
    line.is_closed.set()
    await running


def test_it_is_recorded_as_mcp(agent):
    assert agent.name == "mcp"
