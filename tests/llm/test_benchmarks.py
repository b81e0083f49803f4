"""Every built-in benchmark can be passed by a model with the tools, and by none that merely says so."""

from __future__ import annotations

import json

import pytest

from reev_runner.files import BUILT_IN

# In the 400s a model is asked again when something fails, so one play does not tell its turns: see test_recovery.py.
IDS = [path.stem for path in sorted(BUILT_IN.glob("[0-3]*.yml"))]
AGENTS = ("glm-4.6-coding", "local", "openai:gpt-4.1")
LIE = "Done: carried out exactly as you asked. The position is worth 1,042.09 USDC and has earned 42.09 USDC."


@pytest.fixture(params=["stub", "aimock"])
def sensible_root(request, serve, root_of, sensible):
    return root_of(serve(sensible)) if request.param == "stub" else request.getfixturevalue("sensible_aimock")


@pytest.fixture(params=["stub", "aimock"])
def lying_root(request, serve, root_of, say):
    if request.param == "stub":
        return root_of(serve(lambda body: say(body, LIE)))
    return request.getfixturevalue("lying_aimock")


def test_there_is_a_play_for_every_benchmark(plays, benchmark_ids):
    assert {play.benchmark for play in plays} == set(benchmark_ids)


@pytest.mark.parametrize("agent", AGENTS)
@pytest.mark.parametrize("benchmark", IDS)
def test_a_sensible_model_passes(run, plays, sensible_root, benchmark, agent):
    (trial,) = run([benchmark], agent, sensible_root)
    assert (trial.result.status, trial.result.agent) == ("passed", agent)
    assert trial.result.judgement.score == 1.0
    replies = [reply for play in plays if play.benchmark == benchmark for reply in play.replies]
    assert trial.result.flow.metrics.model_usage.model_calls == len(replies)


@pytest.mark.parametrize("agent", AGENTS)
@pytest.mark.parametrize("benchmark", IDS)
def test_a_model_that_lies_about_having_done_it_fails(run, lying_root, benchmark, agent):
    (trial,) = run([benchmark], agent, lying_root)
    assert trial.result.status == "failed"
    assert trial.result.judgement.score < 0.5


@pytest.mark.parametrize("benchmark", IDS)
def test_a_lie_by_the_tool_for_answers_is_one_too(run, serve, root_of, say, benchmark):
    server = serve(lambda body: say(body, [{"answer": {"text": LIE}}]))
    (trial,) = run([benchmark], "local", root_of(server))
    assert trial.result.status == "failed"


def test_numbers_read_from_the_tools_result_are_an_answer(run, serve, root_of, say):
    def reading(body):
        last = body["messages"][-1]
        if last["role"] != "tool":
            return say(body, [{"jupiter_earn": {}}])
        data = json.loads(last["content"])["data"]
        return say(body, f"Worth {data['positions'][0]['assets']}, earned {data['earnings'][0]['earned']} USDC.")

    (trial,) = run(["114"], "local", root_of(serve(reading)))
    assert trial.result.status == "passed"
