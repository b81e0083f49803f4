import json
from dataclasses import replace
from pathlib import Path

import pytest

from reev_orchestrator.mocks import generated_wallet, mock_wallet
from reev_runner.dynamic import DynamicOptions, plan_source, run_benchmarks_with_source, source_of
from reev_types.benchmarks import DynamicFlow, Hybrid, StaticFile
from reev_types.errors import UserError

SWAP = "swap 0.1 SOL to USDC"
SOMEBODY = "9aE476sH92Vz7DMPyq5WLPkrKWivxeuTKEFKd2sZZcde"


def dynamic(prompt=SWAP, wallet=None):
    return DynamicFlow(prompt=prompt, wallet=wallet or mock_wallet().owner)


def refusal(work):
    with pytest.raises(UserError) as caught:
        work()
    return caught.value.code


def test_sources_are_told_apart():
    assert source_of("001", None, None) == StaticFile(path="001")
    assert source_of("001", "pay", None) == Hybrid(path="001", prompt="pay")
    assert source_of(None, "pay", SOMEBODY) == DynamicFlow(prompt="pay", wallet=SOMEBODY)
    assert refusal(lambda: source_of(None, "pay", None)) == "no_source"


def test_a_static_source_runs_its_file(options):
    (trial,) = run_benchmarks_with_source(StaticFile(path="001"), options)
    assert (trial.result.benchmark_id, trial.result.status) == ("001-sol-transfer", "passed")


def test_a_hybrid_asks_something_else_and_is_judged_by_the_file(options):
    (trial,) = run_benchmarks_with_source(Hybrid(path="001", prompt="pay the rent"), options)
    assert (trial.result.flow.user_prompt, trial.result.status) == ("pay the rent", "passed")
    assert trial.result.judgement.assertions[0].subject == "SOL of RECIPIENT_WALLET_PUBKEY"


def test_a_hybrid_is_repeated_with_its_prompt(options):
    (trial,) = run_benchmarks_with_source(Hybrid(path="001", prompt="pay the rent"), options)
    told = ["reev-runner", "001", "--prompt", "pay the rent", "--agent", "deterministic", "--seed", "0"]
    assert trial.result.timing["reproduce"] == told


def test_a_flow_of_several_requests_takes_no_single_prompt(options):
    assert refusal(lambda: run_benchmarks_with_source(Hybrid(path="200", prompt="x"), options)) == "hybrid_flow"


@pytest.mark.parametrize("half", [Hybrid(path="001"), Hybrid(prompt="x")])
def test_half_a_hybrid_is_none(options, half):
    assert refusal(lambda: run_benchmarks_with_source(half, options)) == "hybrid_incomplete"


@pytest.mark.parametrize("mode", ["direct", "bridge"])
def test_a_sentence_is_planned_run_and_judged(options, mode):
    (trial,) = run_benchmarks_with_source(dynamic(), options, DynamicOptions(mode=mode))
    assert (trial.result.status, trial.result.flow.user_prompt) == ("passed", SWAP)


def test_both_modes_come_to_the_same_but_for_the_times(options, tmp_path):
    environment = {"TMPDIR": str(tmp_path)}
    results = [
        run_benchmarks_with_source(dynamic(), options, DynamicOptions(mode=mode, environment=environment))[0].result
        for mode in ("direct", "bridge")
    ]
    one, other = (result.model_copy(update={"timing": {}}) for result in results)
    assert one.run_hash == other.run_hash
    assert one.judgement == other.judgement
    assert not list(tmp_path.glob("dynamic-*"))


def test_the_result_tells_mode_wallet_and_what_planning_took(options):
    (trial,) = run_benchmarks_with_source(dynamic(), options)
    timing = trial.result.timing
    assert timing["source"] == {"mode": "direct", "wallet": "the mock wallet balanced"}
    assert {"context_resolution_ms", "planning_ms", "prompt_generation_ms"} <= set(timing)
    assert timing["reproduce"][:4] == ["reev", "exec", "--direct", SWAP]


