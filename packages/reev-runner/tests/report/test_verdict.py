import pytest

from reev_runner.report._verdict import assertions, reasons, score_lines, score_text
from reev_types.results import AssertionVerdict, Judgement, Outflow, StrangerGain
from reev_types.tokens import SOL_MINT, TOKENS

STRANGER = "J1toso1uCk3RLmjorhTtrVwY9HJ7X8V9yYac6Y7kGCpm"


def judgement(**changes):
    facts = {
        "passed": False,
        "reasons": (),
        "score": 0.5,
        "score_arithmetic": "1 / 2 = 0.5",
        "min_score": 1,
        "assertions": (),
        "instruction_score": None,
        "legacy_score": 0.375,
    }
    return Judgement(**{**facts, **changes})


UNKNOWN = AssertionVerdict(
    type="TotalPortfolioValue",
    subject="worth of USER_WALLET_PUBKEY",
    expected="≥ 100 USD",
    actual="unknown",
    met=None,
    weight="2",
    note="no price is known",
)


@pytest.mark.parametrize(
    ("score", "text"),
    [(1, "1.00"), (0, "0.00"), (0.5, "0.50"), (0.999999, "0.999999"), (0.995, "0.995"), (0.333333, "0.333333")],
)
def test_a_score_never_looks_like_another(score, text):
    assert score_text(score) == text


def test_an_assertion_that_cannot_be_evaluated_says_why(rendered):
    text = rendered(lambda console: console.print(assertions([UNKNOWN], 100)))
    assert "– not evaluated" in text
    assert "no price is known" in text


def test_where_there_is_little_room_assertions_are_a_list(rendered):
    text = rendered(lambda console: console.print(assertions([UNKNOWN], 40)), width=40)
    assert " ".join(text.split()) == (
        "– not evaluated worth of USER_WALLET_PUBKEY: expected ≥ 100 USD, actual unknown (no price is known), weight 2"
    )


def test_reasons_come_with_what_left_and_who_gained():
    told = judgement(
        reasons=("unrequested_outflow", "stranger_gained"),
        outflows=(
            Outflow(mint=SOL_MINT, spent_raw=200_000_000, allowed_raw=100_000_000),
            Outflow(mint=TOKENS[1].mint, spent_raw=1, allowed_raw=1),
            Outflow(mint=TOKENS[2].mint, spent_raw=1, allowed_raw=None),
        ),
        strangers=(StrangerGain(address=STRANGER, name="J1to…GCpm", mint=SOL_MINT, gained_raw=100_000_000),),
    )
    *_, outflow, gain = [text.plain for _, text in reasons(told)]
    assert outflow == "0.2 SOL left the wallet, at most 0.1 SOL was asked for"
    assert gain == "J1to…GCpm gained 0.1 SOL, which nobody asked for"
    assert len(list(reasons(told))) == 4


def test_the_score_is_shown_with_its_arithmetic_and_what_was_needed():
    assert [text.plain for text in score_lines(judgement())] == [
        "score 1 / 2 = 0.5 · needed 1.00",
        "for comparison: legacy score 0.375",
    ]


def test_an_instruction_score_is_shown_where_there_is_one():
    *_, others = score_lines(judgement(instruction_score=0.25))
    assert others.plain == "for comparison: instruction score 0.25 · legacy score 0.375"


@pytest.mark.parametrize("width", [100, 40])
def test_an_answer_that_an_assertion_quotes_cannot_steer_the_terminal(rendered, width):
    answer = "“\x1b[2J\x1b]0;title\x07[bold red]3.62[/]\u202e\r\nscore 1.00”"
    quoting = UNKNOWN.model_copy(update={"type": "AnswerStates", "actual": answer, "met": False, "note": ""})
    text = rendered(lambda console: console.print(assertions([quoting], width)), width=width)
    assert "[bold red]3.62[/]" in text
    assert not {"\x1b", "\x07", "\u202e", "\r"} & set(text)
    assert "✗ not met" in text
