import os
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reev_runner.files import BUILT_IN, compile_case, load_case
from reev_runner.files._load import load_text
from reev_types.benchmarks import MOST_ELAPSED_S, TestCase
from reev_types.errors import BenchmarkError

Compile = Callable[..., TestCase]


def test_the_parts_of_a_file_reach_the_test_case(compiled: Compile):
    case = compiled(
        top='tags: [a, b]\ndescription: "What"',
        truth="  min_score: 0.75\n  skip_instruction_validation: true\n  fee_tolerance_lamports: 7",
    )
    assert (case.id, case.description, case.tags, case.prompt) == ("x-1", "What", ("a", "b"), "Do it.")
    assert case.ground_truth.min_score == Decimal("0.75")
    assert case.ground_truth.skip_instruction_validation
    assert case.ground_truth.fee_tolerance_lamports == 7


def test_a_file_runs_in_the_default_market_and_at_its_start(compiled: Compile):
    assert (compiled().market, compiled().elapsed_s) == ("default", 0)


def test_a_file_chooses_its_market_and_its_age(compiled: Compile):
    case = compiled(top=f"market: depeg\nelapsed_seconds: {MOST_ELAPSED_S}")
    assert (case.market, case.elapsed_s) == ("depeg", MOST_ELAPSED_S)


@pytest.mark.parametrize(("name", "hints"), [("depegg", ("did you mean depeg?",)), ("bazaar", ())])
def test_an_unknown_market_is_answered_with_those_that_exist(
    refused: Callable[..., Any], name: str, hints: tuple[str, ...]
):
    error = refused(top=f"market: {name}")
    assert (error.code, error.at, error.suggestions) == ("unknown_market", name, hints)
    assert error.message.startswith("market: expected one of default, depeg, ")


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("-1", "out_of_range"),
        (str(MOST_ELAPSED_S + 1), "out_of_range"),
        ("1.5", "wrong_type"),
        ("'5'", "wrong_type"),
        ("true", "wrong_type"),
    ],
)
def test_an_age_is_whole_seconds_up_to_ten_years(refused: Callable[..., Any], value: str, code: str):
    error = refused(top=f"elapsed_seconds: {value}")
    assert (error.code, error.at) == (code, value)


def test_what_is_not_evaluated_is_listed(compiled: Compile):
    case = compiled(top="surprise: 1", truth="  success_criteria: [{type: a}]\n  extra: 1")
    assert case.not_gradable == ("success_criteria", "surprise", "ground_truth.extra")


def test_comments_order_and_spacing_do_not_change_the_hash(write: Callable[..., str]):
    text = write()
    first, rest = text.split("\n", 1)
    other = f"# a comment\n{rest}\n{first}   # at the end\n".replace("lamports: 1000", "lamports:   '1000'")
    assert compile_case(load_text(text, "a")).content_hash == compile_case(load_text(other, "b")).content_hash


@pytest.mark.parametrize(
    "parts",
    [
        {"top": "description: other words"},
        {"top": "tags: [x]"},
        {"top": "surprise: 1"},
        {"truth": "  success_criteria: [{type: a}]"},
        {"truth": "  min_score: 1.00"},
        {"assertions": "    - {type: SolBalance, pubkey: USER_WALLET_PUBKEY, expected: '5', weight: 1.0}"},
    ],
)
def test_what_no_verdict_depends_on_does_not_change_the_hash(compiled: Compile, parts: dict[str, str]):
    assert compiled(**parts).content_hash == compiled().content_hash


@pytest.mark.parametrize(
    "parts",
    [
        {"prompt": "Do it!"},
        {"top": "reference: [[{kind: balances}]]"},
        {"top": 'flow: [{step: 1, prompt: "Do it."}]'},
        {"top": "market: depeg"},
        {"top": "elapsed_seconds: 1"},
        {"assertions": "    - {type: SolBalance, pubkey: USER_WALLET_PUBKEY, expected: 5, after_step: 1}"},
        {"truth": "  min_score: 0.5"},
        {"assertions": "    - {type: SolBalance, pubkey: USER_WALLET_PUBKEY, expected: 6}"},
        {"accounts": '  - {pubkey: A, owner: "11111111111111111111111111111111"}'},
        {"truth": '  expected_instructions: [{program_id: "11111111111111111111111111111111", accounts: []}]'},
    ],
)
def test_what_a_verdict_depends_on_changes_the_hash(compiled: Compile, parts: dict[str, str]):
    assert compiled(**parts).content_hash != compiled().content_hash


def test_the_hash_is_the_same_in_another_process():
    path = BUILT_IN / "004-partial-score-spl-transfer.yml"
    program = f"from reev_runner.files import load_case; print(load_case({str(path)!r}).content_hash)"
    environment = {**os.environ, "PYTHONHASHSEED": "4711"}
    run = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == load_case(path).content_hash


def test_a_compiled_case_survives_json(compiled: Compile):
    case = compiled(top="reference: [[{kind: balances}]]")
    assert TestCase.model_validate_json(case.model_dump_json()) == case


SOURCE = (BUILT_IN / "004-partial-score-spl-transfer.yml").read_text("utf-8").splitlines()
VALUES = st.sampled_from(
    ["", "~", "[]", "{}", "-1", "0", "1e3", "18446744073709551616", "yes", "true", "'x'", "USER_USDC_ATA", "W" * 64]
)


@given(line=st.integers(0, len(SOURCE) - 1), value=VALUES, drop=st.booleans())
def test_a_damaged_file_raises_nothing_but_a_benchmark_error(line: int, value: str, drop: bool):
    key = SOURCE[line].split(":")[0]
    damaged = [*SOURCE[:line], *([] if drop else [f"{key}: {value}"]), *SOURCE[line + 1 :]]
    try:
        complaint = compile_case(load_text("\n".join(damaged), "b.yml")) and "b.yml:"
    except BenchmarkError as error:
        complaint = str(error)
    assert complaint.startswith("b.yml:")


def test_a_case_is_loaded_from_its_path(tmp_path: Path, write: Callable[..., str]):
    path = tmp_path / "b.yml"
    path.write_text(write(), encoding="utf-8")
    assert load_case(path).id == "x-1"


def test_a_wallet_and_a_mode_are_kept(compiled):
    owner = "9aE476sH92Vz7DMPyq5WLPkrKWivxeuTKEFKd2sZZcde"
    case = compiled(top=f"wallet: {owner}\natomic_mode: lenient")
    assert (case.wallet, case.atomic_mode) == (owner, "lenient")


def test_a_file_that_says_nothing_of_them_has_the_hash_it_had_before_they_existed(compiled):
    assert compiled().content_hash == "a70ed65f451026281aa2265e0a629ff1d962dc9ed9336a7fb30dc51dacc9dfff"
    assert compiled(top="atomic_mode: conditional").content_hash == compiled().content_hash
    assert compiled(top="atomic_mode: strict").content_hash != compiled().content_hash


@pytest.mark.parametrize("top", ["wallet: nobody", "atomic_mode: sometimes"])
def test_what_is_no_wallet_or_mode_is_refused(refused, top):
    assert refused(top=top).code == "wrong_value"


def test_required_tools_change_the_hash_where_there_are_some(compiled: Compile):
    plain, empty, some = (
        compiled(top=f"flow: [{{step: 1, prompt: a{tools}}}]").content_hash
        for tools in ("", ", required_tools: []", ", required_tools: [spl_transfer]")
    )
    assert plain == empty != some
