from reev_agent import ScriptedAgent, ScriptedStep
from reev_types.agents import Completed, GaveUp
from reev_types.testing import AgentContract

SCRIPT = {"step_1": ScriptedStep([("answer", {"text": "a"}), ("nonsense", {})], GaveUp(code="c", reason="r"))}


class TestScriptedAgent(AgentContract):
    async def agent(self):
        return ScriptedAgent(SCRIPT)


async def test_a_script_is_played_to_its_end_whatever_the_tools_say(planned_tools, request_for):
    tools = planned_tools()
    assert await ScriptedAgent(SCRIPT).run_step(request_for(), tools) == GaveUp(code="c", reason="r")
    assert tools.wishes == [("answer", {"text": "a"}), ("nonsense", {})]


async def test_a_step_without_a_script_ends_in_silence(planned_tools, request_for):
    assert await ScriptedAgent(SCRIPT).run_step(request_for("step_2"), planned_tools()) == Completed()
