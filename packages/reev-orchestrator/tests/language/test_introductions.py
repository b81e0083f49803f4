import pytest

from reev_orchestrator.language import parse


@pytest.mark.parametrize(
    ("text", "normalised"),
    [
        ("keep 0.1 SOL and swap the rest to USDC", "swap all my SOL except 0.1 SOL to USDC"),
        ("keep 0.1 SOL for fees, swap the rest of my SOL to USDC", "swap all my SOL except 0.1 SOL to USDC"),
        ("leave 0.1 in my wallet and swap the rest of my SOL to USDC", "swap all my SOL except 0.1 SOL to USDC"),
        ("keep 100 USDC and lend the rest", "lend all my USDC except 100 USDC on Jupiter"),
        ("keep 30% of my USDC and lend the remainder", "lend 70% of my USDC on Jupiter"),
        (
            "keep 1 SOL, swap 1 SOL to USDC and swap the rest of my SOL to JUP",
            "swap 1 SOL to USDC, then swap all my SOL except 1 SOL to JUP",
        ),
        ("take 1 SOL and swap it to USDC", "swap 1 SOL to USDC"),
        ("take half my SOL, convert it to USDC", "swap 50% of my SOL to USDC"),
        ("take 5 USDC and use it to buy JUP", "swap 5 USDC to JUP"),
    ],
)
def test_what_is_kept_or_taken_is_used_by_a_later_clause(text, normalised):
    assert parse(text).normalised == normalised
    assert parse(normalised).intents == parse(text).intents


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("keep 0.1 SOL", "ask_which_reading"),
        ("keep 0.1 SOL and show my balances", "ask_which_reading"),
        ("keep 0.1 SOL and swap all my SOL to USDC", "ask_which_reading"),
        ("keep 0.1 SOL and swap the rest of my USDC to SOL", "ask_which_reading"),
        ("swap 1 SOL to USDC, then keep 10 SOL and lend the rest", "ask_which_reading"),
        ("swap 1 SOL to USDC, then keep 10 USDC and lend the rest of the USDC", "ask_which_reading"),
        ("keep 0.1 SOL and keep 5 USDC and swap the rest to JUP", "ask_which_amount"),
        ("keep half of my SOL, swap 1 SOL to JUP and swap the rest of my SOL to USDC", "ask_which_reading"),
        ("keep it", "ask_which_reading"),
        ("keep", "ask_amount"),
        ("keep $20 worth of SOL and swap the rest to USDC", "ask_amount"),
        ("keep 100% of my SOL and swap the rest to USDC", "ask_amount"),
        ("keep 150% of my SOL and swap the rest to USDC", "ask_amount"),
        ("take 5 USDC and", "not_understood"),
        ("take 5 USDC, ", "ask_which_reading"),
        ("take 5 USDC and lend 3 USDC", "ask_which_reading"),
        ("take 5 USDC and take 3 SOL and lend it", "ask_which_reading"),
        ("take 5 USDC and lend half of it", "ask_which_reading"),
    ],
)
def test_what_is_kept_or_taken_for_nothing_is_asked_back(refused, text, code):
    assert refused(text).code == code
