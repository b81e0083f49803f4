"""What was recorded with a model is run again without one, to the same hash."""

from __future__ import annotations

import json

import pytest

from reev_agent.testing import StubAnswer
from reev_orchestrator import TemplateRenderer
from reev_runner.files import BUILT_IN
from reev_tools.wallet import WalletTools
from reev_types.errors import UsageError

# In the 400s a model is asked again when something fails, so one play does not tell its turns: see test_recovery.py.
IDS = [path.stem for path in sorted(BUILT_IN.glob("[0-3]*.yml"))]
NOWHERE = "http://127.0.0.1:1"


@pytest.fixture
def tapes(tmp_path):
    return tmp_path / "tapes"


@pytest.fixture
def record(run, serve, root_of, sensible, tapes):
    return lambda selectors, agent="local": run(selectors, agent, root_of(serve(sensible)), record=tapes)


def results(trials):
    return [trial.result.model_copy(update={"timing": {}}).to_json() for trial in trials]


def without_timing(value):
    match value:
        case dict():
            return {name: without_timing(item) for name, item in value.items() if name != "timing"}
        case list():
            return [without_timing(item) for item in value]
        case _:
            return value


@pytest.mark.parametrize("agent", ["glm-4.6-coding", "local", "openai:gpt-4.1"])
def test_every_benchmark_replays_offline_to_its_hash(run, record, tapes, request, agent):
    recorded = record(IDS, agent)
    attempts = request.getfixturevalue("attempts_to_connect")
    replayed = run(IDS, "local", NOWHERE, replay=tapes)
    assert [trial.result.run_hash for trial in replayed] == [trial.result.run_hash for trial in recorded]
    assert without_timing(results(replayed)) == without_timing(results(recorded))
    assert {trial.result.agent for trial in replayed} == {agent}
    assert all(trial.result.status == "passed" for trial in replayed)
    assert attempts == []


def test_each_benchmark_has_a_cassette_of_its_own(record, tapes):
    record(IDS)
    assert sorted(path.stem for path in tapes.glob("*.jsonl")) == IDS


def test_the_command_line_records_and_replays(command_line, serve, root_of, sensible, tapes):
    root = root_of(serve(sensible))
    first = command_line("001", "200", "--json", "--agent", "glm-4.6", "--record", str(tapes), root=root)
    again = command_line("001", "200", "--json", "--replay", str(tapes), root=NOWHERE)
    assert (first.exit_code, again.exit_code) == (0, 0)
    assert without_timing(json.loads(again.stdout)) == without_timing(json.loads(first.stdout))


def test_a_changed_prompt_is_noticed_and_explained(run, record, tapes, monkeypatch):
    record(["001"])
    real = TemplateRenderer.render_step
    monkeypatch.setattr(
        TemplateRenderer, "render_step", lambda *given: real(*given).replace("Send 0.1 SOL", "Send 0.1  SOL")
    )
    (trial,) = run(["001"], "local", NOWHERE, replay=tapes)
    assert trial.result.status == "error"
    assert "message 2 (user) at content, character 10: " in trial.result.flow.error_message
    assert "[cassette_mismatch]" in trial.result.flow.error_message


def changed(spec):
    properties = {name: schema for name, schema in spec.parameters["properties"].items() if name != "amount_raw"}
    return spec.model_copy(update={"parameters": spec.parameters | {"properties": properties}})


CHANGES = {
    "a description": (
        lambda spec: spec.model_copy(update={"description": f"{spec.description}!"}),
        " at description, ",
    ),
    "a schema": (changed, " at parameters.properties.amount_raw: "),
    "a name": (lambda spec: spec.model_copy(update={"name": "sol_send"}), "tool sol_send is new"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_tool_is_noticed_and_explained(run, record, tapes, monkeypatch, change):
    alter, told = CHANGES[change]
    record(["001"])
    real = WalletTools.specs
    monkeypatch.setattr(
        WalletTools,
        "specs",
        lambda tools: tuple(alter(spec) if spec.name == "sol_transfer" else spec for spec in real(tools)),
    )
    (trial,) = run(["001"], "local", NOWHERE, replay=tapes)
    assert trial.result.status == "error"
    assert told in trial.result.flow.error_message


def test_another_sampling_is_noticed(command_line, serve, root_of, sensible, tapes):
    command_line("001", "--agent", "local", "--record", str(tapes), root=root_of(serve(sensible)))
    result = command_line("001", "--replay", str(tapes), "--temperature", "0.5", root=NOWHERE)
    assert result.exit_code == 3
    assert "the parameters differ at temperature: recorded nothing, now 0.5" in " ".join(result.stdout.split())


def test_a_benchmark_that_was_not_recorded_says_so(run, record, tapes):
    record(["001"])
    with pytest.raises(UsageError) as caught:
        run(["002"], "local", NOWHERE, replay=tapes)
    assert caught.value.code == "no_cassette"


def test_a_cassette_is_never_written_over(run, record, tapes):
    record(["001"])
    before = (tapes / "001-sol-transfer.jsonl").read_bytes()
    with pytest.raises(UsageError) as caught:
        record(["001"])
    assert caught.value.code == "cassette_exists"
    assert (tapes / "001-sol-transfer.jsonl").read_bytes() == before


def test_an_error_of_the_provider_replays_as_the_same_error(run, serve, root_of, tapes):
    server = serve([StubAnswer({"error": {"code": "1113", "message": "no balance"}}, status=429)])
    (recorded,) = run(["001"], "glm-4.6", root_of(server), record=tapes)
    (replayed,) = run(["001"], "glm-4.6", NOWHERE, replay=tapes)
    assert "[model_quota]" in recorded.result.flow.error_message
    assert replayed.result.flow.error_message == recorded.result.flow.error_message
    assert replayed.result.run_hash == recorded.result.run_hash
