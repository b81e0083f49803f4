import json

import pytest

from reev_agent.cassettes import RecordingModel
from reev_agent.models import ChatRequest, ScriptedModel, ToolRequest, UserMessage
from reev_agent.providers import open_model, resolve_model
from reev_agent.testing import SteppedClock, said
from reev_types.errors import UsageError

HELLO = ChatRequest((UserMessage("hello"),), step_id="step_1")


def opened(name):
    return open_model(resolve_model(name, {}), SteppedClock())


async def test_a_cassette_is_replayed_under_its_agents_name(tmp_path):
    path = tmp_path / "tape.jsonl"
    await RecordingModel(ScriptedModel([said("hi")]), path, "glm-4.6").complete(HELLO)
    assert resolve_model(f"replay:{path}", {}).agent == "glm-4.6"
    assert (await opened(f"replay:{path}").complete(HELLO)).message.text == "hi"


def test_a_cassette_that_is_not_there_is_said_at_once(tmp_path):
    with pytest.raises(UsageError, match="no_cassette"):
        resolve_model(f"replay:{tmp_path / 'none'}", {})


@pytest.mark.parametrize("by_step", [True, False])
async def test_a_script_is_read(tmp_path, by_step):
    replies = [{"tool_calls": [{"name": "pay", "arguments": {"amount": "1"}}, {"name": "x", "arguments": "{"}]}]
    path = tmp_path / "script.json"
    path.write_text(json.dumps({"step_1": replies} if by_step else replies))
    reply = await opened(f"scripted:{path}").complete(HELLO)
    assert reply.message.tool_calls == (
        ToolRequest("call_1", "pay", '{"amount": "1"}'),
        ToolRequest("call_2", "x", "{"),
    )


@pytest.mark.parametrize("text", [None, "", "3", '[{"contents": "x"}]', '{"a": {}}'])
def test_what_is_no_script_is_refused_with_its_place(tmp_path, text):
    path = tmp_path / "script.json"
    if text is not None:
        path.write_text(text)
    with pytest.raises(UsageError, match=r"script\.json.*bad_script"):
        opened(f"scripted:{path}")
