from __future__ import annotations

from base64 import b64encode
from typing import Any

import pytest

from reev_tools.market.lend import (
    LEND_PROGRAM,
    LogDeposit,
    LogUpdateRates,
    LogWithdraw,
    VaultTerms,
    lend_events,
)
from reev_types.tokens import find_token

PRICE = 1_050_000_000_000
MILLION = 10**6
OTHER_PROGRAM = "JUP6LkbZbjS1jKKwapdHNy74zcZ3tLUZoi5QNyVTaV4"
RATES = b64encode(bytes.fromhex("de0b713c930f44d9") + (1).to_bytes(8, "little") + (2).to_bytes(8, "little")).decode()


@pytest.fixture
async def lender(open_lender: Any) -> Any:
    usdc = find_token("USDC")
    terms = VaultTerms(
        mint=usdc.mint, decimals=6, rate_basis_points=0, supply_raw=10**9, liquidity_raw=10**9, base_price=PRICE
    )
    return await open_lender(terms, assets_raw=10**9, shares_raw=10**9)


@pytest.mark.parametrize("operation", ["deposit", "mint"])
async def test_entering_is_logged_with_the_price(lender: Any, operation: str) -> None:
    amount_raw = {"deposit": 1_050_000, "mint": MILLION}[operation]
    outcome = await lender.call(operation, amount_raw)
    assert lend_events(outcome.logs) == (
        LogUpdateRates(PRICE, PRICE),
        LogDeposit(lender.owner, lender.owner, 1_050_000, MILLION),
    )


@pytest.mark.parametrize("operation", ["withdraw", "redeem"])
async def test_leaving_is_logged_with_the_price(lender: Any, operation: str) -> None:
    amount_raw = {"withdraw": 1_050_000, "redeem": MILLION}[operation]
    outcome = await lender.call(operation, amount_raw)
    assert lend_events(outcome.logs) == (
        LogUpdateRates(PRICE, PRICE),
        LogWithdraw(lender.owner, lender.owner, lender.owner, 1_050_000, MILLION),
    )


async def test_the_log_names_the_instruction(lender: Any) -> None:
    outcome = await lender.call("redeem", MILLION, 1)
    assert "Program log: Instruction: RedeemWithMinAmountOut" in outcome.logs


def test_what_another_program_logs_does_not_count() -> None:
    logs = [
        f"Program {LEND_PROGRAM} invoke [1]",
        f"Program {OTHER_PROGRAM} invoke [2]",
        f"Program data: {RATES}",
        f"Program {OTHER_PROGRAM} success",
        f"Program data: {RATES}",
        f"Program {LEND_PROGRAM} success",
        f"Program data: {RATES}",
    ]
    assert lend_events(logs) == (LogUpdateRates(1, 2),)


def test_data_of_another_shape_is_no_event() -> None:
    logs = [f"Program {LEND_PROGRAM} invoke [1]", "Program data: AAAA", f"Program data: {RATES[:24]}"]
    assert lend_events(logs) == ()
