"""Providers that refuse and break off, models that talk nonsense: how a whole run ends, and what it keeps."""

from __future__ import annotations

import json

import pytest

from reev_agent.testing import SteppedClock
from reev_types.events import ModelExchanged, StepEnded, ToolCalled, ToolReturned, TransactionReturned
from reev_types.models import ModelFailureRecord, ModelReplyRecord, ModelRequestRecord

PAY = {"name": "sol_transfer", "arguments": '{"recipient": "RECIPIENT_WALLET_PUBKEY", "amount": "0.1"}'}
PEEK = {"name": "get_account_balance", "arguments": "{}"}
ODD = {"name": "sol_transfer", "arguments": '{"recipient": "RECIPIENT_WALLET_PUBKEY", "amount": 0.1,'}
FIRST, LATER = {"hasToolResult": False}, {"hasToolResult": True}


def calls(*wanted):
    return {"toolCalls": list(wanted)}


def error(code, status, **more):
    return {"error": {"message": f"no, {code}", "type": "error", "code": code}, "status": status} | more


def pays_after(remark, *trouble, **how):
    """Return fixtures of a server that has trouble first, one after the other, and then a model that pays."""
    first = [
        {"match": {"userMessage": remark, "sequenceIndex": index} | FIRST, "response": response} | how
        for index, response in enumerate(trouble)
    ]
    return [*first, *pays(remark)]


def pays(remark):
    return [
        {"match": {"userMessage": remark} | FIRST, "response": calls(PAY)},
        {"match": {"userMessage": remark} | LATER, "response": {"content": "Paid."}},
    ]


def always(remark, response):
    return [{"match": {"userMessage": remark}, "response": response}]


PASSING = {
    "zai_busy": error("1302", 429),
    "zai_overloaded": error("1305", 429),
    "rate_limited": error("rate_limit_exceeded", 429),
    "overloaded": error("server_is_overloaded", 503),
}
FINAL = {
    "zai_balance": (error("1113", 429), "model_quota", 1),
    "zai_window": (error("1308", 429), "model_quota", 1),
    "zai_key": (error("1001", 401), "model_auth", 1),
    "zai_parameter": (error("1210", 400), "model_bad_request", 1),
    "zai_model": (error("1211", 400), "model_unknown", 1),
    "quota": (error("insufficient_quota", 429), "model_quota", 1),
    "key": (error("invalid_api_key", 401), "model_auth", 1),
    "always_busy": (error("1302", 429), "model_rate_limited", 4),
    "always_down": (error("server_is_overloaded", 503), "model_unavailable", 4),
}
THE_AGENTS = {
    "zai_too_long": (error("1261", 400), "model_context_exceeded"),
    "zai_policy": (error("1301", 400), "model_content_blocked"),
    "too_long": (error("context_length_exceeded", 400), "model_context_exceeded"),
}

FIXTURES = [
    *(fixture for remark, trouble in PASSING.items() for fixture in pays_after(f"Case {remark}.", trouble)),
    *(fixture for remark, (trouble, *_) in FINAL.items() for fixture in always(f"Case {remark}.", trouble)),
    *(fixture for remark, (trouble, _) in THE_AGENTS.items() for fixture in always(f"Case {remark}.", trouble)),
    *pays_after("Case wait.", error("rate_limit_exceeded", 429, retryAfter=7)),
    *pays_after("Case cut.", {"content": "I shall pay at once, sir"}, truncateAfterChunks=2, chunkSize=4),
    {"match": {"userMessage": "Case parallel."} | FIRST, "response": calls(PEEK, PAY, PEEK)},
    *pays("Case parallel."),
    {"match": {"userMessage": "Case malformed."} | FIRST, "response": calls(ODD)},
    {"match": {"userMessage": "Case malformed.", "toolResultContains": "bad_arguments"}, "response": calls(PAY)},
    *pays("Case malformed."),
    *always("Case endless.", calls(PEEK)),
    {"match": {"userMessage": "Case half way."} | FIRST, "response": calls(PAY)},
    *always("Case half way.", error("1113", 429)),
]


@pytest.fixture(scope="session")
def root(aimock):
    return aimock(FIXTURES)


