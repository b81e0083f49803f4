from contextlib import suppress

import pytest

from reev_orchestrator.language import GoalWish, parse
from reev_orchestrator.reading._grounding import check_echo
from reev_types.errors import UserError

BOB = "AenWqxmLNnJVsjtHjBFx5uVcLwdXpSxQYvLo3n4kvxcf"
POLITE = "would it be thinkable that {} becomes {}"


async def test_what_the_sentence_bears_out_is_taken(read, swap):
    reading = await read(POLITE.format("0.1 SOL", "USDC"), swap())
    assert reading.normalised == "swap 0.1 SOL to USDC"


@pytest.mark.parametrize("amount", ["0.2", "1", "0.01", "100000000"])
async def test_an_amount_that_is_not_there_is_refused(refused, swap, amount):
    sentence = POLITE.format("0.1 SOL", "USDC")
    assert await refused(sentence, swap(amount)) == ("model_ungrounded", sentence)


async def test_an_amount_of_another_token_is_refused(refused, swap):
    sentence = POLITE.format("5 USDC", "SOL")
    assert (await refused(sentence, swap("5")))[0] == "model_ungrounded"


async def test_a_number_for_a_share_is_refused(refused, swap):
    sentence = POLITE.format("50% of my SOL", "USDC")
    assert (await refused(sentence, swap("50")))[0] == "model_ungrounded"
    assert (await refused(sentence, swap({"kind": "all"})))[0] == "model_ungrounded"


async def test_an_amount_without_a_use_is_pointed_at(refused, swap):
    sentence = POLITE.format("0.1 SOL and 3 USDT", "USDC")
    assert await refused(sentence, swap()) == ("model_ungrounded", "3 USDT")


async def test_a_multiple_without_a_use_is_pointed_at(refused, swap):
    sentence = POLITE.format("0.1 SOL", "1.5x my USDC")
    assert await refused(sentence, swap()) == ("model_ungrounded", "1.5x")


async def test_an_amount_given_once_is_used_once(refused, swap):
    sentence = POLITE.format("0.1 SOL", "USDC or something, USDT")
    assert await refused(sentence, swap(), swap(target="USDT")) == ("model_ungrounded", sentence)


async def test_the_same_amount_said_twice_is_one_amount(read, swap):
    reading = await read(POLITE.format("a tenth of a SOL, that is 0.1 SOL,", "USDC"), swap())
    assert reading.normalised == "swap 0.1 SOL to USDC"


async def test_the_same_instruction_twice_is_refused(refused, swap):
    sentence = POLITE.format("a tenth of a SOL, that is 0.1 SOL,", "USDC")
    assert await refused(sentence, swap(), swap()) == ("model_ungrounded", sentence)


async def test_a_token_that_is_not_there_is_refused(refused, swap):
    sentence = POLITE.format("0.1 SOL", "something nice")
    assert await refused(sentence, swap()) == ("model_ungrounded", sentence)


async def test_a_lending_share_is_another_token_than_what_is_lent(refused, swap):
    sentence = POLITE.format("0.1 SOL", "USDC")
    assert await refused(sentence, swap(target="jlUSDC")) == ("model_ungrounded", sentence)


async def test_a_token_without_a_use_is_pointed_at(refused, swap):
    assert await refused(POLITE.format("0.1 SOL", "BONK, USDC"), swap()) == ("model_ungrounded", "BONK")


async def test_names_of_places_need_no_use(read, exactly):
    lend = {"kind": "lend_deposit", "mint": "USDC", "amount": exactly("5")}
    reading = await read("on Solana, let 5 USDC go to work at Jupiter", lend)
    assert reading.normalised == "lend 5 USDC on Jupiter"


async def test_a_recipient_that_is_not_there_is_refused(refused, exactly, alice):
    sentence = f"shoot 1 SOL over at {alice}"
    payment = {"kind": "transfer", "mint": "SOL", "recipient": BOB, "amount": exactly("1")}
    assert await refused(sentence, payment) == ("model_ungrounded", sentence)


async def test_a_recipient_that_is_there_is_taken(read, exactly, alice):
    payment = {"kind": "transfer", "mint": "SOL", "recipient": alice, "amount": exactly("1")}
    assert (await read(f"shoot 1 SOL over at {alice}", payment)).normalised == f"send 1 SOL to {alice}"


async def test_an_address_without_a_use_is_pointed_at(refused, swap, alice):
    assert await refused(f"let 0.1 SOL become USDC for {alice}", swap()) == ("model_ungrounded", alice)


async def test_lending_that_is_not_spoken_of_is_refused(refused, exactly):
    lend = {"kind": "lend_deposit", "mint": "USDC", "amount": exactly("5")}
    assert await refused("let 5 USDC rest", lend) == ("model_ungrounded", "let 5 USDC rest")


@pytest.mark.parametrize("verb", ["lend", "withdraw", "redeem", "mint", "swap"])
async def test_a_verb_has_to_be_followed(refused, exactly, alice, verb):
    sentence = f"well well, {verb} 5 USDC to {alice}"
    payment = {"kind": "transfer", "mint": "USDC", "recipient": alice, "amount": exactly("5")}
    assert await refused(sentence, payment) == ("model_ungrounded", sentence)


