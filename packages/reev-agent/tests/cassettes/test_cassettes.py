import asyncio
import json

import pytest

from reev_agent.cassettes import Cassette, RecordingModel, ReplayModel
from reev_agent.loop import LlmAgent
from reev_agent.models import (
    AssistantMessage,
    ChatReply,
    ChatRequest,
    Endpoint,
    ModelError,
    OpenAiCompatible,
    Secret,
    SystemMessage,
    ToolRequest,
    UserMessage,
)
from reev_agent.testing import ScriptedModel, SteppedClock, StubAnswer, StubServer, said, wants
from reev_types.agents import AgentLimits, Completed, LimitReached
from reev_types.errors import StorageError, UsageError
from reev_types.models import Sampling, TokenUsage
from reev_types.tools import Executed, ToolSpec

PAY = ("sol_transfer", {"recipient": "BOB", "amount": "0.1"})
DONE = Executed(signature="sig", fee_lamports=5_000, balance_changes=())
TOOL = ToolSpec(
    name="sol_transfer",
    description="Send SOL.",
    parameters={"type": "object", "properties": {"amount": {"type": "string", "description": "in SOL"}}},
    moves_funds=True,
)


def asking(text="pay BOB 0.1 SOL", tool=TOOL, sampling=None, step_id="step_1"):
    tools = (tool,) if tool else ()
    return ChatRequest((SystemMessage("be good"), UserMessage(text)), tools, sampling or Sampling(seed=0), step_id)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "tapes" / "001.jsonl"


@pytest.fixture
def recorded(path):
    async def recorded(*requests, replies=None):
        model = RecordingModel(ScriptedModel(replies or [said("done")]), path, "glm-4.6")
        return [await model.complete(request) for request in requests or [asking()]]

    return recorded


async def test_a_run_replays_to_the_same_calls_outcome_and_records(path, request_for, planned_tools, exchanges):
    script = [wants(PAY), ChatReply(AssistantMessage("paid é\u2028", reasoning="hm"), usage=None)]
    runs = []
    for model in (lambda: RecordingModel(ScriptedModel(script), path, "x"), lambda: ReplayModel.read(path)):
        tools, before = planned_tools([DONE]), len(exchanges.records)
        outcome = await LlmAgent(model(), SteppedClock(), log=exchanges).run_step(request_for(), tools)
        runs.append((outcome, tools.calls, exchanges.records[before:]))
    assert runs[0][0] == Completed(answer="paid é\u2028")
    assert runs[0] == runs[1]


class SilentModel:
    """Never answers; remembers whether it was entered and left."""

    provider = model = "silent"

    def __init__(self):
        self.visits = []

    async def __aenter__(self):
        self.visits.append("in")

    async def __aexit__(self, *error):
        self.visits.append("out")

    async def complete(self, request):
        await asyncio.Event().wait()


async def test_a_run_that_its_time_limit_ended_replays_to_the_same_ending(path, request_for, planned_tools, exchanges):
    request = request_for(limits=AgentLimits(timeout_s=5))
    runs = []
    for model in (lambda: RecordingModel(SilentModel(), path, "x"), lambda: ReplayModel.read(path)):
        before = len(exchanges.records)
        outcome = await LlmAgent(model(), SteppedClock(), log=exchanges).run_step(request, planned_tools())
        runs.append((outcome, exchanges.records[before:]))
    assert runs[0][0] == LimitReached(which="timeout")
    assert runs[0] == runs[1]
    assert [exchange.result.code for exchange in Cassette.read(path).exchanges] == ["cancelled"]


async def test_the_connections_of_a_recorded_model_are_kept_for_it(path):
    inner = SilentModel()
    async with RecordingModel(inner, path, "x") as model:
        assert isinstance(model, RecordingModel)
        assert inner.visits == ["in"]
    assert inner.visits == ["in", "out"]


async def test_it_says_who_was_recorded(path, recorded):
    await recorded()
    cassette = Cassette.read(path)
    assert (cassette.agent, cassette.provider, cassette.model) == ("glm-4.6", "scripted", "scripted")
    replay = ReplayModel(cassette)
    assert (replay.provider, replay.model) == ("scripted", "scripted")


async def test_a_conversation_is_written_once_and_read_whole(path, request_for, planned_tools):
    model = RecordingModel(ScriptedModel([wants(PAY), wants(PAY), said("paid")]), path, "x")
    await LlmAgent(model, SteppedClock()).run_step(request_for(), planned_tools())
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert [line["kind"] for line in lines] == ["cassette", "tools", "exchange", "exchange", "exchange"]
    assert [len(line["messages"]) for line in lines[2:]] == [2, 2, 2]
    assert [len(exchange.request["messages"]) for exchange in Cassette.read(path).exchanges] == [2, 4, 6]


async def test_equal_requests_get_their_replies_in_order(path):
    script = ScriptedModel({"a": [said("one")], "b": [said("two")]})
    model = RecordingModel(script, path, "x")
    for step in "ab":
        await model.complete(asking(step_id=step))
    replay = ReplayModel.read(path)
    assert [(await replay.complete(asking())).message.text for _ in range(2)] == ["one", "two"]


