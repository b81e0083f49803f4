from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reev_runner.judgement._instructions import instruction_score
from reev_types.benchmarks import ExpectedAccount, ExpectedInstruction
from reev_types.chain import AccountMeta, Instruction
from reev_types.tokens import TOKEN_2022_PROGRAM, TOKEN_PROGRAM, find_token

USDC = find_token("USDC").mint
SYSTEM_PROGRAM = "11111111111111111111111111111111"
ATA_PROGRAM = "ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL"
COMPUTE_BUDGET = "ComputeBudget111111111111111111111111111111"
MEMO = "MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr"

Score = Callable[..., Fraction | None]


@pytest.fixture(scope="session")
def score(make_case: Any, make_evidence: Any) -> Score:
    def compute(expected: Any, executed: Any, **truth: Any) -> Fraction | None:
        case = make_case(expected_instructions=tuple(expected), **truth)
        return instruction_score(case, make_evidence(executed=tuple(executed)))

    return compute


def _amount(raw: int) -> bytes:
    return raw.to_bytes(8, "little")


def _account(name: str, *, signer: bool = False, writable: bool = True, weight: str = "0.25") -> ExpectedAccount:
    return ExpectedAccount(pubkey=name, is_signer=signer, is_writable=writable, weight=weight)


SOURCE, DESTINATION = _account("USER_USDC_ATA"), _account("RECIPIENT_USDC_ATA")
AUTHORITY = _account("USER_WALLET_PUBKEY", signer=True, writable=False)
MINT = _account(USDC, writable=False)


def _expected(data: bytes | None = None, *, mint: bool = False, program: str = TOKEN_PROGRAM) -> ExpectedInstruction:
    accounts = (SOURCE, MINT, DESTINATION, AUTHORITY) if mint else (SOURCE, DESTINATION, AUTHORITY)
    return ExpectedInstruction(
        program_id=program, program_id_weight="0.5", accounts=accounts, data=data, data_weight="0.5"
    )


@pytest.fixture(scope="session")
def transfers(wallet: str, recipient: str, ata: Any) -> Callable[..., dict[str, Instruction]]:
    """The three encodings of a transfer of ``raw`` units from the wallet."""

    def build(raw: int, program: str = TOKEN_PROGRAM, target: str | None = None) -> dict[str, Instruction]:
        source = AccountMeta(pubkey=ata(wallet, USDC), is_writable=True)
        destination = AccountMeta(pubkey=target or ata(recipient, USDC), is_writable=True)
        authority, mint = AccountMeta(pubkey=wallet, is_signer=True), AccountMeta(pubkey=USDC)
        checked = (source, mint, destination, authority)
        rows = {
            "plain": ((source, destination, authority), b"\x03" + _amount(raw)),
            "checked": (checked, b"\x0c" + _amount(raw) + b"\x06"),
            "with fee": (checked, b"\x1a\x01" + _amount(raw) + b"\x06" + _amount(0)),
        }
        return {
            name: Instruction(program_id=program, accounts=accounts, data=data)
            for name, (accounts, data) in rows.items()
        }

    return build


@pytest.mark.parametrize("program", [TOKEN_PROGRAM, TOKEN_2022_PROGRAM])
@pytest.mark.parametrize("encoding", ["plain", "checked", "with fee"])
@pytest.mark.parametrize("mint", [False, True])
@pytest.mark.parametrize("data", [None, b"\x03" + _amount(5), b"\x0c" + _amount(5) + b"\x06"])
def test_every_encoding_of_the_transfer_is_a_perfect_match(
    score: Score, transfers: Any, program: str, encoding: str, mint: bool, data: bytes | None
) -> None:
    if data is not None:
        mint = data[0] == 12

    expected = _expected(data, mint=mint, program=program)

    assert score([expected], [transfers(5, program)[encoding]]) == 1


def test_another_amount_loses_the_weight_of_the_data(score: Score, transfers: Any) -> None:
    found = score([_expected(b"\x03" + _amount(5))], [transfers(6)["checked"]])

    assert found == Fraction("1.25") / Fraction("1.75")


def test_another_destination_loses_the_weight_of_its_account(score: Score, transfers: Any, address: Any) -> None:
    found = score([_expected()], [transfers(5, target=address("mallory"))["checked"]])

    assert found == Fraction(1, 1) / Fraction("1.25")


def test_another_program_earns_nothing_at_all(score: Score, transfers: Any) -> None:
    assert score([_expected()], [transfers(5, TOKEN_2022_PROGRAM)["plain"]]) == 0