async def test_a_verb_that_is_followed_is_fine(read, swap):
    reading = await read("would it be alright to swap 0.1 SOL to USDC", swap())
    assert reading.normalised == "swap 0.1 SOL to USDC"


async def test_a_token_is_no_place_where_something_is_paid_for(refused, swap):
    assert await refused("let 0.1 SOL become USDC for JUP", swap()) == ("model_ungrounded", "JUP")


LEND_IT = {"kind": "lend_deposit", "mint": "USDC", "amount": {"kind": "from_step", "step": 1}}


async def test_a_step_with_what_another_brings_has_to_be_spoken_of(read, refused, swap):
    sentence = "let 0.1 SOL become USDC at Jupiter"
    assert await refused(sentence, swap(), LEND_IT) == ("model_ungrounded", sentence)
    reading = await read("let 0.1 SOL become USDC and have it lent", swap(), LEND_IT)
    assert reading.normalised == "swap 0.1 SOL to USDC, then lend the USDC from step 1 on Jupiter"


async def test_a_part_of_what_a_step_brings_has_to_stand_there_too(read, refused, swap):
    sentence = "let 0.1 SOL become USDC and have half of it lent"
    half = LEND_IT | {"amount": LEND_IT["amount"] | {"of": "1/2"}}
    reading = await read(sentence, swap(), half)
    assert reading.normalised == "swap 0.1 SOL to USDC, then lend 50% of the USDC from step 1 on Jupiter"
    assert await refused(sentence, swap(), LEND_IT) == ("model_ungrounded", "half of")
    assert (await refused(sentence.replace("half", "all"), swap(), half))[0] == "model_ungrounded"


@pytest.mark.parametrize(
    ("words", "amount", "echo"),
    [
        ("a third of my SOL", {"kind": "share", "of": "1/3"}, "swap 1/3 of my SOL to USDC"),
        ("30% of my SOL", {"kind": "share", "of": "30%"}, "swap 30% of my SOL to USDC"),
        ("all of my SOL", {"kind": "all"}, "swap all my SOL to USDC"),
        ("all my SOL bar 1 SOL", {"kind": "all", "keep": "1"}, "swap all my SOL except 1 SOL to USDC"),
        ("$20 worth of SOL", {"kind": "usd", "value": "20"}, "swap $20 worth of SOL to USDC"),
        ("1,250.5 SOL", {"kind": "exact", "value": "1250.5"}, "swap 1250.5 SOL to USDC"),
        ("2.5k SOL", {"kind": "exact", "value": "2500"}, "swap 2500 SOL to USDC"),
        ("twenty SOL", {"kind": "exact", "value": "20"}, "swap 20 SOL to USDC"),
        ("1000 lamports", {"kind": "exact", "value": "0.000001"}, "swap 0.000001 SOL to USDC"),
    ],
)
async def test_an_amount_counts_however_the_sentence_writes_it(read, swap, words, amount, echo):
    assert (await read(POLITE.format(words, "USDC"), swap(amount))).normalised == echo


async def test_shares_may_be_named_by_what_is_lent(read, exactly):
    redeem = {"kind": "lend_redeem", "mint": "USDC", "shares": exactly("5")}
    assert (await read("cash in 5 shares of USDC", redeem)).normalised == "redeem 5 jlUSDC"


async def test_the_wallet_can_be_asked_about(read):
    assert (await read("let me look at what I have got", {"kind": "balances"})).normalised == "show my balances"


def test_an_echo_has_to_say_what_was_read(alice):
    reading = parse("swap 0.1 SOL to USDC")
    check_echo("x", reading)
    goal = GoalWish(reading.intents[0].output_mint, 2, "swap_1", None)
    for other in (reading._replace(normalised="swap 1 SOL to USDC"), reading._replace(goals=(goal,))):
        with pytest.raises(UserError, match="echo that says something else"):
            check_echo("x", other)


@pytest.mark.parametrize(
    ("sentence", "side"),
    [
        ("let 0.1 SOL become USDC", "in"),
        ("let 0.1 SOL go into the dollar coin, USDC", "in"),
        ("fetch 0.1 SOL using some of my USDC", "out"),
        ("fetch 0.1 SOL, paying with USDC", "out"),
    ],
)
async def test_an_exchange_goes_the_way_that_the_sentence_says(read, refused, swap, sentence, side):
    ways = {"in": swap(), "out": swap(source="USDC", target="SOL", side="out")}
    other = ways["out" if side == "in" else "in"]
    assert (await read(sentence, ways[side])).intents[0].side == side
    assert await refused(sentence, other) == ("model_ungrounded", sentence)


@pytest.mark.parametrize(
    ("sentence", "ways"),
    [
        ("let USDC be what 0.1 SOL is", {"in"}),
        ("cambia 0.1 SOL a USDC", {"in"}),
        ("fetch 0.1 SOL against USDC", {"in", "out"}),
    ],
)
async def test_an_amount_is_what_is_spent_unless_something_is_acquired(read, swap, sentence, ways):
    taken = set()
    for answer in (swap(), swap(source="USDC", target="SOL", side="out")):
        with suppress(UserError):
            taken.add((await read(sentence, answer)).intents[0].side)
    assert taken == ways
