"""Every limit of a step ends it with a code of its own, by the command line, and what was done stays on record."""

from __future__ import annotations

import json

import pytest

from reev_agent.testing import StubAnswer
from reev_types.events import ModelExchanged, StepEnded, ToolReturned, TransactionReturned, read_event
from reev_types.models import ModelFailureRecord, ModelReplyRecord

PAY = [{"sol_transfer": {"recipient": "RECIPIENT_WALLET_PUBKEY", "amount": "0.1"}}]
PEEK = [{"get_account_balance": {}}]
USAGE = {"prompt_tokens": 1_000, "completion_tokens": 100}


@pytest.fixture
def restless(say):
    """A model that pays first and then never comes to an end: each turn takes 1,100 tokens."""

    def restless(body):
        is_first = body["messages"][-1]["role"] == "user"
        return say(body, PAY if is_first else PEEK, USAGE)

    return restless


@pytest.fixture
def ended(command_line, serve, root_of, tmp_path):
    """Run 001 and return the exit status and the events of its journal."""

    def ended(answers, *arguments, agent="openai:gpt-4.1"):
        server = serve(answers)
        result = command_line("001", "--agent", agent, "--json", *arguments, root=root_of(server))
        (journal,) = (tmp_path / "runs").glob("*/journal.jsonl")
        return result.exit_code, [read_event(line) for line in journal.read_bytes().splitlines()], server

    return ended


def of_kind(events, kind):
    return [event for event in events if isinstance(event, kind)]


def replies(events):
    return [event.record for event in of_kind(events, ModelExchanged) if isinstance(event.record, ModelReplyRecord)]


@pytest.mark.parametrize(
    ("flag", "value", "code", "turns"),
    [
        ("--max-turns", "3", "limit_turns", 3),
        ("--max-tool-calls", "2", "limit_tool_calls", 3),
        ("--max-tokens", "3000", "limit_tokens", 3),
        # A turn costs 1,000 × $2 and 100 × $8 a million: $0.0028.
        ("--max-cost-usd", "0.008", "limit_cost", 3),
    ],
)
def test_each_limit_ends_a_run_in_its_own_code(ended, restless, flag, value, code, turns):
    status, events, server = ended(restless, flag, value)
    assert status == 1
    assert [event.reason for event in of_kind(events, StepEnded)] == [code]
    assert len(replies(events)) == len(server.bodies) == turns
    assert [event.outcome.succeeded for event in of_kind(events, TransactionReturned)] == [True]
    assert len(of_kind(events, ToolReturned)) == 2 + (flag == "--max-turns")


def test_time_ends_a_run_in_its_own_code(ended, say):
    def silent(body):
        return say(body, PAY) if body["messages"][-1]["role"] == "user" else StubAnswer("", hangs=True)

    status, events, _ = ended(silent, "--timeout", "1")
    assert status == 1
    assert [event.reason for event in of_kind(events, StepEnded)] == ["limit_timeout"]
    assert [event.outcome.succeeded for event in of_kind(events, TransactionReturned)] == [True]
    failures = [
        event.record for event in of_kind(events, ModelExchanged) if isinstance(event.record, ModelFailureRecord)
    ]
    assert [failure.code for failure in failures] in (["timeout"], ["cancelled"])


def test_a_limit_that_is_not_reached_changes_nothing(ended, sensible):
    flags = ["--max-turns", "2", "--max-tool-calls", "1", "--max-tokens", "2580", "--max-cost-usd", "0.005832"]
    status, events, _ = ended(sensible, *flags)
    assert status == 0
    assert of_kind(events, StepEnded)[0].status == "succeeded"


@pytest.mark.parametrize(("flag", "value"), [("--max-tokens", "2579"), ("--max-cost-usd", "0.005831")])
def test_one_token_or_millionth_of_a_dollar_less_is_too_little(ended, sensible, flag, value):
    status, events, _ = ended(sensible, flag, value)
    assert (status, of_kind(events, StepEnded)[0].status) == (1, "failed")


def test_tokens_that_are_left_bound_what_the_model_may_say(ended, restless):
    _, _, server = ended(restless, "--max-tokens", "3000")
    assert [body["max_completion_tokens"] for body in server.bodies] == [3_000, 1_900, 800]


def test_a_limit_on_cost_is_refused_where_no_price_is_known(ended, restless):
    status, events, server = ended(restless, "--max-cost-usd", "1", agent="openai:nobody-knows")
    assert (status, of_kind(events, StepEnded)[0].reason) == (1, "unknown_price")
    assert server.bodies == []


def test_limits_hold_for_each_step_by_itself(command_line, serve, root_of, sensible):
    flags = ["--max-turns", "2", "--max-tokens", "2580", "--json"]
    result = command_line("200", "--agent", "local", *flags, root=root_of(serve(sensible)))
    assert result.exit_code == 0
    assert json.loads(result.stdout)["results"][0]["flow"]["metrics"]["model_usage"]["model_calls"] == 4