def test_a_kept_file_is_told_of_and_lies_in_the_folder_for_temporary_files(options, tmp_path):
    asked = DynamicOptions(mode="bridge", keep_yml=True, environment={"TMPDIR": str(tmp_path)})
    (trial,) = run_benchmarks_with_source(dynamic(), options, asked)
    kept = Path(trial.result.timing["kept"])
    assert kept.parent == tmp_path
    (again,) = run_benchmarks_with_source(StaticFile(path=str(kept)), options)
    assert again.result.run_hash == trial.result.run_hash


def test_holdings_can_come_from_a_file(options, tmp_path):
    path = tmp_path / "wallet.json"
    path.write_text(json.dumps({"owner": SOMEBODY, "sol_balance": 50_000_000}))
    asked = DynamicOptions(context=path)
    code = refusal(lambda: run_benchmarks_with_source(dynamic(wallet=SOMEBODY), options, asked))
    assert code == "insufficient_funds"


def test_tokens_that_cannot_be_mirrored_are_a_warning(options, tmp_path, chosen):
    path = tmp_path / "wallet.json"
    path.write_text(generated_wallet(3, strange_tokens=2).model_dump_json())
    flow = plan_source(dynamic("show my balances"), options, DynamicOptions(), chosen(context=path))
    assert flow.plan.warnings[-1].startswith("2 tokens that reev does not know are not mirrored: ")


def test_a_sentence_that_must_be_asked_back_runs_nothing(options):
    assert refusal(lambda: run_benchmarks_with_source(dynamic("swap SOL to USDC"), options)) == "ask_amount"
    assert not options.out.exists()


def test_without_a_variable_the_system_says_where_temporary_files_go():
    assert DynamicOptions(environment={}).folder.is_dir()
    assert DynamicOptions(environment={"TMPDIR": "/x"}).folder == Path("/x")


def test_another_market_can_be_traded_in(options):
    asked = DynamicOptions(market="thin_liquidity")
    (trial,) = run_benchmarks_with_source(dynamic("swap 1 SOL to USDC"), options, asked)
    assert trial.result.status == "passed"


def test_what_differs_from_the_usual_terms_stands_in_the_command_that_repeats_a_run(options, tmp_path):
    asked = DynamicOptions(market="depeg", max_slippage_bps=20)
    (tmp_path / "step.j2").write_text('{#\npurpose = "Words."\n#}\nwords\n')
    given = replace(options, sol_reserve_lamports=50_000_000, templates=tmp_path)
    (trial,) = run_benchmarks_with_source(dynamic(), given, asked)
    command = " ".join(trial.result.timing["reproduce"])
    terms = f" --market depeg --max-slippage-bps 20 --sol-reserve 0.05 --templates {tmp_path} --agent "
    assert terms in command


@pytest.mark.parametrize("mode", ["direct", "bridge"])
def test_a_swap_is_sent_with_the_slippage_that_is_allowed(options, mode):
    (trial,) = run_benchmarks_with_source(dynamic(), options, DynamicOptions(mode=mode, max_slippage_bps=20))
    assert trial.result.status == "passed"
    assert [event.arguments["slippage_bps"] for event in trial.events if event.type == "tool_called"] == [20]


def test_a_price_that_moves_further_than_allowed_is_refused_before_anything_runs(options):
    asked = DynamicOptions(market="thin_liquidity", max_slippage_bps=50)
    assert refusal(lambda: run_benchmarks_with_source(dynamic("swap 1 SOL to USDC"), options, asked)) == (
        "price_impact_too_high"
    )
    assert not options.out.exists()


def test_an_agent_that_does_nothing_earns_nothing(options):
    (trial,) = run_benchmarks_with_source(dynamic(), replace(options, agent="does_nothing"))
    assert (trial.result.status, trial.result.judgement.score) == ("failed", 0)
