"""The official client of MCP sees the catalogue as it is, and every result as what it is."""

import asyncio
import json
import sys
from contextlib import asynccontextmanager

import pytest

from reev_agent.mcp import require_extra, serve
from reev_agent.mcp._serve import _Desk, server_of
from reev_types.errors import ChainError, UsageError
from reev_types.tools import Concluded, Executed, Failed, Observed, Refused, ToolSpec

mcp = pytest.importorskip("mcp", reason="the extra mcp is not installed")
memory = pytest.importorskip("mcp.shared.memory")

SPECS = (
    ToolSpec(name="look", description="Look.", parameters={"type": "object", "properties": {}}, moves_funds=False),
    ToolSpec(
        name="pay",
        description="Pay é.",
        parameters={"type": "object", "properties": {"amount": {"type": "string"}}, "required": ["amount"]},
        moves_funds=True,
    ),
)
RESULTS = [
    Executed(signature="s", fee_lamports=5_000, balance_changes=()),
    Observed(data={"sol": "1"}),
    Refused(code="no", message="not like this"),
    Failed(code="rent", message="too little", signature="s", fee_lamports=5_000),
    Concluded(by="answer", text="done"),
]


class Counter:
    """Gives a result, or raises it; remembers the calls and how many were under way at once."""

    def __init__(self, result):
        self.result = result
        self.calls = []
        self.under_way = 0
        self.most_at_once = 0

    def specs(self):
        return SPECS

    async def call(self, call):
        self.calls.append(call)
        self.under_way += 1
        self.most_at_once = max(self.most_at_once, self.under_way)
        await asyncio.sleep(0)
        self.under_way -= 1
        if isinstance(self.result, Exception):
            raise self.result
        return self.result


@pytest.fixture(params=["auto", "legacy"])
def mode(request):
    return request.param


async def test_tools_are_listed_as_they_are(mode):
    async with mcp.Client(server_of(Counter(RESULTS[0])), mode=mode) as client:
        listed = (await client.list_tools()).tools
    assert [(tool.name, tool.description, tool.input_schema) for tool in listed] == [
        (spec.name, spec.description, spec.parameters) for spec in SPECS
    ]
    assert [tool.annotations.read_only_hint for tool in listed] == [True, False]


@pytest.mark.parametrize("result", RESULTS, ids=lambda result: result.status)
async def test_a_result_is_told_as_structure_and_text_and_failures_are_errors(mode, result):
    async with mcp.Client(server_of(Counter(result)), mode=mode) as client:
        told = await client.call_tool("pay", {"amount": "1"})
    assert told.structured_content == result.to_json()
    assert json.loads(told.content[0].text) == result.to_json()
    assert told.is_error == (result.status in ("refused", "failed"))


async def test_calls_are_handed_on_as_they_were_made_with_ids_of_their_own():
    tools = Counter(RESULTS[0])
    async with mcp.Client(server_of(tools)) as client:
        await client.call_tool("pay", {"amount": "1", "memo": ["x", None]})
        await client.call_tool("look")
    assert [(call.call_id, call.tool, call.arguments) for call in tools.calls] == [
        ("1", "pay", {"amount": "1", "memo": ["x", None]}),
        ("2", "look", {}),
    ]


async def test_calls_made_at_once_are_carried_out_one_after_the_other():
    tools = Counter(RESULTS[0])
    async with mcp.Client(server_of(tools)) as client:
        await asyncio.gather(*(client.call_tool("pay", {"amount": str(n)}) for n in range(5)))
    assert (len(tools.calls), tools.most_at_once) == (5, 1)


async def test_a_chain_that_fails_is_an_error_with_its_code():
    async with mcp.Client(server_of(Counter(ChainError("rpc_down", "no answer")))) as client:
        told = await client.call_tool("pay", {"amount": "1"})
    assert told.is_error
    assert told.structured_content == {"status": "error", "code": "rpc_down", "message": "no answer"}


async def test_arguments_beyond_all_measure_are_refused_unseen():
    tools = Counter(RESULTS[0])
    async with mcp.Client(server_of(tools)) as client:
        told = await client.call_tool("pay", {"amount": "9" * 70_000})
    assert told.is_error
    assert told.structured_content["code"] == "bad_arguments"
    assert tools.calls == []


async def test_a_number_too_large_for_any_tool_is_refused_unseen():
    tools = Counter(RESULTS[0])
    wanted = mcp.types.CallToolRequestParams.model_validate_json('{"name": "pay", "arguments": {"amount": 1e999}}')
    told = await _Desk(tools, None).call_tool(None, wanted)
    assert told.is_error
    assert told.structured_content["code"] == "bad_arguments"
    assert tools.calls == []


async def test_half_a_character_in_a_result_does_not_end_the_connection():
    async with mcp.Client(server_of(Counter(Concluded(by="answer", text="\ud800")))) as client:
        told = await client.call_tool("pay", {"amount": "1"})
    assert told.structured_content["text"] == "?"


async def test_the_client_reads_the_instructions(mode):
    async with mcp.Client(server_of(Counter(RESULTS[0]), "Send 0.1 SOL."), mode=mode) as client:
        assert client.instructions == "Send 0.1 SOL."


@pytest.mark.parametrize("listed", [True, False])
async def test_a_client_that_knows_the_tools_is_told_once_when_others_are_on_offer(mode, listed):
    heard = []

    async def hear(message):
        heard.append(message)

    tools = Counter(RESULTS[0])
    async with mcp.Client(server_of(tools), mode=mode, message_handler=hear) as client:
        if listed:
            await client.list_tools()
        tools.specs = lambda: SPECS[1:]
        for _ in range(3):
            assert not (await client.call_tool("look")).is_error
    changes = [message for message in heard if isinstance(message, mcp.types.ToolListChangedNotification)]
    assert len(changes) == (mode == "legacy" and listed)


async def test_an_afterword_stands_beside_the_result():
    async def afterword(result):
        return "And now?"

    async with mcp.Client(server_of(Counter(RESULTS[0]), afterword=afterword)) as client:
        told = await client.call_tool("pay", {"amount": "1"})
    assert [block.text for block in told.content[1:]] == ["And now?"]
    assert isinstance(told.content[1], mcp.types.TextContent)


def test_where_the_extra_is_missing_people_are_told_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "mcp.server.lowlevel", None)
    with pytest.raises(UsageError) as raised:
        require_extra()
    assert raised.value.code == "mcp_missing"
    assert raised.value.suggestions == ("pip install 'reev-agent[mcp]'",)


async def test_tools_are_on_offer_until_standard_input_ends(monkeypatch):
    async with memory.create_client_server_memory_streams() as (near, far):

        @asynccontextmanager
        async def connection():
            yield near
            await near[1].aclose()

        @asynccontextmanager
        async def standard_streams():
            yield far

        monkeypatch.setattr("mcp.server.stdio.stdio_server", standard_streams)
        serving = asyncio.create_task(serve(Counter(RESULTS[0]), instructions="Send 0.1 SOL."))
        async with mcp.Client(connection()) as client:
            assert client.instructions == "Send 0.1 SOL."
            assert (await client.call_tool("pay", {"amount": "1"})).structured_content == RESULTS[0].to_json()
        await serving
