import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from reev_tools.market import MARKET_NAMES

SWAP = "swap 0.1 SOL to USDC"
SOMEBODY = "9aE476sH92Vz7DMPyq5WLPkrKWivxeuTKEFKd2sZZcde"


@pytest.fixture
def context_file(workplace):
    path = workplace / "wallet.json"
    path.write_text(json.dumps({"owner": SOMEBODY, "sol_balance": 2 * 10**9}))
    return str(path)


def test_a_sentence_runs_as_it_was_typed(reev):
    result = reev("exec", "--dynamic", SWAP)
    assert result.exit_code == 0
    assert "understood swap 0.1 SOL to USDC" in result.stdout
    assert "the mock wallet balanced" in result.stdout
    assert "-0.100005 SOL" in result.stdout


@pytest.mark.parametrize("mode", ["--dynamic", "--direct"])
def test_the_runner_takes_the_flags_of_the_mission(reev_runner, mode):
    result = reev_runner(mode, "--prompt", SWAP, "--wallet", SOMEBODY, "--agent", "deterministic")
    assert result.exit_code == 0
    assert f"{SOMEBODY}, mirrored with what the mock wallet balanced holds" in " ".join(result.stdout.split())


def test_a_misspelt_word_is_read_and_told_of(reev):
    result = reev("exec", "swapp 0.1 SOL to USDC")
    assert result.exit_code == 0
    assert "'swapp' was read as swap" in result.stdout


def test_a_question_shows_the_place_and_what_would_work(reev):
    result = reev("exec", "swap SOL to USDC")
    assert result.exit_code == 2
    assert result.stderr.splitlines()[:3] == ["error: how much SOL? [ask_amount]", "  swap SOL to USDC", "       ^^^"]
    assert not Path("runs").exists()


def test_a_dry_run_executes_nothing(reev):
    result = reev("exec", SWAP, "--dry-run")
    assert result.exit_code == 0
    assert "understood" in result.stdout
    assert not Path("runs").exists()


def test_json_is_one_document_with_the_plan(reev):
    document = json.loads(reev("exec", SWAP, "--json").stdout)
    assert document["summary"]["passed"] == 1
    assert document["plan"]["normalised_prompt"] == SWAP
    assert document["results"][0]["timing"]["source"]["mode"] == "direct"


def test_a_dry_run_in_json_is_the_plan(reev):
    assert json.loads(reev("exec", SWAP, "--json", "--dry-run").stdout)["flow_id"].startswith("dynamic-")


def test_errors_in_json_stand_on_standard_output(reev):
    result = reev("exec", "swap SOL to USDC", "--json")
    assert (result.exit_code, json.loads(result.stdout)["error"]["code"]) == (2, "ask_amount")


def test_what_a_run_says_to_reproduce_it_does(reev):
    first = reev("exec", SWAP, "--json")
    words = json.loads(first.stdout)["results"][0]["timing"]["reproduce"]
    again = reev(*words[1:], "--json")
    assert json.loads(again.stdout)["results"][0]["run_hash"] == json.loads(first.stdout)["results"][0]["run_hash"]


def test_the_bridges_file_is_gone_unless_it_is_kept(reev, workplace, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(workplace))
    assert reev("exec", "--dynamic", SWAP).exit_code == 0
    assert not list(workplace.glob("dynamic-*"))
    result = reev("exec", "--keep-yml", SWAP)
    (kept,) = workplace.glob("dynamic-*.yml")
    assert f"kept {kept}" in result.stderr
    assert reev("run", str(kept)).exit_code == 0


def test_an_agent_that_does_nothing_is_status_1(reev):
    assert reev("exec", SWAP, "--agent", "does_nothing").exit_code == 1


def test_a_benchmark_can_be_asked_something_else(reev_runner):
    result = reev_runner("001", "--prompt", "pay the rent", "-v")
    assert result.exit_code == 0
    assert "asked pay the rent" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--dynamic", "--direct", "--prompt", SWAP), "dynamic_or_direct"),
        (("--direct",), "missing_prompt"),
        (("--direct", "--prompt", SWAP, "001"), "prompt_or_benchmark"),
        (("--direct", "--prompt", SWAP, "--tag", "transfer"), "prompt_or_benchmark"),
        (("--direct", "--prompt", SWAP, "--keep-yml"), "no_file"),
        (("--prompt", SWAP), "no_mode"),
        (("--prompt", SWAP, "001", "002"), "several_benchmarks"),
        (("001", "--wallet", "demo:balanced"), "no_flow"),
        (("001", "--context", "wallet.json"), "no_flow"),
        (("001", "--rpc-url", "http://x"), "no_flow"),
        (("001", "--keep-yml"), "no_flow"),
        (("001", "--market", "depeg"), "no_flow"),
        (("001", "--max-slippage-bps", "0"), "no_flow"),
        (("001", "--dry-run"), "no_flow"),
        (("--direct", "--prompt", SWAP, "--wallet", "demo:balanced", "--context", "w.json"), "two_wallets"),
    ],
)
def test_arguments_that_exclude_each_other_are_refused_with_an_example(reev_runner, arguments, code):
    result = reev_runner(*arguments)
    assert result.exit_code == 2
    assert f"[{code}] → " in result.stderr


@pytest.mark.parametrize("arguments", [("plan", SWAP), ("run", "--direct", "--prompt", SWAP), ("exec", SWAP)])
def test_a_sentence_can_be_carried_out_in_another_market(reev, arguments):
    quoted = " ".join(reev(*arguments, "--market", "thin_liquidity").stdout.split())
    assert "about 14.979026 USDC" in quoted


def test_an_unknown_market_is_answered_with_every_name(reev):
    result = reev("plan", SWAP, "--market", "atlantis")
    assert (result.exit_code, "[unknown_market]" in result.stderr) == (2, True)
    assert all(name in result.stderr for name in MARKET_NAMES)


