"""What asking models cost adds up, to the millionth of a dollar, over turns, steps, runs and the suite."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

PRICES = {
    # US dollars a million tokens: input, cached input, output.
    "glm-4.6": (Decimal("0.60"), Decimal("0.11"), Decimal("2.20")),
    "openai:gpt-4.1-mini": (Decimal("0.40"), Decimal("0.10"), Decimal("1.60")),
    "glm-4.6-coding": (Decimal(0), Decimal(0), Decimal(0)),
    "local": (Decimal(0), Decimal(0), Decimal(0)),
}


def usage_of_request(number):
    """Return what the exchange ``number`` used: no two are alike, and few cost whole millionths."""
    return {
        "prompt_tokens": 1_001 + 17 * number,
        "completion_tokens": 101 + 3 * number,
        "prompt_tokens_details": {"cached_tokens": 13 * number},
    }


def cost_of(usage, agent):
    price_in, price_cached, price_out = PRICES[agent]
    cached = usage["prompt_tokens_details"]["cached_tokens"]
    exact = (
        price_in * (usage["prompt_tokens"] - cached) + price_cached * cached + price_out * usage["completion_tokens"]
    )
    return round(exact)


@pytest.fixture
def metered(serve, plays, say):
    """A server that follows the plays and counts every exchange differently."""
    used = []

    def metered(body):
        turn = sum(message["role"] == "assistant" for message in body["messages"])
        play = next(play for play in plays if play.asked in body["messages"][1]["content"])
        used.append(usage_of_request(len(used)))
        return say(body, play.replies[turn], used[-1])

    return serve(metered), used


@pytest.mark.parametrize("agent", PRICES)
def test_costs_add_up_over_steps_runs_and_the_suite(command_line, metered, root_of, benchmark_ids, agent):
    server, used = metered
    result = command_line(*benchmark_ids, "--agent", agent, "--json", root=root_of(server))
    assert result.exit_code == 0
    runs = [result["flow"] for result in json.loads(result.stdout)["results"]]
    steps = [step["model_usage"] for run in runs for step in run["step_results"]]
    totals = [run["metrics"]["model_usage"] for run in runs]
    expected = {
        "cost_micro_usd": sum(cost_of(usage, agent) for usage in used),
        "input_tokens": sum(usage["prompt_tokens"] for usage in used),
        "output_tokens": sum(usage["completion_tokens"] for usage in used),
        "model_calls": len(used),
    }
    for name, total in expected.items():
        assert sum(step[name] for step in steps) == total
        assert sum(run[name] for run in totals) == total
    for run in runs:
        assert run["metrics"]["model_usage"]["cost_micro_usd"] == sum(
            step["model_usage"]["cost_micro_usd"] for step in run["step_results"]
        )


def test_the_suite_says_what_it_took(command_line, metered, root_of):
    server, used = metered
    result = command_line("001", "200", "--agent", "glm-4.6", "--json", root=root_of(server))
    assert json.loads(result.stdout)["summary"]["model_usage"] == {
        "model_calls": len(used),
        "input_tokens": sum(usage["prompt_tokens"] for usage in used),
        "output_tokens": sum(usage["completion_tokens"] for usage in used),
        "cost_micro_usd": sum(cost_of(usage, "glm-4.6") for usage in used),
        "is_estimated": False,
    }


def test_a_cost_that_is_not_known_is_not_taken_for_nothing(command_line, metered, root_of):
    server, _ = metered
    result = command_line("001", "--agent", "openai:nobody-knows", "--json", root=root_of(server))
    usage = json.loads(result.stdout)["results"][0]["flow"]["metrics"]["model_usage"]
    assert (usage["cost_micro_usd"], usage["model_calls"]) == (None, 2)
