"""Equal runs are equal to the byte, whatever process, folder or hash seed they run in."""

from __future__ import annotations

import json

import pytest

ALL = ("001", "002", "003", "004")


def without_timing(value):
    if isinstance(value, dict):
        return {key: without_timing(inner) for key, inner in value.items() if key != "timing"}
    return [without_timing(inner) for inner in value] if isinstance(value, list) else value


@pytest.fixture
def report(reev_runner, tmp_path):
    def report(name: str, *arguments: str, **environment: str) -> str:
        folder = tmp_path / name
        folder.mkdir()
        done = reev_runner(*ALL, "--json", *arguments, cwd=folder, **environment)
        assert done.returncode in (0, 1), done.stderr
        return done.stdout

    return report


def test_the_same_seed_gives_the_same_bytes_in_another_process_folder_and_hash_seed(report):
    first = report("a", PYTHONHASHSEED="1")
    second = report("b", PYTHONHASHSEED="2", TZ="Asia/Tokyo", LANG="C")
    told = [json.dumps(without_timing(json.loads(text)), ensure_ascii=False) for text in (first, second)]
    assert told[0] == told[1]


def test_journals_are_the_same_outside_timing(report, tmp_path):
    def journals(name):
        texts = {}
        for path in (tmp_path / name / "runs").glob("*/journal.jsonl"):
            events = [without_timing(json.loads(line)) for line in path.read_text().splitlines()]
            texts[events[0]["benchmark_id"]] = json.dumps(events)
        return texts

    report("a", PYTHONHASHSEED="3")
    report("b", PYTHONHASHSEED="4")
    assert len(journals("a")) == len(ALL)
    assert journals("a") == journals("b")


def test_another_seed_gives_other_transactions_and_the_same_verdicts(report):
    runs = [json.loads(report(name, "--seed", seed)) for name, seed in (("a", "0"), ("b", "18446744073709551615"))]
    hashes = [{result["run_hash"] for result in run["results"]} for run in runs]
    assert not hashes[0] & hashes[1]
    assert [[result["status"] for result in run["results"]] for run in runs] == [["passed"] * 4] * 2
