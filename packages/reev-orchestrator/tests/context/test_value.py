from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from reev_orchestrator.context import total_value_usd
from reev_orchestrator.context._value import unpriced
from reev_orchestrator.mocks import generated_wallet, mock_wallet
from reev_types.tokens import SOL_MINT, find_token


@given(st.integers(0, 10_000), st.decimals("0.000000000001", "1000000", allow_nan=False, places=12))
def test_the_total_is_exactly_the_sum_of_its_parts(seed, price):
    context = generated_wallet(seed)
    priced = context.model_copy(update={"token_prices": dict.fromkeys((SOL_MINT, *context.token_balances), price)})
    raw = [(context.sol_balance, 9), *((held.balance, held.decimals) for held in context.token_balances.values())]
    expected = sum(Fraction(amount, 10**decimals) * Fraction(price) for amount, decimals in raw)
    assert Fraction(total_value_usd(priced)) == expected


def test_the_total_is_written_without_needless_zeros():
    assert str(total_value_usd(mock_wallet("small_holder"))) == "177"
    assert str(mock_wallet("defi_power").total_value_usd) == "159530"


def test_a_missing_price_makes_the_total_unknown():
    context = mock_wallet()
    usdc = find_token("USDC").mint
    priced = {mint: price for mint, price in context.token_prices.items() if mint not in (usdc, SOL_MINT)}
    context = context.model_copy(update={"token_prices": priced})
    assert total_value_usd(context) is None
    assert unpriced(context) == (SOL_MINT, usdc)


def test_missing_decimals_make_the_total_unknown():
    context = mock_wallet()
    held = {mint: token.model_copy(update={"decimals": None}) for mint, token in context.token_balances.items()}
    assert total_value_usd(context.model_copy(update={"token_balances": held})) is None


def test_tokens_of_which_nothing_is_held_need_no_price():
    context = mock_wallet()
    held = {mint: token.model_copy(update={"balance": 0}) for mint, token in context.token_balances.items()}
    context = context.model_copy(update={"token_balances": held, "token_prices": {SOL_MINT: Decimal("0.5")}})
    assert str(total_value_usd(context)) == "2.5"
