from __future__ import annotations

from typing import Any

import pytest
from solders.transaction_status import (
    InstructionErrorCustom,
    InstructionErrorFieldless,
    TransactionErrorDuplicateInstruction,
    TransactionErrorFieldless,
    TransactionErrorInstructionError,
    TransactionErrorInsufficientFundsForRent,
    TransactionErrorProgramExecutionTemporarilyRestricted,
)

from reev_tools.chain._failures import failure_of
from reev_tools.programs import (
    ASSOCIATED_TOKEN_PROGRAM,
    SYSTEM_PROGRAM,
    create_associated_token_account,
    transfer_checked,
    transfer_lamports,
)
from reev_types.chain import AccountMeta, AccountState, Instruction
from reev_types.tokens import find_token

SOL = 10**9
USDC = find_token("USDC")
MEMO = "MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr"
COMPUTE_BUDGET = "ComputeBudget111111111111111111111111111111"
SWAP = "JUP6LkbZbjS1jKKwapdHNy74zcZ3tLUZoi5QNyVTaV4"


async def test_an_overdraft_is_told_in_numbers(sandbox: Any) -> None:
    alice, bob = await sandbox.wallet("alice", SOL), sandbox.keys.address("bob")
    outcome = await sandbox.send(transfer_lamports(alice, bob, 2 * SOL), payer=alice)
    assert outcome.failure.message == "Transfer: insufficient lamports 999995000, need 2000000000"


async def test_the_innermost_program_decides_what_ran_short(sandbox: Any) -> None:
    pauper = await sandbox.wallet("pauper", 1_000_000)
    account = sandbox.chain.associated_token_address(pauper, USDC.mint, USDC.program)
    order = create_associated_token_account(pauper, account, pauper, USDC.mint, USDC.program)
    outcome = await sandbox.send(order, payer=pauper)
    assert outcome.failure.code == "insufficient_lamports"
    assert outcome.failure.program_id == ASSOCIATED_TOKEN_PROGRAM
    assert outcome.failure.message == "Transfer: insufficient lamports 995000, need 2039280"


async def test_a_token_program_says_what_is_wrong(sandbox: Any) -> None:
    alice, bob = await sandbox.wallet("alice"), await sandbox.wallet("bob")
    source = await sandbox.chain.set_token_balance(alice, USDC.mint, 10)
    target = await sandbox.chain.set_token_balance(bob, USDC.mint, 0)
    theft = transfer_checked(USDC.program, source, USDC.mint, target, bob, 1, 6)
    outcome = await sandbox.send(theft, payer=bob)
    assert (outcome.failure.code, outcome.failure.custom_code) == ("program_error", 4)
    assert outcome.failure.message == "owner does not match"


async def test_a_program_that_misses_a_signature_says_so(sandbox: Any) -> None:
    alice, bob = await sandbox.wallet("alice"), await sandbox.wallet("bob")
    order = transfer_lamports(alice, bob, SOL)
    unsigned = order.model_copy(
        update={"accounts": (AccountMeta(pubkey=alice, is_writable=True), AccountMeta(pubkey=bob, is_writable=True))}
    )
    outcome = await sandbox.send(unsigned, payer=bob)
    assert outcome.failure.code == "missing_signature"
    assert outcome.landed


async def test_a_specific_reason_is_preferred_to_what_was_logged_before(sandbox: Any) -> None:
    alice = await sandbox.wallet("alice")
    outcome = await sandbox.send(Instruction(program_id=MEMO, accounts=(), data=b"\xff\xfe"), payer=alice)
    assert outcome.failure.code == "program_error"
    assert outcome.failure.message.startswith("invalid utf-8 sequence")


async def test_two_compute_budgets_are_one_too_many(sandbox: Any) -> None:
    alice = await sandbox.wallet("alice")
    budget = Instruction(program_id=COMPUTE_BUDGET, accounts=(), data=b"\2" + bytes(4))
    outcome = await sandbox.send(budget, budget, payer=alice)
    assert (outcome.landed, outcome.failure.code) == (False, "invalid_transaction")
    assert outcome.failure.message == "duplicate instruction"


