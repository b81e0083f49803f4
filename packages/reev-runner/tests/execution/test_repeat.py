from pathlib import Path

import pytest

from reev_runner.execution import ModelOptions
from reev_runner.execution._repeat import repeated, repeats_model
from reev_types.agents import AgentLimits
from reev_types.amounts import DEFAULT_SOL_RESERVE_LAMPORTS
from reev_types.models import Sampling

TAPES = Path("tapes")
SEEDED = Sampling(seed=1)


@pytest.mark.parametrize(
    ("name", "options", "expected"),
    [
        ("scripted:a.json", {}, ("--agent", "scripted:a.json")),
        ("replay:a.jsonl", {}, ("--agent", "replay:a.jsonl")),
        ("glm-4.6", {}, ()),
        ("glm-4.6", {"sampling": SEEDED}, ()),
        ("glm-4.6", {"sampling": SEEDED, "record": TAPES}, ("--replay", "tapes")),
        ("glm-4.6", {"sampling": SEEDED, "replay": TAPES}, ("--replay", "tapes")),
        ("scripted:a.json", {"sampling": SEEDED, "record": TAPES}, ("--replay", "tapes")),
        (
            "local",
            {"sampling": Sampling(seed=1, temperature=0.5), "record": TAPES},
            ("--replay", "tapes", "--temperature", "0.5"),
        ),
        ("local", {"record": TAPES}, ()),
        ("local", {"sampling": Sampling(seed=1, max_output_tokens=5), "record": TAPES}, ()),
    ],
)
def test_a_model_is_repeated_from_a_file_or_not_at_all(name, options, expected):
    assert repeats_model(name, ModelOptions(**options)) == expected


@pytest.mark.parametrize(
    ("limits", "reserve", "expected"),
    [
        ({}, DEFAULT_SOL_RESERVE_LAMPORTS, ()),
        ({}, 500_000_000, ("--sol-reserve", "0.5")),
        ({}, 0, ("--sol-reserve", "0")),
        (
            {
                "max_turns": 2,
                "max_tool_calls": 3,
                "max_tokens": 4,
                "max_cost_micro_usd": 50_000,
                "timeout_s": 1.5,
            },
            DEFAULT_SOL_RESERVE_LAMPORTS,
            (
                *("--max-turns", "2", "--max-tool-calls", "3", "--max-tokens", "4"),
                *("--max-cost-usd", "0.05", "--timeout", "1.5"),
            ),
        ),
    ],
)
def test_what_is_not_as_usual_is_repeated_too(limits, reserve, expected):
    assert repeated(("--agent", "x"), AgentLimits(**limits), reserve) == ("--agent", "x", *expected)


def test_what_cannot_be_repeated_has_no_arguments():
    assert repeated((), AgentLimits(max_turns=2), 0) == ()
