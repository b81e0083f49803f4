import asyncio

from reev_agent.loop import LlmAgent
from reev_agent.models import Endpoint, OpenAiCompatible
from reev_agent.testing import SteppedClock, StubAnswer, StubServer
from reev_types.agents import Completed

EPISODES = 30


def answer_to(body):
    results = [message["content"] for message in body["messages"] if message["role"] == "tool"]
    asked = body["messages"][1]["content"]
    call = {"id": "c", "type": "function", "function": {"name": "pay", "arguments": f'{{"to": "{asked}"}}'}}
    message = {"content": f"{asked} had {len(results)}"} if len(results) == 2 else {"tool_calls": [call]}
    return StubAnswer({"choices": [{"message": message, "finish_reason": "stop"}]}, delay_s=0.01)


async def test_one_agent_runs_many_episodes_at_once_without_mixing_them_up(planned_tools, request_for):
    async with (
        StubServer(answer_to) as server,
        OpenAiCompatible(Endpoint("local", server.url, "m"), SteppedClock()) as model,
    ):
        agent = LlmAgent(model, SteppedClock())
        tools = [planned_tools() for _ in range(EPISODES)]
        requests = [request_for().model_copy(update={"prompt": f"p{number}"}) for number in range(EPISODES)]
        outcomes = await asyncio.gather(*map(agent.run_step, requests, tools))
        assert server.connections_made <= EPISODES
    assert outcomes == [Completed(answer=f"p{number} had 2") for number in range(EPISODES)]
    assert [each.wishes for each in tools] == [[("pay", {"to": f"p{number}"})] * 2 for number in range(EPISODES)]
