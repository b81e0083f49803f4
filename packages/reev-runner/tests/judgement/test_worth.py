from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from reev_runner.judgement import StateView
from reev_runner.judgement._worth import Unknown, Worth, lent_raw, worth
from reev_types.tokens import SOL_MINT, find_token

USDC, USDT, PYUSD, JLUSDC, BONK = (find_token(symbol).mint for symbol in ("USDC", "USDT", "PYUSD", "jlUSDC", "BONK"))
PRICES = {SOL_MINT: Decimal(150), USDC: Decimal(1), USDT: Decimal("0.999"), PYUSD: Decimal(1)}


def test_sol_tokens_and_lent_assets_add_up(wallet: str, market: Any) -> None:
    view = StateView({wallet: 2 * 10**9}, {}, {wallet: {USDC: 80_000_000}})

    value = worth(wallet, view, market(PRICES, {USDC: 120_000_000}))

    assert value == Worth(total=Fraction(500_000_000), stable=Fraction(80_000_000))


def test_lending_shares_count_once_as_the_assets_behind_them(wallet: str, market: Any) -> None:
    view = StateView({}, {}, {wallet: {JLUSDC: 47_000_000}})

    value = worth(wallet, view, market(PRICES, {USDC: 50_000_000}))

    assert value == Worth(total=Fraction(50_000_000), stable=Fraction(0))


def test_every_stable_token_in_the_wallet_is_stable_and_wrapped_sol_is_not(wallet: str, market: Any) -> None:
    held = {USDC: 1_000_000, USDT: 1_000_000, PYUSD: 1_000_000, SOL_MINT: 10**9}

    value = worth(wallet, StateView({}, {}, {wallet: held}), market(PRICES))

    assert value == Worth(total=Fraction(152_999_000), stable=Fraction(2_999_000))


def test_a_missing_price_makes_the_value_unknown(wallet: str, market: Any) -> None:
    view = StateView({}, {}, {wallet: {BONK: 1}})

    assert worth(wallet, view, market(PRICES)) == Unknown("no price is known for BONK")


def test_a_price_is_not_needed_for_what_is_not_held(wallet: str, market: Any) -> None:
    view = StateView({}, {}, {wallet: {BONK: 0}})

    assert worth(wallet, view, market({})) == Worth(Fraction(0), Fraction(0))


def test_a_priced_mint_outside_the_registry_has_no_known_value(wallet: str, market: Any, address: Any) -> None:
    mint = address("mystery")

    value = worth(wallet, StateView({}, {}, {wallet: {mint: 1}}), market({mint: Decimal(1)}))

    assert isinstance(value, Unknown)


def test_without_a_market_nothing_has_a_value(wallet: str) -> None:
    view = StateView({}, {}, {wallet: {}})

    assert worth(wallet, view, None) == lent_raw(wallet, None)
    assert isinstance(worth(wallet, view, None), Unknown)


def test_holdings_that_nobody_recorded_are_not_taken_for_nothing(wallet: str, market: Any) -> None:
    value = worth(wallet, StateView({wallet: 10**9}, {}), market(PRICES))

    assert value == Unknown("the wallet's token accounts were not recorded")


def test_empty_positions_are_no_positions(wallet: str, market: Any) -> None:
    assert lent_raw(wallet, market(lent={USDC: 0, SOL_MINT: 5})) == {SOL_MINT: 5}


@given(
    held=st.dictionaries(st.sampled_from([USDC, USDT, PYUSD, SOL_MINT]), st.integers(0, 2**64 - 1)),
    lent=st.dictionaries(st.sampled_from([USDC, SOL_MINT]), st.integers(0, 2**64 - 1)),
    lamports=st.integers(0, 2**64 - 1),
)
def test_the_stable_part_never_exceeds_the_whole(
    wallet: str, market: Any, held: dict[str, int], lent: dict[str, int], lamports: int
) -> None:
    value = worth(wallet, StateView({wallet: lamports}, {}, {wallet: held}), market(PRICES, lent))

    assert isinstance(value, Worth)
    assert 0 <= value.stable <= value.total
