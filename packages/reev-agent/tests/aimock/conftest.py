from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

COMMAND = Path(__file__).resolve().parents[4] / ".peers" / "node_modules" / "@copilotkit" / "aimock" / "dist" / "cli.js"


def _calls(*calls, **more):
    return {"toolCalls": [{"name": name, "arguments": arguments} for name, arguments in calls]} | more


def _error(code, status, **more):
    return {"error": {"message": "refused", "type": "error", "code": code}, "status": status} | more


PAY = ("sol_transfer", '{"recipient": "BOB", "amount": "0.1"}')
USAGE = {"prompt_tokens": 321, "completion_tokens": 17, "total_tokens": 338}

FIXTURES = [
    ({"userMessage": "pay once", "hasToolResult": False}, _calls(PAY, usage=USAGE)),
    ({"userMessage": "pay once", "hasToolResult": True}, {"content": "paid", "usage": USAGE}),
    ({"userMessage": "pay twice", "hasToolResult": False}, _calls(PAY, PAY)),
    ({"userMessage": "pay twice", "hasToolResult": True}, {"content": "paid twice"}),
    ({"userMessage": "think first"}, {"content": "thought", "reasoning": "let me see"}),
    ({"userMessage": "slow down", "sequenceIndex": 0}, _error("rate_limit_exceeded", 429, retryAfter=7)),
    ({"userMessage": "slow down", "sequenceIndex": 1}, {"content": "after the wait"}),
    ({"userMessage": "zai busy", "sequenceIndex": 0}, _error("1302", 429)),
    ({"userMessage": "zai busy", "sequenceIndex": 1}, {"content": "not busy any more"}),
    ({"userMessage": "zai broke"}, _error("1113", 429)),
    ({"userMessage": "zai window"}, _error("1308", 429)),
    ({"userMessage": "zai key"}, _error("1001", 401)),
    ({"userMessage": "quota"}, _error("insufficient_quota", 429)),
    ({"userMessage": "too long"}, _error("1261", 400)),
    ({"userMessage": "down for good"}, _error("server_is_overloaded", 503)),
    ({"userMessage": "bad arguments", "hasToolResult": False}, _calls(("sol_transfer", '{"amount": '))),
    ({"userMessage": "bad arguments", "toolResultContains": "bad_arguments"}, {"content": "I see my mistake"}),
    ({"userMessage": "endless"}, _calls(PAY)),
    (
        {"userMessage": "cut off", "sequenceIndex": 0},
        {"content": "one two three four five six seven eight"},
        {"truncateAfterChunks": 2, "chunkSize": 4},
    ),
    ({"userMessage": "cut off", "sequenceIndex": 1}, {"content": "whole"}),
]


@pytest.fixture(scope="module")
async def aimock(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """A third party's mock of model providers; its address without a path."""
    node = shutil.which("node")
    if node is None or not COMMAND.is_file():
        pytest.skip("node or @copilotkit/aimock is not there; run `make peers`")
    path = tmp_path_factory.mktemp("aimock") / "fixtures.json"
    fixtures = [{"match": match, "response": response} | dict(*more) for match, response, *more in FIXTURES]
    path.write_text(json.dumps({"fixtures": fixtures}))
    process = await asyncio.create_subprocess_exec(
        node, str(COMMAND), "-p", "0", "-h", "127.0.0.1", "-f", str(path), "--strict",
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    try:
        yield await asyncio.wait_for(_address(process), 30)
    finally:
        process.terminate()
        await process.communicate()


async def _address(process: asyncio.subprocess.Process) -> str:
    assert process.stdout is not None
    said = ""
    async for line in process.stdout:
        said += line.decode()
        if "listening on " in said:
            return said.rsplit("listening on ", 1)[1].split()[0]
    raise RuntimeError(f"aimock ended: {said}")
