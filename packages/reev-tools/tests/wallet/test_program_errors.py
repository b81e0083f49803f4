"""The same number means different things in different programs, and the innermost failure is the one that counts."""

import pytest

from reev_tools.market.lend import LEND_PROGRAM
from reev_tools.market.swap import SWAP_PROGRAM
from reev_tools.wallet._program_errors import program_error
from reev_types.chain import TransactionFailure

OTHER = "whirLbMiicVdio4qvUfM5KAg6Ct8VwpYzGff3uctyCc"


def failure(program, number, code="program_error"):
    return TransactionFailure(code=code, message="", instruction_index=0, program_id=program, custom_code=number)


def line(program, number):
    return f"Program {program} failed: custom program error: {number:#x}"


@pytest.mark.parametrize(
    ("program", "number", "code"),
    [
        (SWAP_PROGRAM, 6001, "slippage_exceeded"),
        (SWAP_PROGRAM, 6024, "insufficient_funds"),
        (SWAP_PROGRAM, 6008, "not_enough_account_keys"),
        (LEND_PROGRAM, 6000, "amount_too_small"),
        (LEND_PROGRAM, 6001, "slippage_exceeded"),
        (LEND_PROGRAM, 6003, "invalid_amount"),
        (LEND_PROGRAM, 6007, "insufficient_liquidity"),
        (LEND_PROGRAM, 2001, "constraint_has_one"),
    ],
)
def test_an_error_is_known_by_program_and_number(program, number, code):
    known = program_error(failure(program, number), [line(program, number)])
    assert known is not None
    assert (known.code, known.number, known.program) == (code, number, program)
    assert known.way_out


@pytest.mark.parametrize(("program", "number"), [(SWAP_PROGRAM, 6100), (LEND_PROGRAM, 5999), (OTHER, 6001)])
def test_what_is_not_known_is_left_as_it_is(program, number):
    assert program_error(failure(program, number), [line(program, number)]) is None


def test_a_callees_error_is_not_taken_for_the_callers():
    logs = [line(OTHER, 6001), line(SWAP_PROGRAM, 6001)]
    assert program_error(failure(SWAP_PROGRAM, 6001), logs) is None
    assert program_error(failure(SWAP_PROGRAM, 6007), [line(LEND_PROGRAM, 6007)]).code == "insufficient_liquidity"


def test_without_logs_the_instructions_own_program_counts():
    assert program_error(failure(SWAP_PROGRAM, 6001), []).code == "slippage_exceeded"


def test_a_failure_that_has_a_code_already_keeps_it():
    assert program_error(failure(SWAP_PROGRAM, 1, "insufficient_tokens"), [line(SWAP_PROGRAM, 1)]) is None
