from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reev_orchestrator.language import MAX_CLAUSES, parse
from reev_types.amounts import AllAmount, ExactAmount, ShareAmount, StepAmount, UsdAmount
from reev_types.errors import TextPlace, UserError
from reev_types.intents import LendDepositIntent, SwapIntent, TransferIntent
from reev_types.tokens import SOL_MINT, TOKENS, find_token

USDC = find_token("USDC").mint

_WORDS = (
    "swap send lend buy use withdraw redeem mint take put double multiply earn 1 0.5 2k 1.5x 50% 1/2 half all max"
    " everything but except keep leave zero point hundred thousand enough"
    " $20 worth of SOL USDC BONK jlUSDC to for with on jupiter and then , . it the rest"
    " from step my balances shares lamports a third or ( - please ? aiming at"
    " 9aE476sH92Vz7DMPyq5WLPkrKWivxeuTKEFKd2sZZcde"
)
WORDS = _WORDS.split(" ")


def outcome(text):
    try:
        return parse(text)
    except UserError as error:
        return error


def test_the_acceptance_sentence_swaps_a_tenth_and_not_one():
    (intent,) = parse("swap 0.1 SOL to USDC").intents
    assert intent == SwapIntent(input_mint=SOL_MINT, output_mint=USDC, amount=ExactAmount(raw=100_000_000))


def test_a_share_is_spent_and_a_multiple_is_a_goal():
    reading = parse("use 50% sol to 1.5x usdc")
    assert reading.intents == (
        SwapIntent(input_mint=SOL_MINT, output_mint=USDC, amount=ShareAmount(of=Decimal("0.5"))),
    )
    assert [(goal.mint, goal.multiple, goal.step_id) for goal in reading.goals] == [(USDC, Decimal("1.5"), "swap_1")]


def test_multiplying_on_jupiter_lends_what_the_swap_brings():
    reading = parse("use my 50% sol to multiply usdc 1.5x on jup")
    assert reading.intents[1] == LendDepositIntent(mint=USDC, amount=StepAmount(step_id="swap_1"))


def test_a_bare_multiple_on_jupiter_lends_nothing():
    assert len(parse("use 50% sol to 1.5x usdc on jupiter").steps) == 1


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1,250.5 USDC", ExactAmount(raw=1_250_500_000)),
        ("1e-3 USDC", ExactAmount(raw=1_000)),
        ("2.5k USDC", ExactAmount(raw=2_500_000_000)),
        ("twenty five USDC", ExactAmount(raw=25_000_000)),
        ("a hundred USDC", ExactAmount(raw=100_000_000)),
        ("a million USDC", ExactAmount(raw=10**12)),
        ("two hundred USDC", ExactAmount(raw=200_000_000)),
        ("3 thousand USDC", ExactAmount(raw=3_000_000_000)),
        ("1m USDC", ExactAmount(raw=10**12)),
        ("half a USDC", ExactAmount(raw=500_000)),
        ("my 5 USDC", ExactAmount(raw=5_000_000)),
        ("12.5% of my USDC", ShareAmount(of=Decimal("0.125"))),
        ("three quarters of my USDC", ShareAmount(of=Decimal("0.75"))),
        ("all my USDC", AllAmount()),
        ("my entire USDC balance", AllAmount()),
        ("everything but 1.5 USDC", AllAmount(keep_raw=1_500_000)),
        ("the rest of my USDC", AllAmount()),
        ("$20 worth of USDC", UsdAmount(value=Decimal(20))),
        ("20 bucks of USDC", UsdAmount(value=Decimal(20))),
        ("1 USD Coin", ExactAmount(raw=1_000_000)),
        (f"2 {USDC}", ExactAmount(raw=2_000_000)),
        ("2 $USDC", ExactAmount(raw=2_000_000)),
    ],
)
def test_amounts_mean_what_they_say(text, amount):
    assert parse(f"lend {text}").intents == (LendDepositIntent(mint=USDC, amount=amount),)


