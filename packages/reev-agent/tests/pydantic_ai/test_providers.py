"""The loop over the clients of two providers, each talking to a server on this machine in that provider's words."""

import json

import pytest

pytest.importorskip("pydantic_ai", reason="the extra pydantic-ai is not installed")

from reev_agent.loop import LlmAgent
from reev_agent.providers import open_model, resolve_model
from reev_agent.testing import SteppedClock, StubAnswer, StubServer
from reev_types.agents import Completed
from reev_types.models import Sampling

PAY = {"recipient": "BOB", "amount": "0.1"}
KEY = "key-only-for-the-endpoint-5f3a"


def claude(*content, stop_reason):
    return StubAnswer(
        {
            "id": "msg_1",
            "type": "message",
            "role": "assistant",
            "model": "claude-haiku-4-5",
            "content": list(content),
            "stop_reason": stop_reason,
            "stop_sequence": None,
            "usage": {"input_tokens": 30, "output_tokens": 9, "cache_read_input_tokens": 10},
        }
    )


def gemini(*parts):
    return StubAnswer(
        {
            "responseId": "r1",
            "modelVersion": "gemini-3-pro",
            "candidates": [{"content": {"role": "model", "parts": list(parts)}, "finishReason": "STOP"}],
            "usageMetadata": {"promptTokenCount": 40, "candidatesTokenCount": 9, "totalTokenCount": 49},
        }
    )


async def run(name, url_variable, key_variable, answers, request_for, planned_tools, exchanges, monkeypatch):
    tools = planned_tools()
    async with StubServer(answers) as server:
        monkeypatch.setenv(url_variable, server.url.removesuffix("/v1"))
        monkeypatch.setenv(key_variable, KEY)
        model = open_model(resolve_model(name, {key_variable: KEY}), SteppedClock())
        agent = LlmAgent(model, SteppedClock(), sampling=Sampling(max_output_tokens=99), log=exchanges)
        outcome = await agent.run_step(request_for(), tools)
    assert tools.wishes == [("sol_transfer", PAY)]
    return outcome, server


async def test_claude_works_with_the_loop(request_for, planned_tools, exchanges, monkeypatch):
    pytest.importorskip("anthropic", reason="pydantic-ai's Anthropic provider is not installed")
    answers = [
        claude(
            {"type": "thinking", "thinking": "I pay", "signature": "sig"},
            {"type": "tool_use", "id": "toolu_1", "name": "sol_transfer", "input": PAY},
            stop_reason="tool_use",
        ),
        claude({"type": "text", "text": "paid"}, stop_reason="end_turn"),
    ]
    outcome, server = await run(
        "pydantic-ai:anthropic:claude-haiku-4-5",
        "ANTHROPIC_BASE_URL",
        "ANTHROPIC_API_KEY",
        answers,
        request_for,
        planned_tools,
        exchanges,
        monkeypatch,
    )
    assert outcome == Completed(answer="paid")
    said, returned = server.bodies[1]["messages"][1:]
    assert said["content"][0] == {"type": "thinking", "thinking": "I pay", "signature": "sig"}
    assert returned["content"][0]["tool_use_id"] == "toolu_1"
    assert exchanges.replies[0].usage.input_tokens == 40
    assert KEY in " ".join(server.headers[0].values())
    assert KEY not in json.dumps([record.model_dump(mode="json") for record in exchanges.records])


async def test_gemini_works_with_the_loop(request_for, planned_tools, exchanges, monkeypatch):
    pytest.importorskip("google.genai", reason="pydantic-ai's Google provider is not installed")
    answers = [
        gemini({"functionCall": {"name": "sol_transfer", "args": PAY}, "thoughtSignature": "c2ln"}),
        gemini({"text": "paid"}),
    ]
    outcome, server = await run(
        "pydantic-ai:google:gemini-3-pro",
        "GOOGLE_GEMINI_BASE_URL",
        "GOOGLE_API_KEY",
        answers,
        request_for,
        planned_tools,
        exchanges,
        monkeypatch,
    )
    assert outcome == Completed(answer="paid")
    assert server.bodies[1]["contents"][1]["parts"][0]["thoughtSignature"] == "c2ln"
    assert exchanges.replies[0].usage.output_tokens == 9
