from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reev_orchestrator.language import Claim, mentions
from reev_types.errors import UserError
from reev_types.tokens import find_token

SOL, USDC, SHARE = find_token("SOL"), find_token("USDC"), find_token("jlUSDC")


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("gimme 0.1 SOL", Claim("number", Fraction(1, 10), SOL)),
        ("gimme 5 of my USDC", Claim("number", Fraction(5), USDC)),
        ("gimme 5 USD Coin", Claim("number", Fraction(5), USDC)),
        ("a tenth of a SOL", Claim("number", Fraction(1, 10), SOL)),
        ("half of my SOL", Claim("share", Fraction(1, 2), SOL)),
        ("30% SOL", Claim("share", Fraction(3, 10), SOL)),
        ("$20 worth of SOL", Claim("dollars", Fraction(20), SOL)),
        ("20 bucks in SOL", Claim("dollars", Fraction(20), SOL)),
        ("all the SOL", Claim("everything", Fraction(0), SOL)),
        ("1.5x of it", Claim("multiple", Fraction(3, 2), None)),
        ("7 lamports", Claim("number", Fraction(7, 10**9), SOL)),
        ("7 shares of USDC", Claim("number", Fraction(7), SHARE)),
        ("7 apples", Claim("number", Fraction(7), None)),
        (f"7 {USDC.mint}", Claim("number", Fraction(7), USDC)),
        ("2m USDC", Claim("number", Fraction(2_000_000), USDC)),
        ("5 $USDC", Claim("number", Fraction(5), USDC)),
    ],
)
def test_amounts_are_found_with_their_tokens(text, claim):
    (found,) = mentions(text).amounts
    assert found == claim


def test_every_mention_of_an_amount_has_its_place():
    text = "0.1 SOL, that is a tenth of a SOL"
    (places,) = mentions(text).amounts.values()
    assert [text[place.start : place.end] for place in places] == ["0.1 SOL", "a tenth of a SOL"]


def test_tokens_and_addresses_are_found_without_an_amount(alice):
    found = mentions(f"some JUP for {alice} of {USDC.mint}, $BONK and mSOL")
    assert [token.symbol for token in found.tokens] == ["JUP", "USDC", "BONK", "mSOL"]
    assert list(found.addresses) == [alice]


@pytest.mark.parametrize("text", ["this one", "that is all", "for $, not tokens", "nothing of the kind"])
def test_words_that_only_look_like_amounts_are_none(text):
    assert mentions(text).amounts == {}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1,5 SOL", "ask_which_amount"),
        ("0.1 or 0.2 SOL", "ask_which_amount"),
        ("$20 SOL", "ask_which_amount"),
        ("$1m of it", "ask_which_amount"),
        ("$1/2 of it", "ask_which_amount"),
        ("1m SOL", "ask_which_reading"),
        ("half SOL", "ask_which_reading"),
        ("1 SOL worth of USDC", "ask_which_reading"),
        ("about 5 SOL", "ask_amount"),
        ("all my 4 SOL", "ask_which_amount"),
        ("-5 SOL", "negative"),
        ("jsol", "ask_token"),
        ("$WIF", "unknown_token"),
        ("pyth", "unknown_token"),
        ("9aE476sH92Vz7DMPyq5WLPkrKWivxeuTKEFKd2sZZcd0", "ask_recipient"),
    ],
)
def test_what_is_in_doubt_is_asked(text, code):
    with pytest.raises(UserError) as caught:
        mentions(f"well, {text}")
    assert caught.value.code == code


@given(
    st.text(max_size=80)
    | st.lists(st.sampled_from(["$", "a", "half", "1", "%", "of", "my", "SOL", "one", "all", "x", "-", "1/2"])).map(
        " ".join
    )
)
def test_no_text_crashes_the_search(text):
    with suppress(UserError):
        assert all(places for places in mentions(text).amounts.values())
