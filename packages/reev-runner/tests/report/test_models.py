"""What a model said and what it took, in every kind of report."""

import json

import pytest
from inline_snapshot import snapshot

from reev_runner.report import Detail, json_report, print_trial
from reev_runner.report._models import usage_text
from reev_runner.report._plain import outcome_line
from reev_types.results import ModelUsage


@pytest.fixture
def tree(spoken, rendered):
    def tree(detail):
        return rendered(lambda console: print_trial(console, spoken(), detail), 200).partition("\n\n")[0].splitlines()

    return tree


def test_among_many_a_run_shows_failures_of_the_model_and_what_it_took(tree):
    assert tree(Detail.BRIEF) == snapshot(
        [
            "✓ 001-sol-transfer  passed · score 1.00 · deterministic, seed 0",
            "├── the model failed try later (model_rate_limited)",
            "├── sol_transfer(recipient=RECIPIENT_WALLET_PUBKEY, amount_raw=100000000 (0.1 SOL))",
            "│   ├── ✓ transaction 5SUT…LD2N landed · System Transfer · fee 0.000005 SOL · 150 CU",
            "│   └── changed USER_WALLET_PUBKEY -0.100005 SOL, RECIPIENT_WALLET_PUBKEY +0.1 SOL",
            "├── model 3 calls · 3,450 + 96 tokens · $0.001598",
            "└── 2 of 2 assertions met · score (1 + 1) / 2 = 1",
        ]
    )


def test_a_full_report_shows_what_the_model_said_before_it_acted(tree):
    assert tree(Detail.FULL)[3:6] == snapshot(
        [
            "├── ✓ step_1 · critical · succeeded",
            "│   ├── the model failed try later (model_rate_limited)",
            "│   ├── said I will pay.",
        ]
    )
    assert not any("Paid" in line for line in tree(Detail.FULL))


def test_a_verbose_report_shows_every_turn_with_its_tokens(tree):
    turns = [line for line in tree(Detail.VERBOSE) if "turn " in line]
    assert turns == snapshot(
        [
            "│   ├── turn 1 I will pay. · 1,150 + 48 tokens, stop",
            "│   └── turn 2 Paid. · 2,300 + 48 tokens, stop",
        ]
    )


def test_a_turn_without_words_says_so(rendered, spoken):
    trial = spoken()
    events = [
        event.model_copy(update={"record": event.record.model_copy(update={"message": {"content": None}})})
        if getattr(getattr(event, "record", None), "kind", "") == "reply"
        else event
        for event in trial.events
    ]
    silent = type(trial)(trial.result, tuple(events))
    text = rendered(lambda console: print_trial(console, silent, Detail.VERBOSE), 200)
    assert "turn 1 no words · 1,150" in text
    assert "said" not in rendered(lambda console: print_trial(console, silent, Detail.FULL), 200)


@pytest.mark.parametrize(("cost", "told"), [(799, "1598"), (None, "unknown")])
def test_a_plain_line_ends_with_tokens_and_cost(spoken, cost, told):
    assert outcome_line(spoken(cost)).endswith(f" cu 150 tokens 3450+96 cost_micro_usd {told}")


def test_json_has_the_usage_of_every_step_and_of_the_run(spoken):
    (result,) = json.loads(json_report([spoken()]))["results"]
    expected = {
        "model_calls": 3,
        "input_tokens": 3450,
        "output_tokens": 96,
        "cost_micro_usd": 1598,
        "is_estimated": False,
    }
    assert result["flow"]["metrics"]["model_usage"] == expected
    assert [step["model_usage"] for step in result["flow"]["step_results"]] == [expected]


@pytest.mark.parametrize(
    ("usage", "text"),
    [
        (ModelUsage(model_calls=1, input_tokens=2_310, output_tokens=96), "1 call · 2,310 + 96 tokens · $0"),
        (
            ModelUsage(model_calls=2, input_tokens=5, cost_micro_usd=None, is_estimated=True),
            "2 calls · about 5 + 0 tokens · cost unknown",
        ),
        (ModelUsage(model_calls=3, cost_micro_usd=12_345_678), "3 calls · 0 + 0 tokens · $12.345678"),
    ],
)
def test_usage_is_told_in_one_line(usage, text):
    assert usage_text(usage) == text
