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
    assert [row[0] for row in rows[3:]] == ["dynamic_flows"]
