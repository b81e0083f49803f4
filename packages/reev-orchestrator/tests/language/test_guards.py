import pytest

from reev_orchestrator.language import parse


@pytest.mark.parametrize(
    ("text", "code", "piece"),
    [
        ("don't swap 1 SOL to USDC", "negation", "don't"),
        ("swap 1 SOL to USDC but not now", "negation", "not"),
        ("if SOL drops, swap 1 SOL to USDC", "condition", "if"),
        ("swap 1 SOL to USDC every day", "schedule", "every"),
        ("swap 1 SOL to USDC at 5pm", "schedule", "pm"),
        ("swap 1 SOL to USDC at 17:30", "schedule", ":"),
        ("swap 1 SOL to USDC next week", "schedule", "next"),
        ("should I lend 5 USDC", "question", "should"),
        ("can I lend 5 USDC", "question", "can"),
        ("lend 5 USDC?", "question", "?"),
        ("what is SOL", "question", "what"),
        ('say "lend 5 USDC"', "quoted_text", '"lend 5 USDC"'),
        ("swap 1 SOL to USDC with 1% slippage", "unsupported_option", "slippage"),
        ("lend 5 USDC on Kamino", "unsupported_venue", "Kamino"),
        ("swap €5 of SOL to USDC", "unsupported_currency", "€"),
    ],
)
def test_what_is_recognised_and_not_carried_out_is_refused_at_the_word_that_says_so(blamed, text, code, piece):
    assert blamed(text) == (code, piece)


@pytest.mark.parametrize("text", ["I am am", "swap 1 SOL to USDC :", "lend 5 USDC, next lend 5 USDT, next"])
def test_harmless_neighbours_of_schedules_are_no_schedules(refused, text):
    assert refused(text).code != "schedule"


def test_a_polite_question_is_an_instruction():

    assert parse("could you please lend 5 USDC?").normalised == "lend 5 USDC on Jupiter"


def test_do_not_is_a_negation_and_no_question(refused):
    assert refused("do not lend 5 USDC").code == "negation"