def test_a_plan_says_how_much_worse_than_quoted_it_may_come_out(reev):
    assert "USDC · at most 0.5% less" in reev("plan", SWAP).stdout
    assert "USDC · at most 0.2% less" in reev("plan", SWAP, "--max-slippage-bps", "20").stdout
    assert "SOL · at most 10% more" in reev("plan", "buy 5 USDC with SOL", "--max-slippage-bps", "1000").stdout


@pytest.mark.parametrize("basis_points", ["-1", "1001", "half"])
def test_a_slippage_that_no_tool_allows_is_wrong_usage(reev, basis_points):
    assert reev("plan", SWAP, "--max-slippage-bps", basis_points).exit_code == 2


def test_a_mode_that_is_switched_off_is_refused_and_leaves_the_help(reev, reev_runner, monkeypatch):
    assert "--direct" in reev_runner("--help").stdout
    monkeypatch.setenv("REEV_DYNAMIC_FLOWS", "bridge")
    result = reev("exec", SWAP)
    assert (result.exit_code, "REEV_DYNAMIC_FLOWS=bridge,direct" in result.stderr) == (2, True)
    assert reev("exec", "--dynamic", SWAP).exit_code == 0
    options = [line.split()[0] for line in reev_runner("--help").stdout.splitlines() if line.startswith("  --")]
    assert ("--direct" in options, "--dynamic" in options) == (False, True)


def test_the_setting_is_shown_with_where_it_came_from(reev, workplace):
    (workplace / "reev.toml").write_text('dynamic_flows = ["direct", "recovery"]\n')
    line = next(line for line in reev("config").stdout.splitlines() if line.startswith("dynamic_flows"))
    assert "direct, recovery" in line
    assert "reev.toml:1:1" in line


@pytest.mark.parametrize("value", ["bridg", "bridge,", "bridge direct x"])
def test_a_mode_that_does_not_exist_is_an_error(reev, monkeypatch, value):
    monkeypatch.setenv("REEV_DYNAMIC_FLOWS", value)
    assert "[bad_dynamic_flows]" in reev("exec", SWAP).stderr


def test_the_help_of_a_bad_setting_is_that_setting(reev_runner, monkeypatch):
    monkeypatch.setenv("REEV_DYNAMIC_FLOWS", "x")
    result = reev_runner("--help")
    assert (result.exit_code, "[bad_dynamic_flows]" in result.stderr) == (2, True)


def test_every_mode_can_be_switched_off(reev, monkeypatch):
    monkeypatch.setenv("REEV_DYNAMIC_FLOWS", "none")
    assert reev("exec", SWAP).exit_code == 2


def test_a_plan_in_json_has_what_the_contract_names(reev, context_file):
    plan = json.loads(reev("plan", "swap half of my SOL to USDC", "--context", context_file, "--json").stdout)
    named = {"flow_id", "user_prompt", "normalised_prompt", "atomic_mode", "steps", "goals", "warnings", "context"}
    assert named <= set(plan)
    (step,) = plan["steps"]
    assert step["resolved_amount"] == 10**9
    assert step["intent"]["amount"] == {"kind": "share", "of": "0.5"}
    assert plan["context"]["owner"] == SOMEBODY


def test_a_plan_that_must_be_asked_back_is_an_error_with_its_span(reev):
    result = reev("plan", "swap SOL to USDC", "--json")
    error = json.loads(result.stdout)["error"]
    assert (result.exit_code, error["code"], error["span"]) == (2, "ask_amount", [5, 8])
    assert len(error["suggestions"]) == 3


@pytest.mark.parametrize("arguments", [("--wallet", "nobody"), ("--context", "missing.json"), ("--sol-reserve", "x")])
def test_every_mistake_is_one_json_document(reev, arguments):
    result = reev("plan", SWAP, "--json", *arguments)
    assert (result.exit_code, json.loads(result.stdout)["error"]["span"]) == (2, None)


def test_a_goal_that_is_not_reached_says_the_best_that_is(reev):
    result = reev("plan", "use 50% sol to 1.5x usdc")
    assert result.exit_code == 0
    assert "spending everything would reach 1.14x" in " ".join(result.stdout.replace("note", "").split())


def test_the_reserve_is_what_a_plan_leaves(reev):
    plan = json.loads(reev("plan", "swap all my SOL to USDC", "--sol-reserve", "3", "--json").stdout)
    assert plan["steps"][0]["resolved_amount"] == 2 * 10**9


def on_terminal(workplace, typed, *arguments):
    """Run ``reev`` on a terminal of its own on which somebody types; return its exit status and what it shows."""
    master, slave = pty.openpty()
    program = Path(sys.executable).with_name("reev")
    process = subprocess.Popen([program, *arguments], cwd=workplace, stdin=slave, stdout=slave, stderr=slave)
    os.close(slave)
    shown = b""
    os.write(master, typed)
    try:
        while chunk := os.read(master, 4_096):
            shown += chunk
    except OSError:
        pass  # how a terminal ends whose last user has gone
    os.close(master)
    return process.wait(60), shown.decode()


def test_on_a_terminal_the_plan_is_shown_and_nothing_runs_without_consent(workplace):
    status, shown = on_terminal(workplace, b"n\n", "exec", SWAP)
    assert status == 1
    assert "understood" in shown
    assert "nothing was executed" in shown
    assert not (workplace / "runs").exists()


def test_on_a_terminal_consent_or_yes_executes(workplace):
    assert on_terminal(workplace, b"y\n", "exec", SWAP)[0] == 0
    status, shown = on_terminal(workplace, b"", "exec", SWAP, "--yes")
    assert (status, "Execute this" in shown) == (0, False)
