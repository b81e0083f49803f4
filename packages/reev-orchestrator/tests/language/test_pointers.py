from decimal import Decimal

import pytest

from reev_orchestrator.language import parse
from reev_types.amounts import StepAmount

HALF = StepAmount(step_id="swap_1", of=Decimal("0.5"))


@pytest.mark.parametrize(
    "words",
    [
        "half of it",
        "half of that",
        "half the proceeds",
        "50% of the proceeds",
        "50% of what I get",
        "1/2 of the result",
    ],
)
def test_a_part_of_what_a_step_brings_is_a_part_of_that_and_not_of_the_wallet(words):
    assert parse(f"swap 1 SOL to USDC and lend {words}").intents[1].amount == HALF


def test_it_is_what_the_step_just_before_brings():
    reading = parse("swap 1 SOL to USDC, swap 1 SOL to USDT and lend it")
    assert reading.intents[2].amount == StepAmount(step_id="swap_2")


def test_a_part_reads_back_from_the_one_sentence_for_it():
    reading = parse("swap 1 SOL to USDC, then lend a third of it")
    assert reading.normalised == "swap 1 SOL to USDC, then lend 1/3 of the USDC from step 1 on Jupiter"
    assert parse(reading.normalised).intents == reading.intents


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("lend half of it", "ask_which_reading"),
        ("swap 1 SOL to USDC, swap 1 SOL to USDT and lend them", "ask_which_reading"),
        ("swap 1 SOL to USDC, swap 1 SOL to USDT and lend the proceeds", "ask_which_reading"),
        ("swap 1 SOL to USDC, swap 1 SOL to USDT and lend everything I get", "ask_which_reading"),
        ("swap 1 SOL to USDC and lend half of it and lend half of it", "ask_which_reading"),
        ("swap 1 SOL to USDC and lend half of the USDC", "ask_which_reading"),
        ("swap 1 SOL to USDC and lend half of that USDC", "ask_token"),
        ("swap 1 SOL to USDC and lend 150% of it", "share_too_large"),
        ("swap 1 SOL to USDC and lend 0% of it", "zero_amount"),
    ],
)
def test_a_part_in_doubt_is_not_computed(refused, text, code):
    assert refused(text).code == code
