"""Every way in which the program says no, and that nothing moves when it does."""

from __future__ import annotations

import struct
from typing import Any

import pytest

from reev_tools.market.lend import EVERYTHING, LENDING_ADMIN, PRICE_ONE, LendError, VaultTerms
from reev_tools.market.lend._layouts import LENDING, TOKEN_RESERVE, USER_SUPPLY_POSITION
from reev_types.tokens import TOKENS

USDC = TOKENS[1]
PRICE = 1_050_000_000_000
MILLION = 10**6
TOKEN_INSUFFICIENT, TOKEN_OWNER_MISMATCH, TOKEN_FROZEN = 1, 4, 17
RESERVE_UPDATED, RESERVE_PRICE, POSITION_AMOUNT, RATE_AT_KINK, RATE_AT_MAX = 78, 86, 73, 45, 47
LENDING_PRICE = 115
OWNER, STATE, MINT_AUTHORITY = 32, 108, 4


def u64(value: int) -> bytes:
    return struct.pack("<Q", value)


@pytest.fixture
async def lender(open_lender: Any) -> Any:
    terms = VaultTerms(
        mint=USDC.mint,
        decimals=6,
        rate_basis_points=800,
        supply_raw=10**9,
        liquidity_raw=100 * MILLION,
        base_price=PRICE,
    )
    return await open_lender(terms, assets_raw=10 * MILLION, shares_raw=10**9)


async def refused(lender: Any, operation: str, amount_raw: int, bound_raw: int | None = None) -> int:
    """Return the number that the call fails with, having checked that it moved nothing."""
    before = await lender.holdings()
    outcome = await lender.call(operation, amount_raw, bound_raw)
    assert await lender.holdings() == before
    assert outcome.failure is not None
    return int(outcome.failure.custom_code)


@pytest.mark.parametrize(
    ("operation", "amount_raw", "code"),
    [
        ("deposit", 0, LendError.F_TOKEN_DEPOSIT_INSIGNIFICANT),
        ("deposit", 1, LendError.F_TOKEN_DEPOSIT_INSIGNIFICANT),
        ("mint", 0, LendError.F_TOKEN_DEPOSIT_INSIGNIFICANT),
        ("withdraw", 0, LendError.F_TOKEN_INVALID_PARAMS),
        ("redeem", 0, LendError.F_TOKEN_INVALID_PARAMS),
        ("mint", EVERYTHING - 1, LendError.F_TOKEN_INVALID_PARAMS),
        ("redeem", EVERYTHING - 1, LendError.F_TOKEN_INVALID_PARAMS),
        ("deposit", EVERYTHING - 1, TOKEN_INSUFFICIENT),
        ("withdraw", EVERYTHING - 1, TOKEN_INSUFFICIENT),
        ("deposit", 10 * MILLION + 1, TOKEN_INSUFFICIENT),
        ("redeem", 10**9 + 1, TOKEN_INSUFFICIENT),
    ],
)
async def test_an_amount_that_cannot_be_is_refused(lender: Any, operation: str, amount_raw: int, code: int) -> None:
    assert await refused(lender, operation, amount_raw) == code


@pytest.mark.parametrize("operation", ["withdraw", "redeem", "deposit", "mint"])
async def test_everything_of_nothing_is_refused(open_lender: Any, lender: Any, operation: str) -> None:
    poor = await open_lender(lender.terms)
    expected = {"deposit": 6000, "mint": 6000, "withdraw": 6003, "redeem": 6003}
    assert await refused(poor, operation, EVERYTHING) == expected[operation]


@pytest.mark.parametrize(
    ("operation", "amount_raw", "best", "worse", "code"),
    [
        ("deposit", MILLION, 952_380, 952_381, LendError.F_TOKEN_MIN_AMOUNT_OUT),
        ("redeem", MILLION, 1_050_000, 1_050_001, LendError.F_TOKEN_MIN_AMOUNT_OUT),
        ("mint", MILLION, 1_050_000, 1_049_999, LendError.F_TOKEN_MAX_AMOUNT),
        ("withdraw", MILLION, 952_381, 952_380, LendError.F_TOKEN_MAX_AMOUNT),
    ],
)
async def test_a_bound_holds_to_the_unit(
    lender: Any, operation: str, amount_raw: int, best: int, worse: int, code: int
) -> None:
    assert await refused(lender, operation, amount_raw, worse) == code
    assert (await lender.call(operation, amount_raw, best)).succeeded


