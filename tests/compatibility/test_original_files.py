"""All of the original's benchmark files are read and compiled unchanged."""

from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest
import yaml

from reev_runner.files import BUILT_IN, benchmark_schema, find_benchmarks, load_case, load_file
from reev_runner.files._nodes import plain
from reev_runner.files._yaml import parse_yaml
from reev_types.assertions import AtaDerivation, TokenAccountBalance
from reev_types.benchmarks import InitialAccount, InitialToken

Files = dict[str, Path]

NUMBERS = [
    *("001", "002", "003", "004", "100", "110", "111", "112", "113", "114", "115", "116", "200"),
    *("300", "301", "302", "303", "304", "305"),
]


def test_there_are_nineteen_and_they_are_found_by_folder(originals: Path, original_files: Files):
    assert list(original_files) == NUMBERS
    assert find_benchmarks([originals]) == list(original_files.values())


@pytest.mark.parametrize("number", NUMBERS)
def test_a_file_compiles_to_a_case_of_its_name(original_files: Files, number: str):
    path = original_files[number]
    case = load_case(path)
    assert case.id == path.stem
    assert case.reference is None
    written = yaml.safe_load(path.read_text("utf-8"))
    assert len(case.ground_truth.assertions) == len(written["ground_truth"]["final_state_assertions"])
    assert len(case.steps) == len(written.get("flow", [1]))


@pytest.mark.parametrize("number", NUMBERS)
def test_a_file_is_valid_by_the_schema(original_files: Files, number: str):
    path = original_files[number]
    document = plain(parse_yaml(path.read_text("utf-8"), str(path)))
    jsonschema.Draft202012Validator(benchmark_schema()).validate(document)


@pytest.mark.parametrize("number", NUMBERS)
def test_no_key_of_a_file_is_unknown(original_files: Files, number: str):
    assert load_file(original_files[number]).unknown_keys == {}


@pytest.mark.parametrize(
    ("number", "min_score"),
    [("001", "1"), ("114", "0.6"), ("200", "0.6"), ("300", "0.7"), ("303", "0.75"), ("304", "0.8")],
)
def test_the_score_to_reach_is_read(original_files: Files, number: str, min_score: str):
    assert load_case(original_files[number]).ground_truth.min_score == Decimal(min_score)


def test_flows_keep_their_dependencies(original_files: Files):
    for number in ("116", "200"):
        first, second = load_case(original_files[number]).steps
        assert (first.step_id, second.step_id, second.depends_on) == ("step_1", "step_2", ("step_1",))
        assert first.critical
        assert second.timeout_s == 30


def test_200_means_the_users_account_by_an_undeclared_name(original_files: Files):
    assertion = load_case(original_files["200"]).ground_truth.assertions[1]
    assert isinstance(assertion, TokenAccountBalance)
    assert assertion.address_derivation == AtaDerivation(
        owner="USER_WALLET_PUBKEY", mint="EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v"
    )


def test_304_has_its_lending_position_as_shares(original_files: Files):
    shares = load_case(original_files["304"]).accounts[2]
    assert isinstance(shares, InitialToken)
    assert (shares.owner, shares.amount_raw) == ("USER_WALLET_PUBKEY", 120_000_000)
    assert shares.mint == "9BEcn9aPEmhSPbPQeFGjidRiEKki46fVQDyPpSQXPA2D"


@pytest.mark.parametrize("number", ["001", "002", "003", "004"])
def test_the_projects_own_file_keeps_ids_accounts_and_placeholders(original_files: Files, number: str):
    theirs = load_case(original_files[number])
    ours = load_case(BUILT_IN / original_files[number].name)
    assert (ours.id, ours.tags, ours.accounts) == (theirs.id, theirs.tags, theirs.accounts)
    assert ours.ground_truth.assertions == theirs.ground_truth.assertions
    assert ours.prompt != theirs.prompt
    assert ours.description != theirs.description


@pytest.mark.parametrize("number", ["300", "301", "302", "303", "304", "305"])
def test_the_projects_own_300s_ask_for_the_same_of_the_same_holdings(original_files: Files, number: str):
    theirs = load_case(original_files[number])
    ours = load_case(BUILT_IN / original_files[number].name)
    assert (ours.id, ours.tags, ours.prompt) == (theirs.id, theirs.tags, theirs.prompt)
    assert [held(account) for account in ours.accounts] == [held(account) for account in theirs.accounts]
    assert ours.description != theirs.description
    assert ours.not_gradable == ()


def held(account: InitialAccount) -> tuple[str, int]:
    if isinstance(account, InitialToken):
        return account.mint, account.amount_raw
    return account.name, account.lamports
