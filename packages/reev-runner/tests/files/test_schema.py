import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from reev_runner.files import BUILT_IN, benchmark_schema
from reev_runner.files._load import load_text
from reev_runner.files._nodes import plain
from reev_runner.files._yaml import parse_yaml
from reev_types.errors import BenchmarkError

RENEW = """python -c "import json; from reev_runner.files import *
(BUILT_IN / 'schema.json').write_text(json.dumps(benchmark_schema(), indent=2, ensure_ascii=False) + chr(10), 'utf-8')"
"""


def is_valid(text: str) -> bool:
    return jsonschema.Draft202012Validator(benchmark_schema()).is_valid(plain(parse_yaml(text, "b.yml")))


def test_the_schema_is_itself_valid():
    jsonschema.Draft202012Validator.check_schema(benchmark_schema())


def test_the_file_beside_the_benchmarks_is_the_schema():
    text = json.dumps(benchmark_schema(), indent=2, ensure_ascii=False) + "\n"
    assert (BUILT_IN / "schema.json").read_text("utf-8") == text, f"renew it: {RENEW}"


@pytest.mark.parametrize("path", sorted(BUILT_IN.glob("*.yml")), ids=lambda path: path.stem)
def test_every_built_in_benchmark_is_valid_and_names_the_schema(path: Path):
    text = path.read_text("utf-8")
    assert is_valid(text)
    assert text.startswith("# yaml-language-server: $schema=schema.json\n")


def test_the_small_benchmark_is_valid_with_unknown_keys(write: Callable[..., str]):
    assert is_valid(write(top="surprise: 1", truth="  other: [2]"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("lamports: 1000", "lamports: -1"),
        ("lamports: 1000", "lamports: 18446744073709551616"),
        ("lamports: 1000", "lamports: 1.5"),
        ("lamports: 1000", "lamports: '010'"),
        ("id: x-1", "id: 5"),
        ("prompt:", "promt:"),
        ("type: SolBalance", "type: SolBalanse"),
        ("type: SolBalance, ", ""),
        ("expected: 5", "weight: heavy"),
        ("ground_truth:", "reference: [[{kind: refuse}]]\nground_truth:"),
        ("ground_truth:", "reference: [[{code: unsupported}]]\nground_truth:"),
        ("ground_truth:", "flow: [{step: 1, prompt: a, timeout: 0}]\nground_truth:"),
        ("ground_truth:", "ground_truth:\n  min_score: 2"),
        ("ground_truth:", "ground_truth:\n  ending: undone"),
        ("ground_truth:", "on_abort: undo\nground_truth:"),
        ("ground_truth:", "recovery: {retries: 1}\nground_truth:"),
        ("ground_truth:", "recovery: {backoff_multiplier: 0.5}\nground_truth:"),
        (
            "ground_truth:",
            "reference: [[{kind: lend_deposit, mint: A, amount: {kind: share, of: 2}}]]\nground_truth:",
        ),
        ("ground_truth:", "faults: [{kind: lost_replies}]\nground_truth:"),
        ("ground_truth:", "faults: [{step: step_1}]\nground_truth:"),
        ("ground_truth:", "faults: [{kind: delay}]\nground_truth:"),
        ("ground_truth:", "flow: [{step: 1, prompt: a, intent: {kind: refuse}}]\nground_truth:"),
    ],
)
def test_schema_and_reader_refuse_the_same_mistakes(write: Callable[..., str], old: str, new: str):
    text = write().replace(old, new)
    assert not is_valid(text)
    with pytest.raises(BenchmarkError):
        load_text(text, "b.yml")
