import pytest

from reev_orchestrator.recovery._words import prompt_of, question_text, undone
from reev_types.amounts import ExactAmount
from reev_types.intents import LendDepositIntent, TransferIntent
from reev_types.tokens import find_token


def test_a_prompt_is_the_clause_of_its_intent():
    deposit = LendDepositIntent(mint=find_token("USDC").mint, amount=ExactAmount(raw=5_000_000))
    assert prompt_of(deposit) == "lend 5 USDC on Jupiter"


def test_the_terms_of_a_swap_are_told_in_the_words_of_its_tool(swap):
    assert prompt_of(swap()) == "swap 1 SOL to USDC"
    told = prompt_of(swap(slippage_bps=80, venue="Raydium"))
    assert told == "swap 1 SOL to USDC, with venue Raydium, with slippage_bps 80"


def test_what_has_no_clause_is_not_done_all_the_same(swap):
    unknown = TransferIntent(
        mint="7vfCXTUXx5WJV5JADk17DUJ4ksgau7utNKj4b963voxs", recipient="BOB", amount=ExactAmount(raw=1)
    )
    assert undone(swap()) == "not done: swap 1 SOL to USDC"
    assert undone(unknown) == "not done: transfer"


@pytest.mark.parametrize(
    ("message", "hint", "text"),
    [
        ("", "", "Swap did not work: timeout. What is to be done?"),
        ("no answer", "Try again", "Try again. Swap did not work: no answer [timeout]. What is to be done?"),
    ],
)
def test_a_question_says_why_it_is_asked(fail, message, hint, text):
    assert question_text("Swap", fail("timeout", message=message), hint) == text


def test_a_question_tells_what_has_been_done_all_the_same(fail):
    failure = fail("rpc_unreachable", landed=2)
    paid, unsaid = failure.landed
    told = failure.model_copy(update={"landed": (paid.model_copy(update={"summary": "-0.1 SOL"}), unsaid)})
    text = "Pay did not work: rpc_unreachable. Done already: -0.1 SOL; jupiter_swap. What is to be done?"
    assert question_text("Pay", told) == text
