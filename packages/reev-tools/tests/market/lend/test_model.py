from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reev_tools.market.lend import (
    EVERYTHING,
    PRICE_ONE,
    LendError,
    LendOperation,
    Preview,
    PriceRule,
    preview,
    preview_deposit,
    preview_mint,
    preview_redeem,
    preview_withdraw,
)
from reev_types.amounts import U64_MAX

YEAR = 31_536_000

prices = st.integers(PRICE_ONE, 10 * PRICE_ONE) | st.just(PRICE_ONE)
amounts = st.integers(1, 2**60)


@given(price=prices, amount_raw=amounts, operation=st.sampled_from(LendOperation))
def test_rounding_never_favours_the_user(price: int, amount_raw: int, operation: LendOperation) -> None:
    result = preview(operation, amount_raw, price)
    if not isinstance(result, Preview):
        return
    gain = result.assets_raw * PRICE_ONE - result.shares_raw * price
    assert (gain if operation.takes_out else -gain) <= 0
    assert abs(gain) < max(price, PRICE_ONE)


@given(price=prices, shares_raw=amounts)
def test_mint_and_redeem_move_exactly_the_shares_they_name(price: int, shares_raw: int) -> None:
    for result in (preview_mint(price, shares_raw), preview_redeem(price, shares_raw)):
        assert isinstance(result, Preview)
        assert result.shares_raw == shares_raw


@given(price=prices, assets_raw=amounts)
def test_what_was_deposited_cannot_be_redeemed_for_more(price: int, assets_raw: int) -> None:
    entered = preview_deposit(price, assets_raw)
    if isinstance(entered, Preview):
        left = preview_redeem(price, entered.shares_raw)
        assert isinstance(left, Preview)
        assert assets_raw - price // PRICE_ONE - 1 <= left.assets_raw <= assets_raw


@given(price=prices, assets_raw=amounts)
def test_a_withdrawal_burns_no_less_than_the_deposit_of_it_mints(price: int, assets_raw: int) -> None:
    left, entered = preview_withdraw(price, assets_raw), preview_deposit(price, assets_raw)
    assert isinstance(left, Preview)
    minted = entered.shares_raw if isinstance(entered, Preview) else 0
    assert left.shares_raw - minted in (0, 1)


@given(
    base=prices,
    rate=st.integers(0, 2**16 - 1),
    early=st.integers(0, 10 * YEAR),
    late=st.integers(0, 10 * YEAR),
)
def test_the_price_never_falls(base: int, rate: int, early: int, late: int) -> None:
    rule = PriceRule(base, 0, rate)
    first, second = rule.price_at(min(early, late)), rule.price_at(max(early, late))
    assert base <= first <= second


def test_a_year_adds_the_annual_rate() -> None:
    assert PriceRule(1_050_000_000_000, 100, 800).price_at(100 + YEAR) == 1_134_000_000_000


def test_a_second_adds_its_share_rounded_down() -> None:
    assert PriceRule(PRICE_ONE, 0, 800).price_at(1) == PRICE_ONE + 2_536


def test_before_its_start_a_rule_has_no_price() -> None:
    expected = LendError.F_TOKEN_LIQUIDITY_EXCHANGE_PRICE_UNEXPECTED
    assert PriceRule(PRICE_ONE, 10, 0).price_at(9) is expected


def test_a_price_below_one_is_none() -> None:
    expected = LendError.F_TOKEN_LIQUIDITY_EXCHANGE_PRICE_UNEXPECTED
    assert PriceRule(PRICE_ONE - 1, 0, 0).price_at(0) is expected


def test_everything_is_what_the_paying_account_holds() -> None:
    price = 2 * PRICE_ONE
    assert preview(LendOperation.DEPOSIT, EVERYTHING, price, 10) == Preview(10, 5)
    assert preview(LendOperation.MINT, EVERYTHING, price, 10) == Preview(10, 5)
    assert preview(LendOperation.WITHDRAW, EVERYTHING, price, 10) == Preview(20, 10)
    assert preview(LendOperation.REDEEM, EVERYTHING, price, 10) == Preview(20, 10)


def test_amounts_beyond_64_bits_are_refused() -> None:
    price = 3 * PRICE_ONE
    assert preview_mint(price, U64_MAX // 3) is LendError.F_TOKEN_INVALID_PARAMS
    assert preview_redeem(price, U64_MAX // 3 + 1) is LendError.F_TOKEN_INVALID_PARAMS