async def test_a_recorded_error_is_raised_again(path, recorded):
    with pytest.raises(ModelError, match="model_context_exceeded"):
        await recorded(replies=[ModelError("model_context_exceeded", "too long")])
    with pytest.raises(ModelError, match="too long") as caught:
        await ReplayModel.read(path).complete(asking())
    assert caught.value.code == "model_context_exceeded"


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (
            asking("pay BOB 0.2 SOL"),
            'message 2 (user) at content, character 11: recorded "pay BOB 0.1 SOL", now "pay BOB 0.2 SOL"',
        ),
        (asking(tool=None), "tool sol_transfer is no longer offered"),
        (asking(tool=TOOL.model_copy(update={"name": "pay"})), "tool pay is new"),
        (
            asking(tool=TOOL.model_copy(update={"description": "Send."})),
            'tool sol_transfer at description, character 5: recorded "Send SOL.", now "Send."',
        ),
        (
            asking(tool=TOOL.model_copy(update={"parameters": {"type": "object", "properties": {}}})),
            "tool sol_transfer at parameters.properties.amount: recorded {",
        ),
        (asking(sampling=Sampling(seed=1)), "the parameters differ at seed: recorded 0, now 1"),
        (asking(sampling=Sampling()), "the parameters differ at seed: recorded 0, now nothing"),
    ],
)
async def test_what_changed_since_the_recording_is_named(path, recorded, changed, told):
    await recorded()
    with pytest.raises(ModelError) as caught:
        await ReplayModel.read(path).complete(changed)
    assert caught.value.code == "cassette_mismatch"
    assert told in caught.value.message


async def test_a_longer_conversation_is_named_as_one(path, recorded):
    await recorded()
    longer = ChatRequest((*asking().messages, UserMessage("more")), (TOOL,), Sampling(seed=0), "step_1")
    with pytest.raises(ModelError, match="3 messages where 2 were recorded"):
        await ReplayModel.read(path).complete(longer)


async def test_a_mismatch_is_compared_with_what_is_due_in_its_step(path, recorded):
    await recorded(asking("first"), asking("second", step_id="step_2"))
    with pytest.raises(ModelError, match='recorded "second", now "zweite"'):
        await ReplayModel.read(path).complete(asking("zweite", step_id="step_2"))


async def test_nothing_more_was_recorded(path, recorded):
    await recorded()
    replay = ReplayModel.read(path)
    await replay.complete(asking())
    with pytest.raises(ModelError, match="cassette_exhausted"):
        await replay.complete(asking())


async def test_no_key_reaches_a_cassette(path):
    key = "sk-very-secret-key-0123456789"
    echo = {"choices": [{"message": {"content": f"{key} {key}"}, "finish_reason": "stop"}], "model": key, "id": key}
    async with StubServer([StubAnswer(echo), StubAnswer({"error": {"message": key, "code": key}}, 401)]) as server:
        endpoint = OpenAiCompatible(Endpoint("zai", server.url, "glm-4.6", Secret(key)), SteppedClock())
        model = RecordingModel(endpoint, path, "glm-4.6")
        await model.complete(asking())
        with pytest.raises(ModelError):
            await model.complete(asking())
    text = path.read_text()
    assert key not in text
    assert "authorization" not in text.lower()
    assert len(text.splitlines()) == 4


async def test_a_cassette_is_never_recorded_over(path, recorded):
    await recorded()
    before = path.read_bytes()
    with pytest.raises(UsageError, match="cassette_exists"):
        RecordingModel(ScriptedModel([]), path, "x")
    assert path.read_bytes() == before


def test_a_cassette_that_cannot_be_written_is_said_before_anything_is_asked(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match="cassette_unwritable"):
        RecordingModel(ScriptedModel([]), tmp_path / "file" / "x.jsonl", "x")


def test_a_missing_cassette_is_said(tmp_path):
    with pytest.raises(UsageError, match="no_cassette"):
        ReplayModel.read(tmp_path / "none.jsonl")


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (lambda lines: [], 1),
        (lambda lines: ["{}", *lines[1:]], 1),
        (lambda lines: lines[1:], 1),
        (lambda lines: [lines[0], *lines], 2),
        (lambda lines: [lines[0], lines[2]], 2),
        (lambda lines: [*lines[:2], lines[2][:-9]], 3),
        (lambda lines: [lines[0].replace('"version":1', '"version":2'), *lines[1:]], 1),
    ],
    ids=["empty", "no kind", "no header", "two headers", "no tools", "cut off", "other version"],
)
async def test_a_broken_line_is_named(path, recorded, change, line):
    await recorded()
    path.write_text("\n".join(change(path.read_text().splitlines())))
    with pytest.raises(UsageError, match=rf"001\.jsonl:{line}:1: .*bad_cassette"):
        Cassette.read(path)


async def test_everything_of_a_reply_comes_back(path):
    usage = TokenUsage(input_tokens=9, output_tokens=8, cached_input_tokens=7, reasoning_tokens=6)
    message = AssistantMessage("t", (ToolRequest("id", "name", "{broken"),), "thought", "no")
    reply = ChatReply(message, "length", usage, "glm-4.6", "resp")
    await RecordingModel(ScriptedModel([reply]), path, "x").complete(asking())
    assert await ReplayModel.read(path).complete(asking()) == reply


async def test_what_changed_within_a_list_is_named_by_its_place(path, recorded):
    before, now = (TOOL.model_copy(update={"parameters": {"required": ["amount", name]}}) for name in ("to", "from"))
    await recorded(asking(tool=before))
    with pytest.raises(ModelError, match=r'parameters\.required\[1\], character 1: recorded "to", now "from"'):
        await ReplayModel.read(path).complete(asking(tool=now))


async def test_an_exchange_that_cannot_be_written_is_said(path):
    model = RecordingModel(ScriptedModel([said("done")]), path, "x")
    path.unlink()
    path.mkdir()
    with pytest.raises(StorageError, match="cassette_unwritable"):
        await model.complete(asking())
