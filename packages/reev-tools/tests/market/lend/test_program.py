"""The program in the real VM against the integer model."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reev_tools.market.lend import (
    EVERYTHING,
    PRICE_ONE,
    LendError,
    LendOperation,
    Preview,
    VaultTerms,
    preview,
    read_vault,
)
from reev_types.amounts import U64_MAX
from reev_types.tokens import TOKENS

USDC = TOKENS[1]
YEAR = 31_536_000
BIG = 2**62
COMPUTE_UNIT_LIMIT = 20_000
WRAPPING_PRICE = 1_750_000_000_000
WRAPPING = (4 * U64_MAX + 3) // 7
"""So many shares cost a fraction more than 2⁶⁴ − 1 at that price."""

amounts = st.integers(0, BIG) | st.integers(0, 10**4) | st.sampled_from([EVERYTHING, EVERYTHING - 1])
prices = st.integers(PRICE_ONE, 3 * PRICE_ONE) | st.just(PRICE_ONE) | st.integers(PRICE_ONE, 10**17)
pauses = st.sampled_from([0, 0, 1]) | st.integers(0, 10 * YEAR)
steps = st.tuples(pauses, st.sampled_from(LendOperation), amounts)


def usdc_vault(**terms: int) -> VaultTerms:
    given: dict[str, int] = {"rate_basis_points": 0, "supply_raw": 0, "liquidity_raw": BIG, **terms}
    return VaultTerms(mint=USDC.mint, decimals=USDC.decimals, **given)


@st.composite
def openings(draw: Any) -> tuple[VaultTerms, int, int]:
    supply_raw = draw(st.integers(0, BIG) | st.integers(0, 10**6))
    terms = usdc_vault(
        rate_basis_points=draw(st.sampled_from([0, 313, 800]) | st.integers(0, 2**16 - 1)),
        supply_raw=supply_raw,
        liquidity_raw=draw(st.integers(0, BIG) | st.just(BIG)),
        base_price=draw(prices),
    )
    return terms, draw(st.integers(0, BIG) | st.integers(0, 10**6)), draw(st.integers(0, supply_raw))


async def foreseen(lender: Any, operation: LendOperation, amount_raw: int) -> Preview | int:
    """Return what the model expects: what changes hands, or the number of the failure."""
    vault = await read_vault(lender.chain, USDC.mint)
    price = vault.price_at((await lender.chain.clock()).unix_timestamp)
    if isinstance(price, LendError):
        return price
    held_raw = await lender.balance(lender.shares if operation.takes_out else lender.assets)
    expected = preview(operation, amount_raw, price, held_raw)
    if isinstance(expected, LendError):
        return expected
    if held_raw < (expected.shares_raw if operation.takes_out else expected.assets_raw):
        return 1  # of the token program: insufficient funds
    if operation.takes_out and expected.assets_raw > vault.liquidity_raw:
        return LendError.F_TOKEN_CPI_TO_LIQUIDITY_FAILED
    return expected


@settings(max_examples=300)
@given(opening=openings(), calls=st.lists(steps, min_size=1, max_size=6))
async def test_every_call_does_what_the_model_says(open_lender: Any, opening: Any, calls: Any) -> None:
    terms, assets_raw, shares_raw = opening
    lender = await open_lender(terms, assets_raw=assets_raw, shares_raw=shares_raw)
    for seconds, operation, amount_raw in calls:
        await lender.chain.advance(seconds=seconds)
        expected = await foreseen(lender, operation, amount_raw)
        before = await lender.holdings()
        outcome = await lender.call(operation, amount_raw)
        after = await lender.holdings()
        assert outcome.compute_units < COMPUTE_UNIT_LIMIT
        if not isinstance(expected, Preview):
            assert (outcome.failure and outcome.failure.custom_code) == expected
            assert after == before
            continue
        assert outcome.succeeded, outcome.failure
        answer_raw = expected.assets_raw if operation.counts_shares else expected.shares_raw
        assert int.from_bytes(outcome.return_data, "little") == answer_raw
        sign = -1 if operation.takes_out else 1
        assets, shares = sign * expected.assets_raw, sign * expected.shares_raw
        moved = tuple(now - then for now, then in zip(after, before, strict=True))
        assert moved == (-assets, shares, assets, shares, shares, shares)


@settings(max_examples=100)
@given(
    price=prices,
    rate=st.integers(0, 2_000),
    amount_raw=st.integers(1, 2**56),
    seconds=st.integers(0, 3 * YEAR),
    entry=st.sampled_from(["deposit", "mint"]),
    leaving=st.sampled_from(["withdraw", "redeem"]),
)
async def test_a_round_trip_pays_the_interest_at_most(
    open_lender: Any, price: int, rate: int, amount_raw: int, seconds: int, entry: str, leaving: str
) -> None:
    lender = await open_lender(usdc_vault(rate_basis_points=rate, base_price=price), assets_raw=BIG)
    entered = await lender.call(entry, amount_raw)
    if not entered.succeeded:
        assert entered.failure.custom_code in (1, LendError.F_TOKEN_DEPOSIT_INSIGNIFICANT)
        return
    paid_raw = BIG - await lender.balance(lender.assets)
    await lender.chain.advance(seconds=seconds)
    left = await lender.call(leaving, EVERYTHING)
    if not left.succeeded:
        assert left.failure.custom_code == LendError.F_TOKEN_CPI_TO_LIQUIDITY_FAILED
        return
    received_raw = await lender.balance(lender.assets) - (BIG - paid_raw)
    vault = await read_vault(lender.chain, USDC.mint)
    assert received_raw * price <= paid_raw * vault.last_price
    assert (vault.supply_raw, vault.liquidity_raw) == (0, BIG + paid_raw - received_raw)


async def test_the_price_does_not_depend_on_who_called_before(open_lender: Any) -> None:
    busy, quiet = [await open_lender(usdc_vault(rate_basis_points=777), assets_raw=10**12) for _ in range(2)]
    for lender, pauses in ((busy, (1, 2, 3, 994)), (quiet, (1_000,))):
        for seconds in pauses:
            await lender.chain.advance(seconds=seconds)
            assert (await lender.call("deposit", 10**6)).succeeded
    prices = {(await read_vault(lender.chain, USDC.mint)).last_price for lender in (busy, quiet)}
    assert prices == {PRICE_ONE + PRICE_ONE * 777 * 1_000 // (10_000 * YEAR)}


async def test_a_vault_of_wrapped_sol_pays_out_its_lamports(open_lender: Any) -> None:
    terms = VaultTerms(
        mint=TOKENS[0].mint,
        decimals=9,
        rate_basis_points=0,
        supply_raw=10**9,
        liquidity_raw=10**9,
        base_price=2 * 10**12,
    )
    lender = await open_lender(terms, shares_raw=10**8)
    before = (await lender.chain.account(terms.addresses.vault)).lamports
    assert (await lender.call("redeem", EVERYTHING)).succeeded
    assert (await lender.chain.account(terms.addresses.vault)).lamports == before - 2 * 10**8


@pytest.mark.parametrize("shares_raw", [WRAPPING - 1, WRAPPING, WRAPPING + 1, U64_MAX - 1])
async def test_a_mint_beyond_64_bits_of_assets_is_refused(open_lender: Any, shares_raw: int) -> None:
    lender = await open_lender(usdc_vault(base_price=WRAPPING_PRICE), assets_raw=U64_MAX - 1)
    expected = preview(LendOperation.MINT, shares_raw, WRAPPING_PRICE)
    outcome = await lender.call("mint", shares_raw)
    if isinstance(expected, LendError):
        assert outcome.failure.custom_code == expected
    else:
        assert outcome.succeeded