async def test_an_account_with_data_cannot_pay_fees(sandbox: Any) -> None:
    alice = sandbox.keys.address("alice")
    await sandbox.chain.set_account(AccountState(address=alice, owner=SYSTEM_PROGRAM, lamports=SOL, data=b"x"))
    outcome = await sandbox.send(payer=alice)
    assert (outcome.landed, outcome.failure.code) == (False, "invalid_transaction")
    assert outcome.failure.message == "invalid account for fee"


async def test_a_payer_below_the_fee_is_told_apart_from_a_missing_one(sandbox: Any) -> None:
    alice = await sandbox.wallet("alice", 4_999)
    outcome = await sandbox.send(payer=alice)
    assert (outcome.landed, outcome.failure.code) == (False, "insufficient_lamports")
    assert outcome.failure.message == "the fee payer cannot pay the fee"
    missing = await sandbox.send(payer=sandbox.keys.address("missing"))
    assert missing.failure.message == "the fee payer does not exist, so it cannot pay the fee"


async def test_a_payer_whom_the_fee_would_push_below_rent_exemption_is_named(sandbox: Any) -> None:
    alice = await sandbox.wallet("alice", 890_880 + 4_999)
    outcome = await sandbox.send(payer=alice)
    assert (outcome.landed, outcome.failure.code) == (False, "rent")
    assert outcome.failure.message == f"{alice} would hold too little to be rent-exempt"


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (
            TransactionErrorFieldless.ProgramAccountNotFound,
            "unknown_program",
            "an instruction calls what is no program",
        ),
        (TransactionErrorFieldless.AccountLoadedTwice, "invalid_transaction", "account loaded twice"),
        (TransactionErrorDuplicateInstruction(1), "invalid_transaction", "duplicate instruction"),
        (
            TransactionErrorProgramExecutionTemporarilyRestricted(1),
            "invalid_transaction",
            "program execution temporarily restricted",
        ),
        (TransactionErrorInsufficientFundsForRent(1), "rent", "key1 would hold too little to be rent-exempt"),
    ],
)
def test_an_error_of_the_transaction_as_a_whole_is_put_in_words(error: Any, code: str, message: str) -> None:
    failure = failure_of(error, (), ["key0", "key1"], [SWAP])
    assert (failure.code, failure.message, failure.instruction_index) == (code, message, None)


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (InstructionErrorFieldless.AccountNotRentExempt, "rent", "account not rent exempt"),
        (InstructionErrorFieldless.UnsupportedProgramId, "unknown_program", "unsupported program id"),
        (InstructionErrorFieldless.InvalidAccountData, "program_error", "invalid account data"),
        (InstructionErrorCustom(6001), "program_error", "custom(6001)"),
    ],
)
def test_an_error_without_logs_is_put_in_words(error: Any, code: str, message: str) -> None:
    failure = failure_of(TransactionErrorInstructionError(1, error), (), [], [SYSTEM_PROGRAM, SWAP])
    assert (failure.code, failure.message, failure.instruction_index) == (code, message, 1)
    assert failure.program_id == SWAP


def test_error_1_of_other_programs_means_what_they_say() -> None:
    error = TransactionErrorInstructionError(0, InstructionErrorCustom(1))
    assert failure_of(error, (), [], [SWAP]).code == "program_error"
    assert failure_of(error, (), [], [SYSTEM_PROGRAM]).code == "insufficient_lamports"


def test_the_words_of_an_earlier_instruction_are_not_taken_for_the_reason() -> None:
    logs = [
        f"Program {MEMO} invoke [1]",
        "Program log: all is well",
        f"Program {MEMO} success",
        f"Program {SWAP} invoke [1]",
        f"Program {SWAP} consumed 10 of 200000 compute units",
        f"Program {SWAP} failed: custom program error: 0x1771",
    ]
    error = TransactionErrorInstructionError(1, InstructionErrorCustom(6001))
    failure = failure_of(error, logs, [], [MEMO, SWAP])
    assert (failure.message, failure.custom_code) == ("custom program error: 0x1771", 6001)