@pytest.mark.parametrize("operation", ["mint", "withdraw", "deposit", "redeem"])
async def test_a_bound_of_zero_is_none(lender: Any, operation: str) -> None:
    assert (await lender.call(operation, MILLION, 0)).succeeded


@pytest.mark.parametrize("operation", ["deposit", "redeem"])
async def test_the_forms_with_a_least_amount_return_nothing(lender: Any, operation: str) -> None:
    assert (await lender.call(operation, MILLION, 1)).return_data == b""


@pytest.mark.parametrize("operation", ["withdraw", "redeem"])
async def test_a_vault_short_of_liquidity_pays_exactly_what_it_has(lender: Any, operation: str) -> None:
    exactly = {"withdraw": 100 * MILLION, "redeem": -(-100 * MILLION * PRICE_ONE // PRICE)}[operation]
    assert await refused(lender, operation, exactly + 1) == LendError.F_TOKEN_CPI_TO_LIQUIDITY_FAILED
    assert (await lender.call(operation, exactly)).succeeded


async def test_interest_that_the_vault_does_not_hold_is_refused_in_words(lender: Any) -> None:
    await lender.chain.advance(seconds=10**8)
    outcome = await lender.call("withdraw", EVERYTHING)
    assert outcome.failure.message == (
        "AnchorError caused by account: vault. Error Code: FTokenCpiToLiquidityFailed. Error Number: 6007. "
        "Error Message: F_TOKEN_CPI_TO_LIQUIDITY_FAILED."
    )


@pytest.mark.parametrize(
    ("at", "content"),
    [
        (RESERVE_PRICE, u64(PRICE - 1)),
        (RESERVE_PRICE, u64(0)),
        (RESERVE_PRICE, u64(PRICE_ONE - 1)),
        (RESERVE_PRICE, u64(2**64 - 1)),
        (RESERVE_UPDATED, u64(1_001)),
        (RESERVE_UPDATED, u64(2**64 - 1)),
    ],
    ids=["fallen", "zero", "below-one", "overflowing", "from-the-future", "before-time"],
)
@pytest.mark.parametrize("operation", ["deposit", "mint", "withdraw", "redeem"])
async def test_an_impossible_price_is_refused(lender: Any, operation: str, at: int, content: bytes) -> None:
    await lender.chain.advance(seconds=1_000)
    if at == RESERVE_PRICE and content == u64(PRICE - 1):
        assert (await lender.call("deposit", MILLION)).succeeded
    await lender.alter(lender.terms.addresses.reserve, at, content)
    assert await refused(lender, operation, MILLION) == LendError.F_TOKEN_LIQUIDITY_EXCHANGE_PRICE_UNEXPECTED


async def test_a_price_below_one_is_refused_even_when_it_rose(lender: Any) -> None:
    at = lender.terms.addresses
    await lender.alter(at.reserve, RESERVE_PRICE, u64(PRICE_ONE - 1))
    await lender.alter(at.lending, LENDING_PRICE, u64(PRICE_ONE - 2))
    assert await refused(lender, "deposit", MILLION) == LendError.F_TOKEN_LIQUIDITY_EXCHANGE_PRICE_UNEXPECTED


async def test_more_time_than_the_price_can_grow_in_is_refused(lender: Any) -> None:
    await lender.chain.advance(seconds=2**47)
    assert await refused(lender, "redeem", 1) == LendError.F_TOKEN_LIQUIDITY_EXCHANGE_PRICE_UNEXPECTED


@pytest.mark.parametrize("at", [RATE_AT_KINK, RATE_AT_MAX])
async def test_a_curve_that_is_not_flat_is_refused(lender: Any, at: int) -> None:
    await lender.alter(lender.terms.addresses.rate_model, at, b"\1\0")
    assert await refused(lender, "deposit", MILLION) == LendError.ACCOUNT_DID_NOT_DESERIALIZE


@pytest.mark.parametrize("record", ["position", "reserve"])
async def test_supply_that_is_not_recorded_cannot_leave(lender: Any, record: str) -> None:
    at = {"position": POSITION_AMOUNT, "reserve": 104}[record]
    await lender.alter(getattr(lender.terms.addresses, record), at, u64(MILLION - 1))
    assert await refused(lender, "redeem", MILLION) == LendError.F_TOKEN_USER_SUPPLY_POSITION_REQUIRED


@pytest.mark.parametrize("operation", ["deposit", "withdraw"])
@pytest.mark.parametrize("side", ["assets", "shares"])
async def test_a_frozen_account_moves_nothing(lender: Any, operation: str, side: str) -> None:
    await lender.alter(getattr(lender, side), STATE, b"\2")
    assert await refused(lender, operation, MILLION) == TOKEN_FROZEN


async def test_a_vault_of_another_wallet_pays_nothing(lender: Any) -> None:
    await lender.alter(lender.terms.addresses.vault, OWNER, bytes(32))
    assert await refused(lender, "redeem", MILLION) == TOKEN_OWNER_MISMATCH


async def test_shares_of_another_authority_are_not_minted(lender: Any) -> None:
    await lender.alter(lender.terms.addresses.f_token_mint, MINT_AUTHORITY, bytes(32))
    assert await refused(lender, "deposit", MILLION) == TOKEN_OWNER_MISMATCH


@pytest.mark.parametrize("name", ["lending", "reserve", "position", "rate_model", "rewards_rate_model"])
async def test_an_account_cut_short_is_refused(lender: Any, name: str) -> None:
    address = getattr(lender.terms.addresses, name)
    account = await lender.chain.account(address)
    await lender.chain.set_account(account.model_copy(update={"data": account.data[:-1]}))
    before = await lender.balance(lender.assets)
    outcome = await lender.call("deposit", MILLION)
    assert outcome.failure.custom_code == LendError.ACCOUNT_DID_NOT_DESERIALIZE
    assert await lender.balance(lender.assets) == before


async def test_the_price_is_recorded_with_its_time(lender: Any) -> None:
    await lender.chain.advance(seconds=31_536_000)
    assert (await lender.call("deposit", MILLION)).succeeded
    lending = LENDING.decode((await lender.chain.account(lender.terms.addresses.lending)).data)
    price = PRICE * 108 // 100
    recorded = (lending.token_exchange_price, lending.liquidity_exchange_price, lending.last_update_timestamp)
    assert recorded == (price, price, 31_536_000)


async def test_only_price_time_and_supply_change_in_the_records(lender: Any) -> None:
    at = lender.terms.addresses
    kinds = ((at.lending, LENDING), (at.reserve, TOKEN_RESERVE), (at.position, USER_SUPPLY_POSITION))
    before = [kind.decode((await lender.chain.account(address)).data) for address, kind in kinds]
    await lender.chain.advance(seconds=1)
    assert (await lender.call("deposit", MILLION)).succeeded
    after = [kind.decode((await lender.chain.account(address)).data) for address, kind in kinds]
    changed = {
        name
        for then, now in zip(before, after, strict=True)
        for name in then._fields
        if getattr(then, name) != getattr(now, name)
    }
    assert changed == {
        "liquidity_exchange_price",
        "token_exchange_price",
        "last_update_timestamp",
        "total_supply_with_interest",
        "amount",
    }


async def test_the_admin_cannot_be_used_as_a_customer(lender: Any) -> None:
    order = lender.order("redeem", MILLION, accounts={"signer": LENDING_ADMIN})
    metas = tuple(meta.model_copy(update={"is_signer": False}) for meta in order.accounts)
    before = await lender.holdings()
    assert not (await lender.send(order.model_copy(update={"accounts": metas}))).succeeded
    assert await lender.holdings() == before
