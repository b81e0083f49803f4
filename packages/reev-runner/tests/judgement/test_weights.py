from fractions import Fraction

import pytest

from reev_runner.judgement._weights import data_weight, full_weight, total_weight
from reev_types.benchmarks import ExpectedAccount, ExpectedInstruction
from reev_types.tokens import TOKEN_PROGRAM


@pytest.mark.parametrize(
    ("data", "weight", "earned"), [(b"\x03", "0.5", "0.5"), (None, "0.5", "0"), (b"\x03", None, "0")]
)
def test_data_counts_only_with_its_weight(data: bytes | None, weight: str | None, earned: str) -> None:
    expected = ExpectedInstruction(program_id=TOKEN_PROGRAM, data=data, data_weight=weight)

    assert data_weight(expected) == Fraction(earned)


def test_a_perfect_match_earns_program_data_and_accounts() -> None:
    account = ExpectedAccount(pubkey="A", is_signer=False, is_writable=True, weight="0.25")
    expected = ExpectedInstruction(
        program_id=TOKEN_PROGRAM, program_id_weight="0.5", accounts=(account,) * 3, data=b"\x03", data_weight="0.5"
    )

    assert full_weight(expected) == Fraction("1.75")
    assert total_weight([expected, expected]) == Fraction("3.5")
