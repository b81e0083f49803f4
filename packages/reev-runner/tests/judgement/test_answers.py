from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reev_runner.judgement._answers import Statement, fact_raw, last_answer, shorten
from reev_runner.judgement._answers import states as reads
from reev_runner.judgement._worth import Unknown
from reev_types.agents import Completed, GaveUp, RefusedByAgent
from reev_types.amounts import format_ui
from reev_types.assertions import AnswerStates
from reev_types.results import StepResult
from reev_types.tokens import SOL_MINT, find_token

USDC = find_token("USDC").mint
LENT_RAW = 1_045_711_166


def states(answer: str, raw: int, decimals: int) -> bool:
    return reads(answer, Statement("lent", raw, "USDC", decimals))


def step(outcome: Any) -> StepResult:
    return StepResult(step_id="1", critical=True, status="succeeded", outcome=outcome)


@pytest.mark.parametrize(
    "answer",
    [
        "1045.711166",
        "Worth 1,045.711166 USDC.",
        "Worth 1045.71, and some more was earned.",
        "It is **$1,045.71**.",
        "| lent | _1045.7111_ |",
        '{"assets": "1045.711166"}',
        "assets_raw: 1045711166",
        "about ~1045.711, up 4.23 % from 1,000",
        "It is worth 1045.71116600 now.",
        "1045.7111660001",
        "1045.711166951",
    ],
)
def test_a_number_is_stated_exactly_raw_or_rounded(answer: str) -> None:
    assert states(answer, LENT_RAW, 6)


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "Your position has grown nicely.",
        "1045.7",
        "1045",
        "1045.72",
        "1045.711165",
        "-1045.71",
        "−1045.71",
        "1045.71%",
        "1045.71 %",
        "abc1045.71",
        "1045.71abc",
        "11045.71",
        "1045.71.3",
        "2026-1045.71",
        "1040.71-1050.71",
        "1.045,71",
        "1,0457.11",
        "1045711167",
    ],
)
def test_what_is_another_number_or_part_of_one_states_nothing(answer: str) -> None:
    assert not states(answer, LENT_RAW, 6)


@pytest.mark.parametrize("answer", ["0.00", "0.05", "0.052", "52", "0.1"])
def test_so_few_digits_of_a_small_amount_could_be_a_guess(answer: str) -> None:
    assert not states(answer, 52_313, 6)


def test_a_small_amount_that_is_named_exactly_needs_no_more_digits() -> None:
    assert states("0.05", 50_000, 6)


def test_a_short_raw_amount_is_not_told_from_a_count() -> None:
    assert not states("It took 30 days.", 30, 6)


@pytest.mark.parametrize("answer", ["0.0523", "0.05231", "52313"])
def test_three_digits_of_a_small_amount_are_no_guess(answer: str) -> None:
    assert states(answer, 52_313, 6)


def test_nothing_is_stated_by_a_zero_and_by_no_other_number() -> None:
    assert states("You have lent 0 USDC.", 0, 6)
    assert states("Position: 0.00", 0, 6)
    assert not states("I have 10 ideas, 0 of them good.", 0, 6)
    assert not states("Nothing at all, 0.01 perhaps.", 0, 6)


def test_one_number_may_stand_close_to_the_right_one_and_no_more() -> None:
    def guesses(count: int) -> str:
        return " ".join(f"{Decimal(104571 + index) / 100}" for index in range(1 + count))

    assert states(guesses(1), LENT_RAW, 6)
    assert not states(guesses(2), LENT_RAW, 6)


def test_a_flood_of_numbers_states_nothing() -> None:
    def numbers(count: int) -> str:
        return " ".join(["1045.71", *(str(10_000 + index) for index in range(count))])

    assert states(numbers(23), LENT_RAW, 6)
    assert not states(numbers(24), LENT_RAW, 6)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("Lent 2.5 SOL", True),
        ("2.5 wSOL lent", True),
        ("2.5 mSOL lent", False),
        ("Lent $2.5", False),
        ("Lent 2.50 USD", False),
    ],
)
def test_dollars_are_a_unit_of_dollar_tokens_alone(answer: str, expected: bool) -> None:
    assert reads(answer, Statement("lent", 2_500_000_000, "SOL", 9)) is expected


def test_a_number_that_is_repeated_counts_once() -> None:
    assert states("1045.71 " * 100, LENT_RAW, 6)


@pytest.mark.parametrize(
    "answer",
    [
        *("9" * 60_000, "9" * 60_000 + "x", "0." + "6" * 60_000, "1,000" * 12_000, "1.1" * 20_000, ",111" * 16_000),
        *("1," * 30_000, " 111" * 16_000, "9" * 29 + ".5", "earned " * 9_000, "not " * 16_000, "|" * 60_000),
        *(". " * 30_000, "jupiter earn " * 5_000, "1045.72 earned " * 4_000),
    ],
    ids=range(15),
)
def test_what_has_no_end_is_only_wrong(answer: str) -> None:
    assert not states(answer, LENT_RAW, 6)


@given(raw=st.integers(0, 2**64 - 1), decimals=st.integers(0, 9))
def test_every_amount_is_stated_by_its_own_digits(raw: int, decimals: int) -> None:
    ui = format_ui(raw, decimals)

    assert states(f"It is worth {ui} now.", raw, decimals)
    assert states(f"It is worth {Decimal(ui):,f}, now.", raw, decimals)


@given(answer=st.text(alphabet="0123456789.,-% ", max_size=60), raw=st.integers(0, 2**64 - 1))
def test_no_answer_is_too_odd_to_be_judged(answer: str, raw: int) -> None:
    assert states(answer, raw, 6) in (True, False)


@pytest.mark.parametrize(("fact", "raw"), [("lent", 7), ("earned", 3)])
def test_facts_are_read_from_the_market(market: Any, wallet: str, fact: Any, raw: int) -> None:
    valuation = market(lent={USDC: 7}, earned={USDC: 3})

    assert fact_raw(AnswerStates(pubkey="USER", mint=USDC, fact=fact), wallet, valuation) == raw


def test_without_a_position_the_fact_is_zero(market: Any, wallet: str) -> None:
    valuation = market(lent={USDC: 7}, earned={USDC: 3})

    assert fact_raw(AnswerStates(pubkey="USER", mint=SOL_MINT, fact="lent"), wallet, valuation) == 0


def test_without_a_market_no_fact_is_known(wallet: str) -> None:
    assert isinstance(fact_raw(AnswerStates(pubkey="USER", mint=USDC, fact="lent"), wallet, None), Unknown)


def test_the_last_answer_that_says_something_counts(make_evidence: Any) -> None:
    outcomes = (Completed(answer="first"), Completed(answer="second"), Completed(), GaveUp(code="x", reason="third"))

    assert last_answer(make_evidence(steps=tuple(map(step, outcomes)))) == "second"


def test_a_refusal_is_no_answer(make_evidence: Any) -> None:
    refusal = RefusedByAgent(code="insufficient_funds", reason="1045.71")

    assert last_answer(make_evidence(steps=(step(refusal),))) == ""


def test_an_answer_is_shown_on_one_line_of_bounded_length() -> None:
    assert shorten("a\n  b\tc", 80) == "a b c"
    assert shorten("a" * 80, 80) == "a" * 80
    assert shorten("a" * 81, 80) == "a" * 79 + "…"
