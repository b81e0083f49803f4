"""LiteSVM's errors in reev's words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from solders.transaction_status import (
    InstructionErrorCustom,
    InstructionErrorType,
    TransactionErrorFieldless,
    TransactionErrorInstructionError,
    TransactionErrorInsufficientFundsForRent,
    TransactionErrorType,
)

from reev_tools.programs import SYSTEM_PROGRAM
from reev_types.chain import FailureCode, TransactionFailure
from reev_types.tokens import TOKEN_2022_PROGRAM, TOKEN_PROGRAM

__all__ = ["failure_of"]

_FAILED = re.compile(r"Program (?P<program>\w{32,44}) failed: (?P<reason>.*)")
_BOOKKEEPING = re.compile(
    r"Program \w{32,44} (invoke|success|consumed|failed)|Program (return|data|consumption): |Program log: Instruction: "
)
_UNSPECIFIC = "custom program error"

_PAYER_CANNOT_PAY: dict[str, str] = {
    "AccountNotFound": "the fee payer does not exist, so it cannot pay the fee",
    "InsufficientFundsForFee": "the fee payer cannot pay the fee",
}
_UNKNOWN_PROGRAM = {
    "InvalidProgramForExecution",
    "ProgramAccountNotFound",
    "UnsupportedProgramId",
}
_INSUFFICIENT: dict[str, FailureCode] = {
    SYSTEM_PROGRAM: "insufficient_lamports",
    TOKEN_PROGRAM: "insufficient_tokens",
    TOKEN_2022_PROGRAM: "insufficient_tokens",
}
"""The programs whose own error 1 means that a balance is too small."""


def failure_of(
    error: TransactionErrorType, logs: Sequence[str], keys: Sequence[str], programs: Sequence[str]
) -> TransactionFailure:
    """Return why a transaction failed.

    ``keys`` are the addresses that the transaction names, in the VM's order; ``programs`` are those of its
    instructions.
    """
    match error:
        case TransactionErrorInstructionError():
            return _instruction_failure(error.index, error.err, logs, programs)
        case TransactionErrorInsufficientFundsForRent():
            address = keys[error.account_index]
            return TransactionFailure(code="rent", message=f"{address} would hold too little to be rent-exempt")
        case TransactionErrorFieldless():
            return _fieldless_failure(_name(error))
        case _:
            words = _in_words(type(error).__name__.removeprefix("TransactionError"))
            return TransactionFailure(code="invalid_transaction", message=words)


def _fieldless_failure(name: str) -> TransactionFailure:
    if name in _PAYER_CANNOT_PAY:
        return TransactionFailure(code="insufficient_lamports", message=_PAYER_CANNOT_PAY[name])
    if name in _UNKNOWN_PROGRAM:
        return TransactionFailure(code="unknown_program", message="an instruction calls what is no program")
    return TransactionFailure(code="invalid_transaction", message=_in_words(name))


def _instruction_failure(
    index: int, error: InstructionErrorType, logs: Sequence[str], programs: Sequence[str]
) -> TransactionFailure:
    custom = error.code if isinstance(error, InstructionErrorCustom) else None
    name = f"Custom({custom})" if custom is not None else _name(error)
    culprit, reason = _first_failure(logs)
    return TransactionFailure(
        code=_instruction_code(name, culprit or programs[index]),
        message=reason or _in_words(name),
        instruction_index=index,
        program_id=programs[index],
        custom_code=custom,
    )


def _instruction_code(name: str, culprit: str) -> FailureCode:
    if name == "Custom(1)":
        return _INSUFFICIENT.get(culprit, "program_error")
    if name == "MissingRequiredSignature":
        return "missing_signature"
    if name == "AccountNotRentExempt":
        return "rent"
    return "unknown_program" if name in _UNKNOWN_PROGRAM else "program_error"


def _first_failure(logs: Sequence[str]) -> tuple[str | None, str | None]:
    """Return the program that failed first, which is the innermost, and why, in the words of its log."""
    spoken = None
    for line in logs:
        failed = _FAILED.match(line)
        if failed is not None:
            return failed["program"], _reason(failed["reason"], spoken)
        if line.endswith(" invoke [1]"):
            spoken = None
        elif not _BOOKKEEPING.match(line):
            spoken = line
    return None, None


def _reason(reason: str, spoken: str | None) -> str:
    if spoken is None or not reason.startswith(_UNSPECIFIC):
        return reason
    return spoken.removeprefix("Program log: ").removeprefix("Error: ")


def _name(error: object) -> str:
    return repr(error).rpartition(".")[2]


def _in_words(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()
