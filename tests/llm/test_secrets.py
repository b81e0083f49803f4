"""A key goes into one header and nowhere else: no file, no output, no log, no error, no span."""

from __future__ import annotations

import logging

import pytest

from reev_agent.testing import StubAnswer

AGENTS = ("glm-4.6", "glm-4.6-coding", "openai:gpt-4.1")


def echoing(say, key):
    """Return a provider that repeats the key in everything it says."""
    replies = [
        [{"get_account_balance": {"account": key}}, {"sol_transfer": {"recipient": key, "amount": "0.1"}}],
        [{key: {key: key}}],
        f"Your key is {key}.",
    ]
    return lambda body: say(body, replies[sum(message["role"] == "assistant" for message in body["messages"])])


def refusing(key):
    error = {"code": "invalid_api_key", "message": f"Incorrect API key provided: {key}", "param": [key]}
    return [StubAnswer({"error": error}, status=401)]


def breaking(key):
    stop = {"x-should-retry": "false"}
    return [StubAnswer(f'{{"choices": "{key}'), StubAnswer(f"<html>{key}", status=500, headers=stop)]


@pytest.fixture
def written(tmp_path):
    """Return everything that is on disk below the test's folder."""
    return lambda: {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}


@pytest.fixture
def spans(monkeypatch):
    """Collect the spans of the whole process."""
    sdk = pytest.importorskip("opentelemetry.sdk.trace", reason="the OpenTelemetry SDK is not installed")
    export = pytest.importorskip("opentelemetry.sdk.trace.export")
    memory = pytest.importorskip("opentelemetry.sdk.trace.export.in_memory_span_exporter")
    exporter, provider = memory.InMemorySpanExporter(), sdk.TracerProvider()
    provider.add_span_processor(export.SimpleSpanProcessor(exporter))
    monkeypatch.setattr("opentelemetry.trace._TRACER_PROVIDER", provider)
    return exporter


@pytest.mark.parametrize("agent", AGENTS)
@pytest.mark.parametrize("provider", ["echoing", "refusing", "breaking"])
def test_a_key_stays_where_it_belongs(
    command_line, serve, root_of, say, written, spans, key, caplog, tmp_path, agent, provider
):
    caplog.set_level(logging.DEBUG)
    answers = {"echoing": echoing(say, key), "refusing": refusing(key), "breaking": breaking(key)}[provider]
    server = serve(answers)
    flags = ["--agent", agent, "--verbose", "--record", str(tmp_path / "t")]
    result = command_line("001", *flags, root=root_of(server), REEV_OTEL_CONTENT="1")
    assert result.exit_code in (1, 3)
    assert server.headers[0]["authorization"] == f"Bearer {key}"
    assert key not in str([body for body in server.bodies if body["messages"][-1]["role"] == "user"])
    files = written()
    assert {path.name for path in files} >= {"journal.jsonl", "result.json", "001-sol-transfer.jsonl"}
    assert [path for path, content in files.items() if key.encode() in content] == []
    assert key not in result.output
    assert key not in caplog.text
    told = "".join(span.to_json() for span in spans.get_finished_spans())
    assert "gen_ai.input.messages" in told
    assert key not in told


@pytest.mark.parametrize("agent", AGENTS)
def test_a_key_stays_where_it_belongs_when_all_goes_well(
    command_line, serve, root_of, sensible, written, key, tmp_path, agent
):
    server = serve(sensible)
    result = command_line("001", "--agent", agent, "--json", "--record", str(tmp_path / "t"), root=root_of(server))
    assert result.exit_code == 0
    assert {headers["authorization"] for headers in server.headers} == {f"Bearer {key}"}
    assert key not in str(server.bodies)
    assert [path for path, content in written().items() if key.encode() in content] == []
    assert key not in result.output


def test_a_key_that_no_header_can_hold_is_not_shown(command_line, key):
    result = command_line("001", "--agent", "glm-4.6", root="http://127.0.0.1:1", ZAI_API_KEY=f"{key}\n{key}")
    assert result.exit_code == 2
    assert "[bad_key]" in result.output
    assert key not in result.output
