"""The markets' own errors in words that an agent can act on: by program and number, since both count from 6000."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from reev_tools.market.lend import LEND_PROGRAM, LendError
from reev_tools.market.swap import JUPITER_ERRORS, SWAP_PROGRAM
from reev_types.chain import TransactionFailure

__all__ = ["ProgramError", "program_error"]

_FAILED = re.compile(r"Program (?P<program>\w{32,44}) failed: custom program error: 0x(?P<number>[0-9a-f]+)")


class ProgramError(NamedTuple):
    """A program's error under a stable code, and what can be done about it."""

    code: str
    way_out: str
    number: int
    program: str


_FRESH_QUOTE = "the price has moved: call the tool again for a fresh quote, or allow more slippage_bps"
_OTHER_ROUTE = "call the tool again for a fresh quote, or choose another venue or amount"
_LESS = "ask for less, or call refuse with code insufficient_funds"

_EXPLAINED: dict[tuple[str, int], tuple[str, str]] = {
    (SWAP_PROGRAM, 6001): ("slippage_exceeded", _FRESH_QUOTE),
    (SWAP_PROGRAM, 6017): ("exact_out_amount_not_matched", "the output cannot be met exactly: use swap_mode ExactIn"),
    (SWAP_PROGRAM, 6018): ("same_mint", "give two different tokens"),
    (SWAP_PROGRAM, 6024): ("insufficient_funds", _LESS),
    (LEND_PROGRAM, LendError.F_TOKEN_DEPOSIT_INSIGNIFICANT): ("amount_too_small", "deposit more"),
    (LEND_PROGRAM, LendError.F_TOKEN_MIN_AMOUNT_OUT): ("slippage_exceeded", _FRESH_QUOTE),
    (LEND_PROGRAM, LendError.F_TOKEN_MAX_AMOUNT): ("slippage_exceeded", _FRESH_QUOTE),
    (LEND_PROGRAM, LendError.F_TOKEN_INVALID_PARAMS): ("invalid_amount", "give an amount above zero"),
    (LEND_PROGRAM, LendError.F_TOKEN_CPI_TO_LIQUIDITY_FAILED): (
        "insufficient_liquidity",
        "the vault cannot pay that much now: ask for less, see get_lend_earn_tokens for what can be withdrawn",
    ),
    (LEND_PROGRAM, LendError.F_TOKEN_USER_SUPPLY_POSITION_REQUIRED): (
        "insufficient_liquidity",
        "the vault cannot pay that much now: ask for less",
    ),
}


def program_error(failure: TransactionFailure, logs: Sequence[str]) -> ProgramError | None:
    """Return what a market program's own error means, or None for any other failure."""
    if failure.code != "program_error" or failure.custom_code is None:
        return None
    program, number = _culprit(failure, logs)
    if (program, number) in _EXPLAINED:
        code, way_out = _EXPLAINED[program, number]
    elif program == SWAP_PROGRAM and number in JUPITER_ERRORS:
        code, way_out = JUPITER_ERRORS[number].code, _OTHER_ROUTE
    elif program == LEND_PROGRAM and number in _LEND_NUMBERS:
        code, way_out = LendError(number).name.removeprefix("F_TOKEN_").lower(), "read the vault and try again"
    else:
        return None
    return ProgramError(code, way_out, number, program)


def _culprit(failure: TransactionFailure, logs: Sequence[str]) -> tuple[str, int]:
    """Return who failed first: an error passes through all callers, and only the innermost one knows its meaning."""
    for line in logs:
        failed = _FAILED.match(line)
        if failed is not None:
            return failed["program"], int(failed["number"], 16)
    return failure.program_id or "", failure.custom_code or 0


_LEND_NUMBERS = frozenset(LendError)