@pytest.fixture
def trial_of(run, root, benchmark_asking):
    def trial_of(case, agent="glm-4.6-coding", clock=None, **options):
        (trial,) = run([benchmark_asking(f"Case {case}.")], agent, root, clock=clock or SteppedClock(), **options)
        return trial

    return trial_of


def of_kind(trial, kind):
    return [event for event in trial.events if isinstance(event, kind)]


def records(trial, kind):
    return [event.record for event in of_kind(trial, ModelExchanged) if isinstance(event.record, kind)]


def attempts(trial):
    return [reply.timing["attempts"] for reply in records(trial, ModelReplyRecord)]


@pytest.mark.parametrize("case", PASSING)
def test_trouble_that_passes_is_waited_out(trial_of, case):
    clock = SteppedClock()
    trial = trial_of(case, clock=clock)
    assert trial.result.status == "passed"
    assert attempts(trial) == [2, 1]
    assert len(clock.sleeps) == 1


def test_the_wait_that_a_server_asks_for_is_kept(trial_of):
    clock = SteppedClock()
    assert trial_of("wait", clock=clock).result.status == "passed"
    assert clock.sleeps == [7]


@pytest.mark.parametrize("case", FINAL)
def test_trouble_that_stays_ends_the_run_as_an_error_of_the_environment(trial_of, case):
    _, code, asked = FINAL[case]
    clock = SteppedClock()
    trial = trial_of(case, clock=clock)
    assert (trial.result.status, trial.result.judgement) == ("error", None)
    assert f"[{code}]" in trial.result.flow.error_message
    assert [failure.code for failure in records(trial, ModelFailureRecord)] == [code]
    assert len(clock.sleeps) == asked - 1


@pytest.mark.parametrize("case", THE_AGENTS)
def test_what_a_provider_does_not_want_to_hear_is_the_agents_failure(trial_of, case):
    _, code = THE_AGENTS[case]
    trial = trial_of(case)
    assert trial.result.status == "failed"
    assert of_kind(trial, StepEnded)[0].reason == code


@pytest.mark.parametrize("case", ["zai_key", "zai_policy"])
def test_the_exit_status_tells_the_environment_from_the_agent(command_line, root, benchmark_asking, case):
    result = command_line(benchmark_asking(f"Case {case}."), "--agent", "glm-4.6-coding", root=root)
    assert result.exit_code == (3 if case == "zai_key" else 1)


def test_parallel_calls_are_carried_out_in_their_order(trial_of):
    trial = trial_of("parallel")
    assert trial.result.status == "passed"
    tools = [event.tool for event in of_kind(trial, ToolCalled)]
    assert tools == ["get_account_balance", "sol_transfer", "get_account_balance"]


@pytest.mark.parametrize("agent", ["glm-4.6-coding", "local"])
def test_arguments_that_are_no_json_are_explained_and_corrected(trial_of, agent):
    trial = trial_of("malformed", agent)
    assert trial.result.status == "passed"
    assert [event.result.status for event in of_kind(trial, ToolReturned)] == ["refused", "executed"]
    told = records(trial, ModelRequestRecord)[1].new_messages[-1]
    assert (told["role"], json.loads(told["content"])["code"]) == ("tool", "bad_arguments")


def test_an_endless_loop_ends_at_the_limit_with_everything_on_record(trial_of):
    trial = trial_of("endless")
    assert trial.result.status == "failed"
    assert of_kind(trial, StepEnded)[0].reason == "limit_tool_calls"
    assert len(of_kind(trial, ToolCalled)) == 20
    assert len(records(trial, ModelReplyRecord)) == 21


def test_a_reply_cut_off_in_the_middle_is_asked_for_again(trial_of):
    trial = trial_of("cut")
    assert trial.result.status == "passed"
    assert attempts(trial) == [2, 1]


def test_what_was_done_before_the_provider_failed_is_kept(trial_of):
    trial = trial_of("half way")
    assert trial.result.status == "error"
    assert [event.outcome.succeeded for event in of_kind(trial, TransactionReturned)] == [True]
    assert trial.result.flow.metrics.model_usage.model_calls == 2
    assert [failure.code for failure in records(trial, ModelFailureRecord)] == ["model_quota"]