def test_unattainable_data_costs_its_weight_and_no_account(score: Score, transfers: Any) -> None:
    expected = _expected(bytes.fromhex("fef607bf5df7"))

    assert score([expected], [transfers(5_000_000)["checked"]]) == Fraction("1.25") / Fraction("1.75")


def test_nothing_executed_earns_nothing(score: Score) -> None:
    assert score([_expected()], []) == 0


def test_accessory_instructions_count_on_neither_side(score: Score, transfers: Any) -> None:
    accessories = [Instruction(program_id=program, accounts=(), data=b"") for program in (COMPUTE_BUDGET, MEMO)]
    creation = ExpectedInstruction(program_id=ATA_PROGRAM)

    assert score([creation, _expected()], [*accessories, transfers(5)["plain"]]) == 1
    assert score([creation], accessories) is None


def test_nothing_expected_is_nothing_to_score(score: Score, transfers: Any) -> None:
    assert score([], [transfers(5)["plain"]]) is None
    assert score([ExpectedInstruction(program_id=TOKEN_PROGRAM, program_id_weight="0")], []) is None


def test_a_benchmark_may_skip_this_validation(score: Score, transfers: Any) -> None:
    assert score([_expected()], [transfers(5)["plain"]], skip_instruction_validation=True) is None


def test_one_executed_instruction_serves_one_expected_instruction(score: Score, transfers: Any) -> None:
    transfer = transfers(5)["plain"]

    assert score([_expected(), _expected()], [transfer]) == Fraction(1, 2)
    assert score([_expected(), _expected()], [transfer, transfer]) == 1


def test_extra_instructions_do_not_lower_the_score(score: Score, transfers: Any, address: Any) -> None:
    drain = transfers(50, target=address("mallory"))["plain"]

    assert score([_expected(b"\x03" + _amount(5))], [drain, transfers(5)["plain"]]) == 1


@pytest.mark.parametrize(
    ("meta", "expected", "earned"),
    [
        ({"is_signer": True, "is_writable": True}, {"signer": False, "writable": False}, 1),
        ({"is_signer": False, "is_writable": True}, {"signer": True, "writable": True}, 0),
        ({"is_signer": True, "is_writable": False}, {"signer": True, "writable": True}, 0),
    ],
    ids=["more rights", "no signature", "not writable"],
)
def test_an_account_may_have_more_rights_than_expected_and_not_fewer(
    score: Score, recipient: str, meta: Any, expected: Any, earned: int
) -> None:
    wanted = ExpectedInstruction(
        program_id=SYSTEM_PROGRAM,
        program_id_weight="0",
        accounts=(_account("RECIPIENT_WALLET_PUBKEY", **expected),),
    )
    given = Instruction(program_id=SYSTEM_PROGRAM, accounts=(AccountMeta(pubkey=recipient, **meta),), data=b"")

    assert score([wanted], [given]) == earned


def test_the_paying_wallet_signs_and_is_writable_whatever_an_instruction_says(score: Score, wallet: str) -> None:
    wanted = ExpectedInstruction(
        program_id=SYSTEM_PROGRAM, accounts=(_account("USER_WALLET_PUBKEY", signer=True, writable=True),)
    )
    given = Instruction(program_id=SYSTEM_PROGRAM, accounts=(AccountMeta(pubkey=wallet),), data=b"")

    assert score([wanted], [given]) == 1


def test_an_account_that_is_not_given_is_not_met(score: Score) -> None:
    wanted = ExpectedInstruction(program_id=SYSTEM_PROGRAM, accounts=(_account("USER_WALLET_PUBKEY", weight="1"),))

    assert score([wanted], [Instruction(program_id=SYSTEM_PROGRAM, accounts=(), data=b"")]) == Fraction(1, 2)


@given(data=st.data(), amounts=st.lists(st.integers(0, 9), max_size=6))
def test_the_order_of_execution_does_not_matter(
    score: Score, transfers: Any, data: st.DataObject, amounts: list[int]
) -> None:
    expected = [_expected(b"\x03" + _amount(raw)) for raw in data.draw(st.lists(st.integers(0, 9), max_size=4))]
    executed = [transfers(raw)[data.draw(st.sampled_from(["plain", "checked"]))] for raw in amounts]

    found = score(expected, executed)

    assert found == score(expected, data.draw(st.permutations(executed)))
    assert found is None or 0 <= found <= 1
