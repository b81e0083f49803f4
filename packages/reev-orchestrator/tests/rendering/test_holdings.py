from decimal import Decimal

from reev_orchestrator.rendering._holdings import MOST_TOKENS, wallet_view, words_of
from reev_types.addresses import encode_base58
from reev_types.contexts import TokenBalance
from reev_types.tokens import SOL_MINT, find_token


def mint_of(number):
    return encode_base58(b"\x01" + number.to_bytes(31, "big"))


def shown(view):
    return [row.symbol for row in view.tokens]


def crowded(wallet, count, **known):
    strangers = {
        mint_of(number): TokenBalance(mint=mint_of(number), balance=number + 1, decimals=0) for number in range(count)
    }
    base = wallet(**known)
    return base.model_copy(update={"token_balances": {**strangers, **base.token_balances}})


def test_what_the_request_names_comes_first_then_what_is_worth_most(wallet, context):
    rich = wallet(
        {"USDC": 10**6, "JUP": 10**6, "BONK": 10**5, "USDT": 10**6, "mSOL": 0},
        prices={"USDC": "1", "BONK": "7", "JUP": "3"},
    )
    view = wallet_view(words_of("sell my usdt"), context(rich))
    assert shown(view) == ["USDT", "BONK", "JUP", "USDC", "mSOL"]


def test_a_crowded_wallet_is_bounded_and_says_what_is_left_out(wallet, context):
    rich = crowded(wallet, 5_000, tokens={"USDC": 10**6, "JUP": 10**6}, prices={"USDC": "1"})
    named = mint_of(4_321)
    view = wallet_view(words_of(f"what is {named}?"), context(rich))
    assert [row.mint for row in view.tokens[:3]] == [named, find_token("USDC").mint, find_token("JUP").mint]
    assert len(view.tokens) == MOST_TOKENS
    assert view.left_out == 5_002 - MOST_TOKENS


def test_a_token_of_the_registry_that_is_named_and_not_held_is_listed_as_none(wallet, context):
    view = wallet_view(words_of("swap SOL to USDC"), context(wallet(prices={"USDC": "1"})))
    assert [(row.symbol, row.raw, row.ui, row.price) for row in view.tokens] == [("USDC", 0, "0", "1")]
    assert view.left_out == 0


def test_wrapped_sol_is_told_apart_from_native_sol(wallet, context):
    view = wallet_view(frozenset(), context(wallet({"SOL": 5})))
    assert [(row.symbol, row.mint) for row in view.tokens] == [("wrapped SOL", SOL_MINT)]


def test_a_token_without_known_decimals_is_not_converted_and_not_valued(wallet, context):
    odd = TokenBalance(mint=mint_of(1), balance=5)
    rich = wallet().model_copy(update={"token_balances": {odd.mint: odd}, "token_prices": {odd.mint: Decimal("2.50")}})
    row = wallet_view(frozenset(), context(rich)).tokens[0]
    assert (row.raw, row.ui, row.price) == (5, None, "2.50")


def test_words_joined_by_hyphens_count_whole_and_in_parts():
    assert words_of("SOL-USDC, l-usdc!") == {"SOL-USDC", "SOL", "USDC", "l-usdc", "l", "usdc"}
