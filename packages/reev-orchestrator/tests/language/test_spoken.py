import pytest

from reev_orchestrator.language import parse
from reev_types.amounts import ExactAmount


def raw_of(words: str) -> int:
    amount = parse(f"lend {words} SOL").intents[0].amount
    assert isinstance(amount, ExactAmount)
    return amount.raw


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("nineteen", 19),
        ("twenty-five", 25),
        ("twenty five", 25),
        ("a hundred", 100),
        ("a hundred and one", 101),
        ("one hundred fifty", 150),
        ("two hundred and fifty", 250),
        ("twelve hundred", 1_200),
        ("a thousand", 1_000),
        ("one thousand and fifty", 1_050),
        ("one thousand two hundred", 1_200),
        ("five thousand six hundred and seventy-eight", 5_678),
        ("one hundred and five thousand", 105_000),
        ("a million", 1_000_000),
        ("two k", 2_000),
        ("5 hundred", 500),
    ],
)
def test_a_number_in_words_is_that_number(words, number):
    assert raw_of(words) == number * 10**9


@pytest.mark.parametrize(
    ("words", "lamports"),
    [
        ("zero point one", 100_000_000),
        ("point zero five", 50_000_000),
        ("two point two five", 2_250_000_000),
        ("two and a half", 2_500_000_000),
        ("2 and a half", 2_500_000_000),
        ("two and a half thousand", 2_500 * 10**9),
        ("one point five million", 1_500_000 * 10**9),
    ],
)
def test_decimals_and_halves_are_spoken_too(words, lamports):
    assert raw_of(words) == lamports


@pytest.mark.parametrize(
    "words",
    [
        "one two",
        "twenty eleven",
        "one hundred hundred",
        "one hundred two hundred",
        "one thousand thousand",
        "one thousand two thousand",
        "one thousand two million",
        "1k thousand",
        "2k and a half",
        "2.5 and a half",
        "two thousand and a half",
        "one point twenty",
        "one point",
    ],
)
def test_what_is_not_one_number_is_asked_back(refused, words):
    assert refused(f"lend {words} SOL").code == "ask_which_amount"


def test_zero_in_words_moves_nothing(refused):
    assert refused("lend zero SOL").code == "zero_amount"


def test_a_second_amount_in_words_repeats_the_clause():
    reading = parse("lend one hundred USDC and fifty USDT")
    assert reading.normalised == "lend 100 USDC on Jupiter, then lend 50 USDT on Jupiter"
