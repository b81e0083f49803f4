from typing import Any

import pytest

from reev_runner.judgement._legacy import legacy_score
from reev_runner.judgement._score import rounded
from reev_types.benchmarks import ExpectedAccount, ExpectedInstruction
from reev_types.chain import AccountMeta, Instruction, TransactionFailure, TransactionOutcome
from reev_types.tokens import TOKEN_PROGRAM, find_token

USDC = find_token("USDC").mint
SYSTEM_PROGRAM = "11111111111111111111111111111111"
COMPUTE_BUDGET = Instruction(
    program_id="ComputeBudget111111111111111111111111111111", accounts=(), data=bytes.fromhex("02400d0300")
)
SUCCESS = TransactionOutcome(signature="s", slot=1, landed=True)
FAILURE = TransactionOutcome(
    signature="f", slot=1, landed=True, failure=TransactionFailure(code="insufficient_tokens", message="no")
)

# 001: program 1 + accounts 1 + 1 = 3; "..." stands for data that is not scored.
EXPECTED_001 = ExpectedInstruction(
    program_id=SYSTEM_PROGRAM,
    accounts=(
        ExpectedAccount(pubkey="USER_WALLET_PUBKEY", is_signer=True, is_writable=True),
        ExpectedAccount(pubkey="RECIPIENT_WALLET_PUBKEY", is_signer=False, is_writable=True),
    ),
)
# 004: program 0.5 + data 0.5 + accounts 3 · 0.25 = 1.75, with data that no transfer encodes to.
EXPECTED_004 = ExpectedInstruction(
    program_id=TOKEN_PROGRAM,
    program_id_weight="0.5",
    data=bytes.fromhex("fef607bf5df7"),
    data_weight="0.5",
    accounts=(
        ExpectedAccount(pubkey="USER_USDC_ATA", is_signer=False, is_writable=True, weight="0.25"),
        ExpectedAccount(pubkey="RECIPIENT_USDC_ATA", is_signer=False, is_writable=True, weight="0.25"),
        ExpectedAccount(pubkey="USER_WALLET_PUBKEY", is_signer=True, is_writable=False, weight="0.25"),
    ),
)


@pytest.fixture
def score(make_case: Any, make_evidence: Any) -> Any:
    def compute(expected: Any, submitted: Any, outcomes: Any, *, skip: bool = False, reads: Any = frozenset()) -> float:
        case = make_case(expected_instructions=tuple(expected), skip_instruction_validation=skip)
        evidence = make_evidence(instructions=tuple(submitted), transactions=tuple(outcomes), reads=reads)
        return rounded(legacy_score(case, evidence))

    return compute


@pytest.fixture
def sol_transfer(wallet: str, recipient: str) -> Instruction:
    metas = (
        AccountMeta(pubkey=wallet, is_signer=True, is_writable=True),
        AccountMeta(pubkey=recipient, is_writable=True),
    )
    return Instruction(
        program_id=SYSTEM_PROGRAM, accounts=metas, data=b"\x02\x00\x00\x00" + (10**8).to_bytes(8, "little")
    )


@pytest.fixture
def spl_transfer(wallet: str, recipient: str, ata: Any) -> Instruction:
    metas = (
        AccountMeta(pubkey=ata(wallet, USDC), is_writable=True),
        AccountMeta(pubkey=ata(recipient, USDC), is_writable=True),
        AccountMeta(pubkey=wallet, is_signer=True),
    )
    data = b"\x03" + (5_000_000).to_bytes(8, "little")
    return Instruction(program_id=TOKEN_PROGRAM, accounts=metas, data=data)


def test_001_done_perfectly_is_1(score: Any, sol_transfer: Instruction) -> None:
    assert score([EXPECTED_001], [sol_transfer], [SUCCESS]) == 1.0


def test_001_behind_a_compute_budget_instruction_is_a_quarter(score: Any, sol_transfer: Instruction) -> None:
    assert score([EXPECTED_001], [COMPUTE_BUDGET, sol_transfer], [SUCCESS]) == 0.25


def test_001_with_another_recipient_loses_one_weight_of_three(
    score: Any, sol_transfer: Instruction, address: Any
) -> None:
    wrong = AccountMeta(pubkey=address("mallory"), is_writable=True)
    given = sol_transfer.model_copy(update={"accounts": (sol_transfer.accounts[0], wrong)})

    assert score([EXPECTED_001], [given], [SUCCESS]) == 0.75  # 0.75 · 2/3 + 0.25


@pytest.mark.parametrize("flag", ["is_signer", "is_writable"])
def test_001_with_a_flag_that_differs_loses_the_account(score: Any, sol_transfer: Instruction, flag: str) -> None:
    payer, target = sol_transfer.accounts
    given = sol_transfer.model_copy(update={"accounts": (payer.model_copy(update={flag: False}), target)})

    assert score([EXPECTED_001], [given], [SUCCESS]) == 0.75


def test_004_done_perfectly_cannot_earn_its_data(score: Any, spl_transfer: Instruction) -> None:
    assert score([EXPECTED_004], [spl_transfer], [SUCCESS]) == 0.785714  # 0.75 · 1.25/1.75 + 0.25


def test_004_failed_on_chain_keeps_the_instruction_part(score: Any, spl_transfer: Instruction) -> None:
    assert score([EXPECTED_004], [spl_transfer], [FAILURE]) == 0.535714  # 0.75 · 1.25/1.75


def test_data_that_agrees_earns_its_weight(score: Any, spl_transfer: Instruction) -> None:
    attainable = EXPECTED_004.model_copy(update={"data": spl_transfer.data})

    assert score([attainable], [spl_transfer], [SUCCESS]) == 1.0


def test_a_checked_transfer_loses_accounts_by_their_position(score: Any, spl_transfer: Instruction) -> None:
    source, destination, authority = spl_transfer.accounts
    checked = (source, AccountMeta(pubkey=USDC), destination, authority)

    found = score([EXPECTED_004], [spl_transfer.model_copy(update={"accounts": checked})], [SUCCESS])

    assert found == 0.571429  # 0.75 · 0.75/1.75 + 0.25: program and source


def test_100_with_nothing_done_still_gets_three_quarters(score: Any) -> None:
    assert score([], [], []) == 0.75


def test_nothing_submitted_where_something_is_expected_is_0(score: Any) -> None:
    assert score([EXPECTED_001], [], []) == 0.0


def test_only_the_last_transaction_counts(score: Any) -> None:
    assert score([], [], [FAILURE, SUCCESS]) == 1.0
    assert score([], [], [SUCCESS, FAILURE]) == 0.75


def test_expected_instructions_without_weight_count_as_matched(score: Any) -> None:
    weightless = ExpectedInstruction(program_id=SYSTEM_PROGRAM, program_id_weight="0")

    assert score([weightless], [], []) == 0.75


READ = frozenset({"get_account_balance"})


@pytest.mark.parametrize(
    ("outcomes", "reads", "expected"), [([], {}, 0.0), ([], READ, 1.0), ([FAILURE], {}, 1.0), ([SUCCESS], READ, 1.0)]
)
def test_114_skips_validation_and_any_action_is_a_success(
    score: Any, outcomes: Any, reads: Any, expected: float
) -> None:
    assert score([EXPECTED_001], [], outcomes, skip=True, reads=reads) == expected
