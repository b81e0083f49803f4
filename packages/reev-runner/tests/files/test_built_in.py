"""The project's own benchmarks: what holds for all of them, and what each must not lose."""

from pathlib import Path

import pytest

from reev_runner.files import BUILT_IN, load_case
from reev_types.assertions import AnswerStates, TokenAccountBalance
from reev_types.benchmarks import InitialToken, InitialWallet, TestCase
from reev_types.intents import LendDepositIntent, RefuseIntent, TransferIntent
from reev_types.tokens import find_token

FILES = sorted(BUILT_IN.glob("*.yml"))


def case_of(number: str) -> TestCase:
    return load_case(next(path for path in FILES if path.name.startswith(number)))


def only_intent(case: TestCase) -> object:
    ((intent,),) = case.reference or ()
    return intent


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_is_named_after_its_id_and_has_a_reference(path: Path):
    case = load_case(path)
    assert case.id == path.stem
    assert case.reference is not None
    assert case.not_gradable == ()


def test_001_counts_one_signature_fee():
    case = case_of("001")
    amounts = {item.pubkey: item.expected for item in case.ground_truth.assertions if item.type == "SolBalance"}
    start = {account.name: account.lamports for account in case.accounts if isinstance(account, InitialWallet)}
    assert start["RECIPIENT_WALLET_PUBKEY"] == 0
    assert amounts["RECIPIENT_WALLET_PUBKEY"] == 100_000_000
    assert amounts["USER_WALLET_PUBKEY"] == start["USER_WALLET_PUBKEY"] - 100_000_000 - 5_000


@pytest.mark.parametrize(("number", "raw"), [("002", 15_000_000), ("004", 5_000_000)])
def test_002_and_004_move_what_the_reference_moves(number: str, raw: int):
    case = case_of(number)
    intent = only_intent(case)
    assert isinstance(intent, TransferIntent)
    assert intent.amount.model_dump() == {"kind": "exact", "raw": raw}
    start = {account.name: account.amount_raw for account in case.accounts if isinstance(account, InitialToken)}
    final = {item.pubkey: item.expected for item in case.ground_truth.assertions if item.type == "TokenAccountBalance"}
    assert {name: final[name] - start[name] for name in start} == {"USER_USDC_ATA": -raw, "RECIPIENT_USDC_ATA": raw}


def test_003_rewards_an_explicit_refusal():
    case = case_of("003")
    assert only_intent(case) == RefuseIntent(code="insufficient_funds")
    start = {account.name: account.amount_raw for account in case.accounts if isinstance(account, InitialToken)}
    assert {item.pubkey: item.expected for item in case.ground_truth.assertions if hasattr(item, "mint")} == start


def test_004_expects_a_transfer_of_five_usdc_that_can_be_built():
    (instruction,) = case_of("004").ground_truth.expected_instructions
    assert instruction.data == bytes([3]) + (5_000_000).to_bytes(8, "little")
    weights = [instruction.program_id_weight, instruction.data_weight, *(item.weight for item in instruction.accounts)]
    assert [str(weight) for weight in weights] == ["0.5", "0.5", "0.25", "0.25", "0.25"]


SHARE_PRICES = {"SOL": (1_021_634, 10**6), "USDC": (1_042_088, 10**6)}
"""The opening prices of the vaults, as fractions."""


def expected_of(case: TestCase, symbol: str) -> list[int | None]:
    mint = find_token(symbol).mint
    return [
        item.expected
        for item in case.ground_truth.assertions
        if isinstance(item, TokenAccountBalance) and item.mint == mint and item.after_step is None
    ]


@pytest.mark.parametrize(("number", "symbol", "raw"), [("110", "SOL", 100_000_000), ("111", "USDC", 50_000_000)])
def test_110_and_111_deposit_assets_for_shares_rounded_down(number: str, symbol: str, raw: int):
    price, one = SHARE_PRICES[symbol]
    assert expected_of(case_of(number), f"jl{symbol}") == [raw * one // price]


@pytest.mark.parametrize(
    ("number", "symbol", "raw", "shares_raw"), [("112", "SOL", 10**8, 10**8), ("113", "USDC", 50_000_000, 50_000_000)]
)
def test_112_and_113_withdraw_assets_for_shares_rounded_up(number: str, symbol: str, raw: int, shares_raw: int):
    price, one = SHARE_PRICES[symbol]
    assert expected_of(case_of(number), f"jl{symbol}") == [shares_raw - -(-raw * one // price)]


def test_115_mints_shares_and_pays_assets_rounded_up():
    price, one = SHARE_PRICES["USDC"]
    assert expected_of(case_of("115"), "jlUSDC") == [50_000_000]
    assert expected_of(case_of("115"), "USDC") == [100_000_000 - -(-50_000_000 * price // one)]


def test_116_looks_at_the_state_between_its_steps():
    moments = [getattr(item, "after_step", None) for item in case_of("116").ground_truth.assertions]
    assert moments == ["step_1", "step_1", None, None]


def test_114_waits_thirty_days_and_asks_for_both_facts():
    case = case_of("114")
    facts = [item.fact for item in case.ground_truth.assertions if isinstance(item, AnswerStates)]
    assert (case.elapsed_s, facts) == (30 * 86_400, ["lent", "earned"])


def test_200_lends_what_the_swap_really_brought():
    _, (deposit,) = case_of("200").reference or ()
    assert isinstance(deposit, LendDepositIntent)
    assert deposit.amount.model_dump() == {"kind": "from_step", "step_id": "step_1"}
