"""Vaults of Token-2022 mints: plain ones work, those that withhold a fee or call a hook are refused."""

from __future__ import annotations

import struct
from typing import Any

import pytest
from solders.pubkey import Pubkey

from reev_tools.chain import encode_mint, encode_token_account
from reev_tools.chain._extensions import Extension
from reev_tools.market.lend import EVERYTHING, LEND_PROGRAM, LENDING_ADMIN, LendError, VaultTerms
from reev_types.chain import AccountState
from reev_types.tokens import TOKEN_2022_PROGRAM, TOKEN_PROGRAM, find_token

SOL = 10**9
MILLION = 10**6
PYUSD = find_token("PYUSD")
TERMS = VaultTerms(
    mint=PYUSD.mint,
    decimals=6,
    rate_basis_points=500,
    supply_raw=10**10,
    liquidity_raw=2 * 10**10,
    base_price=1_100_000_000_000,
    token_program=TOKEN_2022_PROGRAM,
)
NO_KEY = bytes(32)


def fee_of(basis_points: int) -> tuple[int, bytes]:
    one = struct.pack("<QQH", 0, 10**15, basis_points)
    return Extension.TRANSFER_FEE_CONFIG, bytes(72) + one + one


def hook_into(program: str) -> tuple[int, bytes]:
    return Extension.TRANSFER_HOOK, NO_KEY + bytes(Pubkey.from_string(program))


async def open_with(open_lender: Any, extension: tuple[int, bytes], of_holder: tuple[int, bytes]) -> Any:
    """Open a vault whose mint has an extension, as have the accounts that hold it."""
    mint = encode_mint(decimals=6, supply_raw=2**63, extensions=[extension])
    asset = AccountState(address=PYUSD.mint, owner=TOKEN_2022_PROGRAM, lamports=SOL, data=mint)
    lender = await open_lender(TERMS, assets_raw=10**9, shares_raw=10**9, extra=(asset,))
    held = encode_token_account(
        mint=PYUSD.mint, owner=LENDING_ADMIN, amount_raw=TERMS.liquidity_raw, extensions=[of_holder]
    )
    vault = AccountState(address=TERMS.addresses.vault, owner=TOKEN_2022_PROGRAM, lamports=SOL, data=held)
    await lender.chain.set_account(vault)
    return lender


async def with_fee(open_lender: Any, basis_points: int) -> Any:
    return await open_with(open_lender, fee_of(basis_points), (Extension.TRANSFER_FEE_AMOUNT, bytes(8)))


@pytest.mark.parametrize(
    ("operation", "assets", "shares"),
    [
        ("deposit", -MILLION, 909_090),
        ("mint", -1_100_000, MILLION),
        ("withdraw", MILLION, -909_091),
        ("redeem", 1_100_000, -MILLION),
    ],
)
async def test_a_plain_mint_works(open_lender: Any, operation: str, assets: int, shares: int) -> None:
    lender = await open_lender(TERMS, assets_raw=10**9, shares_raw=10**9)
    outcome = await lender.call(operation, MILLION)
    assert outcome.succeeded, outcome.failure
    assert outcome.compute_units < 20_000
    moved = (await lender.balance(lender.assets) - 10**9, await lender.balance(lender.shares) - 10**9)
    assert moved == (assets, shares)


async def test_a_fee_of_zero_is_no_obstacle(open_lender: Any) -> None:
    lender = await with_fee(open_lender, 0)
    assert (await lender.call("deposit", EVERYTHING)).succeeded
    assert (await lender.call("withdraw", EVERYTHING)).succeeded


@pytest.mark.parametrize("operation", ["deposit", "mint", "withdraw", "redeem"])
async def test_a_mint_that_withholds_a_fee_is_refused(open_lender: Any, operation: str) -> None:
    lender = await with_fee(open_lender, 1)
    before = await lender.holdings()
    outcome = await lender.call(operation, MILLION)
    assert outcome.failure.custom_code == LendError.F_TOKEN_CPI_TO_LIQUIDITY_FAILED
    assert await lender.holdings() == before


@pytest.mark.parametrize("operation", ["deposit", "mint", "withdraw", "redeem"])
async def test_a_hook_cannot_enter_the_program_again(open_lender: Any, operation: str) -> None:
    lender = await open_with(open_lender, hook_into(LEND_PROGRAM), (Extension.TRANSFER_HOOK_ACCOUNT, bytes(1)))
    before = await lender.holdings()
    outcome = await lender.call(operation, MILLION)
    assert outcome.failure.code == "program_error"
    assert await lender.holdings() == before


async def test_the_classic_token_program_is_refused_for_it(open_lender: Any) -> None:
    lender = await open_lender(TERMS, assets_raw=10**9)
    outcome = await lender.call("deposit", MILLION, accounts={"token_program": TOKEN_PROGRAM})
    assert outcome.failure.custom_code == LendError.CONSTRAINT_MINT_TOKEN_PROGRAM
