import json

from reev_runner.files import benchmark_schema
from reev_runner.suite import agent_names


def test_agents_are_listed_with_their_needs(reev):
    text = reev("agents").stdout
    for name, needs in agent_names():
        assert name in text
        assert needs in text


def test_built_in_benchmarks_are_listed_with_their_tags(reev):
    lines = reev("list").stdout.splitlines()
    (line,) = [line for line in lines if line.startswith("001-sol-transfer")]
    assert "system-program" in line


def test_the_schema_is_printed_as_json(reev):
    assert json.loads(reev("schema").stdout) == benchmark_schema()


def test_every_setting_is_shown_with_its_origin(reev, workplace, monkeypatch):
    (workplace / "reev.toml").write_text('out = "kept"\n')
    monkeypatch.setenv("REEV_SEED", "7")
    lines = reev("config", "--agent", "refuses").stdout.splitlines()[2:]
    rows = [line.split()[:3] for line in lines if not line.startswith(" ")]
    assert rows[:3] == [["agent", "refuses", "--agent"], ["seed", "7", "REEV_SEED"], ["out", "kept", "reev.toml:1:1"]]
    assert [row[0] for row in rows[3:5]] == ["templates", "dynamic_flows"]


def test_every_setting_of_recovery_is_shown_by_what_decided_it(reev, workplace, monkeypatch):
    (workplace / "reev.toml").write_text("backoff_multiplier = 1.5\nenable_alternative_flows = true\n")
    monkeypatch.setenv("REEV_QUESTION_TIMEOUT_MS", "5")
    shown = reev("config", "--retry-attempts", "5", "--no-retry", "--no-alternative-flows").stdout
    rows = {line.split()[0]: line.split()[1:3] for line in shown.splitlines()[2:] if line[:1].isalpha()}
    assert rows["backoff_multiplier"] == ["1.5", "reev.toml:1:1"]
    assert rows["question_timeout_ms"] == ["5", "REEV_QUESTION_TIMEOUT_MS"]
    assert rows["retry_attempts"] == ["5", "--retry-attempts"]
    assert rows["enable_retry"] == ["false", "--no-retry"]
    assert rows["enable_alternative_flows"] == ["false", "--no-alternative-flows"]
    assert rows["max_recovery_slippage_bps"] == ["100", "default"]
