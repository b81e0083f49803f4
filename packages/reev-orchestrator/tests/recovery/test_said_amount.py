import pytest

from reev_orchestrator.recovery._said_amount import said_amount
from reev_types.amounts import AllAmount, ExactAmount, ShareAmount, UsdAmount
from reev_types.errors import TokenError, UserError
from reev_types.tokens import SOL_MINT, find_token

USDC, SHARES = find_token("USDC").mint, find_token("jlUSDC").mint


@pytest.mark.parametrize(
    ("words", "mint", "amount"),
    [
        ("0.5", SOL_MINT, ExactAmount(raw=500_000_000)),
        (" 0.5 SOL ", SOL_MINT, ExactAmount(raw=500_000_000)),
        ("half", SOL_MINT, ShareAmount(of="0.5")),
        ("50%", USDC, ShareAmount(of="0.5")),
        ("all", USDC, AllAmount()),
        ("all my USDC except 5 USDC", USDC, AllAmount(keep_raw=5_000_000)),
        ("$20", SOL_MINT, UsdAmount(value="20")),
        ("3", SHARES, ExactAmount(raw=3_000_000)),
        ("half of my jlUSDC", SHARES, ShareAmount(of="0.5")),
    ],
)
def test_amounts_are_read_as_in_sentences(words, mint, amount):
    assert said_amount(words, mint) == amount


@pytest.mark.parametrize(
    "words", ["", "some", "-1", "0", "1,5", "1 USDC", "it", "1 SOL to USDC and swap 2 SOL", "5 USDT", "1 to"]
)
def test_words_that_are_no_amount_of_the_token_are_none(words):
    with pytest.raises(UserError) as told:
        said_amount(words, SOL_MINT)
    assert (told.value.code, told.value.message) == ("unclear_amount", f"{words!r} is no amount of SOL")
    assert told.value.suggestions == ("write an amount such as 0.5 SOL, or half of my SOL",)


def test_a_token_outside_the_registry_has_no_words():
    with pytest.raises(TokenError) as told:
        said_amount("1", "7vfCXTUXx5WJV5JADk17DUJ4ksgau7utNKj4b963voxs")
    assert told.value.code == "unknown_token"
