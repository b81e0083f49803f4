"""How models are asked, from the command line."""

from pathlib import Path

import pytest

from reev_runner.cli._models import model_options, require_recorded, reserve_lamports
from reev_runner.cli._options import ModelFlags
from reev_runner.execution import known_agents
from reev_types.agents import AgentLimits
from reev_types.amounts import DEFAULT_SOL_RESERVE_LAMPORTS
from reev_types.errors import AmountError, UsageError
from reev_types.models import Sampling


def test_without_flags_limits_are_the_usual_ones_and_the_seed_is_sent():
    options = model_options(ModelFlags(), 0)
    assert options.limits == AgentLimits()
    assert options.sampling == Sampling(seed=0)
    assert (options.record, options.replay) == (None, None)


def test_flags_become_limits_and_sampling():
    flags = ModelFlags(
        temperature=0.5, max_turns=1, max_tool_calls=2, max_tokens=3, max_cost_usd="0.05", timeout=1.5, record=Path("t")
    )
    options = model_options(flags, 0)
    assert options.limits == AgentLimits(
        max_turns=1, max_tool_calls=2, max_tokens=3, max_cost_micro_usd=50_000, timeout_s=1.5
    )
    assert options.sampling == Sampling(temperature=0.5, seed=0)
    assert options.record == Path("t")


def test_the_seed_of_a_model_fits_into_31_bits():
    assert model_options(ModelFlags(), 2**31 + 5).sampling.seed == 5


@pytest.mark.parametrize(("sol", "lamports"), [(None, DEFAULT_SOL_RESERVE_LAMPORTS), ("0.5", 500_000_000), ("0", 0)])
def test_a_reserve_is_given_in_sol(sol, lamports):
    assert reserve_lamports(sol) == lamports


@pytest.mark.parametrize(
    ("sol", "code"),
    [("a lot", "not_a_number"), ("-1", "not_a_number"), ("1e9", "not_a_number"), ("99999999999", "too_large")],
)
def test_a_reserve_that_cannot_be_meant_is_refused(sol, code):
    with pytest.raises(AmountError) as caught:
        reserve_lamports(sol)
    assert caught.value.code == code


@pytest.mark.parametrize(("agent", "replay"), [(None, None), ("local", None), (None, Path("nowhere"))])
def test_without_both_an_agent_and_a_recording_there_is_nothing_to_compare(agent, replay):
    require_recorded(agent, replay)


@pytest.fixture
def tapes(reev_runner, paying):
    reev_runner("001", "--agent", paying, "--record", "tapes")
    return Path("tapes")


def test_an_agent_that_is_asked_for_must_be_the_recorded_one(tapes):
    require_recorded("scripted", tapes)
    with pytest.raises(UsageError) as caught:
        require_recorded("glm-4.6", tapes)
    assert (caught.value.code, str(caught.value.place)) == ("not_recorded", "tapes")
    assert caught.value.suggestions == ("--agent scripted, or none",)


FLAGS = "--record --replay --temperature --max-turns --max-tool-calls --max-tokens --max-cost-usd --timeout"


@pytest.mark.parametrize("flag", [*FLAGS.split(" "), "--jobs", "--sol-reserve"])
def test_help_tells_of_every_flag(reev_runner, flag):
    assert flag in reev_runner("--help").stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--record", "a", "--replay", "b"], "[record_or_replay]"),
        (["--max-cost-usd", "cheap"], "[not_a_number]"),
        (["--max-cost-usd", "0.0000001"], "[too_precise]"),
        (["--sol-reserve", "much"], "[not_a_number]"),
        (["--replay", "nowhere"], "[no_cassette]"),
        (["--agent", "local", "--replay", "nowhere"], "[no_cassette]"),
        (["--agent", "openai:gpt-4.1"], "OPENAI_API_KEY"),
        (["--agent", "glm-4.6-coding"], "ZAI_API_KEY"),
        (["--agent", "http://localhost:1/v1"], "[bad_model_url]"),
        (["--agent", "scripted:nowhere.json"], "[bad_script]"),
        (["--agent", "scripted:"], "[bad_model_name]"),
    ],
)
def test_a_mistake_with_models_is_one_line_and_status_2(reev_runner, monkeypatch, arguments, told):
    for variable in ("OPENAI_API_KEY", "ZAI_API_KEY"):
        monkeypatch.delenv(variable, raising=False)
    result = reev_runner("001", *arguments)
    assert result.exit_code == 2
    assert (result.stderr.startswith("error: "), result.stderr.count("\n")) == (True, 1)
    assert told in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [["--jobs", "0"], ["--max-turns", "0"], ["--max-tool-calls", "0"], ["--max-tokens", "0"], ["--temperature", "3"]],
)
def test_numbers_out_of_range_are_wrong_usage(reev_runner, arguments):
    assert reev_runner("001", *arguments).exit_code == 2


def test_an_unknown_agent_is_answered_with_every_name(reev_runner):
    stderr = reev_runner("001", "--agent", "nobody").stderr
    assert all(name in stderr for name, _ in known_agents())


def test_another_agent_than_the_recorded_one_is_refused(reev_runner, tapes):
    result = reev_runner("001", "--agent", "deterministic", "--replay", str(tapes))
    assert (result.exit_code, "[not_recorded]" in result.stderr) == (2, True)
    assert reev_runner("001", "--agent", "scripted", "--replay", str(tapes)).exit_code == 0


def test_many_jobs_report_in_order(reev_runner):
    result = reev_runner("001", "002", "003", "--jobs", "3")
    lines = [line.split()[:2] for line in result.stdout.splitlines() if line.startswith(("PASS", "FAIL"))]
    assert [name[:3] for _, name in lines] == ["001", "002", "003"]