def test_a_third_of_any_balance_is_exact_after_rounding_down():
    (intent,) = parse("lend a third of my USDC").intents
    of = intent.amount.of
    assert all(int(of * balance) == balance // 3 for balance in (3, 300, 200_000_000, 2**62, 2**64 - 1))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("swap 1 SOL", "ask_token"),
        ("buy", "ask_token"),
        ("use", "ask_token"),
        ("use 1 SOL", "not_understood"),
        ("use 1 SOL to buy", "ask_token"),
        ("use 1 SOL to make sense", "unknown_token"),
        ("use 1 SOL to and", "not_understood"),
        ("use 1 SOL to USDC", "not_understood"),
        ("use 1 SOL to earn yield on USDC", "not_understood"),
        ("use 1 SOL to 1.5x SOL", "ask_which_reading"),
        ("use 1 SOL to 1x USDC", "multiple_out_of_range"),
        ("multiply USDC with 1 SOL", "not_understood"),
        ("multiply USDC by 1/2 with 1 SOL", "not_understood"),
        ("grow my USDC by 3 lamports using 1 SOL", "not_understood"),
        ("swap SOL to half of my USDC", "ask_which_amount"),
        ("swap 5 shares of USDC to SOL", "ask_which_reading"),
        ("send 5 shares of USDC to {alice}", "ask_which_reading"),
        ("swap 1 SOL to USDC but keep 1 SOL", "ask_which_amount"),
        ("swap all my SOL except 1 USDC to USDC", "ask_which_amount"),
        ("swap all my SOL but some to USDC", "ask_amount"),
        ("swap 1 SOL to USDC aiming at 2x my JUP", "ask_which_amount"),
        ("swap 1 m SOL to USDC", "ask_which_amount"),
        ("swap $1/2 of SOL to USDC", "ask_which_amount"),
        ("swap 1/3 of a SOL to USDC", "too_precise"),
        ("swap 0.12345678% of my SOL to USDC", "ask_which_amount"),
        ("lend 5 jlUSDC", "ask_which_reading"),
        ("mint half of my jlUSDC", "ask_which_amount"),
        ("mint 5 BONK", "not_lendable"),
        ("mint", "ask_token"),
        ("take 5 USDC", "not_understood"),
        ("put 5 USDC", "not_understood"),
        ("swap 1 SOL to USDC, then withdraw it", "ask_which_reading"),
        ("swap 1 SOL to USDC, lend it, then send it to {alice}", "ask_which_reading"),
        ("lend 5 USDC, then swap it to SOL", "ask_which_reading"),
        ("swap 1 SOL to JUP, swap 1 USDC to JUP, lend the JUP", "ask_which_reading"),
        ("swap 1 SOL to JUP, lend the JUP from step 4", "ask_which_reading"),
        ("swap 1 SOL to USDC then lend half of the USDC", "ask_which_reading"),
        ("swap 1 SOL to USDC then lend 50% USDC", "ask_which_reading"),
        ("swap 1 SOL to USDC then lend the rest", "ask_which_reading"),
        ("send 1 SOL to the address: bob", "ask_recipient"),
        ("send 1 SOL to {alice} {alice}", "ask_recipient"),
        ("sell it", "ask_which_reading"),
    ],
)
def test_what_is_in_doubt_is_asked_back_or_refused(refused, alice, text, code):
    assert refused(text.format(alice=alice)).code == code


def test_a_corrected_slip_is_shown():
    (correction,) = parse("swpa 1 SOL to USDC").corrections
    assert (correction.typed, correction.meant, correction.place.start) == ("swpa", "swap", 0)


def test_clauses_without_a_verb_repeat_the_one_before(alice):
    assert parse(f"send 1 SOL to {alice} and 2 USDC to {alice}").normalised == (
        f"send 1 SOL to {alice}, then send 2 USDC to {alice}"
    )


def test_moving_money_to_an_address_is_a_transfer(alice):
    (intent,) = parse(f"move 5 USDC to {alice}").intents
    assert intent == TransferIntent(mint=USDC, recipient=alice, amount=ExactAmount(raw=5_000_000))


def test_what_an_earlier_step_brings_can_be_named_by_its_number():
    reading = parse("swap 1 SOL to JUP, swap 1 USDC to JUP, then swap the JUP from step 1 to USDT")
    assert reading.intents[2].amount == StepAmount(step_id="swap_1")


def test_eight_things_can_be_asked_for_and_nine_cannot(refused):
    clauses = ["lend 1 USDC"] * MAX_CLAUSES
    assert len(parse(" then ".join(clauses)).steps) == MAX_CLAUSES
    assert refused(" then ".join([*clauses, "lend 1 USDC"])).code == "too_many_clauses"


@pytest.mark.parametrize(
    "text", ["swap SOL to USDC", "swap 5 USDC", "buy 5 SOL", "lend USDC", "frob", "redeem 5 USDC", "send SOL to x"]
)
def test_a_suggestion_with_a_complete_command_can_be_said(refused, text):
    suggestions = [suggestion for suggestion in refused(text).suggestions if " " in suggestion]
    assert suggestions
    for suggestion in suggestions:
        if not suggestion.startswith(("write", "give", "say", "name", "send")):
            assert parse(suggestion).steps


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=120), st.lists(st.sampled_from(WORDS), max_size=20).map(" ".join)))
def test_any_text_is_read_or_refused_with_a_place_in_it(text):
    reading = outcome(text)
    if isinstance(reading, UserError):
        assert isinstance(reading.place, TextPlace)
        assert 0 <= reading.place.start <= reading.place.end <= len(text)
        return
    for intent in reading.intents:
        if isinstance(intent, TransferIntent):
            assert intent.recipient in text
    assert parse(reading.normalised).intents == reading.intents


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=4, max_size=12).map(" ".join))
def test_no_mint_is_traded_that_the_text_does_not_name(text):
    reading = outcome(text)
    if isinstance(reading, UserError):
        return
    symbols = text.replace("lamports", "SOL")
    named = {token.mint for token in TOKENS if token.symbol in symbols}
    for intent in reading.intents:
        mints = {getattr(intent, name, None) for name in ("mint", "input_mint", "output_mint")} - {None}
        assert mints <= named
