"""Sentences about strategies: what is read, what is asked back, what is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reev_orchestrator.language import (
    EmergencyExit,
    Farming,
    Rebalance,
    RiskAdjustedGrowth,
    YieldOptimisation,
    parse,
)
from reev_orchestrator.language.strategies import sentence_of
from reev_types.amounts import AllAmount, ExactAmount, ShareAmount
from reev_types.errors import UserError
from reev_types.tokens import SOL_MINT, TOKENS, find_token

USDC, USDT = find_token("USDC").mint, find_token("USDT").mint
HALF, THIRTY_PERCENT = ShareAmount(of=Decimal("0.5")), ShareAmount(of=Decimal("0.3"))
ALICE = "9aE476sH92Vz7DMPyq5WLPkrKWivxeuTKEFKd2sZZcde"


def scenario(text):
    strategy = parse(text).strategy
    assert strategy is not None, text
    return strategy.scenario


@pytest.mark.parametrize(
    "text",
    [
        "use 50% of my SOL to maximize my USDC yield on jupiter",
        "Use my 50% SOL to maximise USDC returns",
        "use half of my SOL to optimize yield on my USDC",
        "maximize my USDC yield with 50% of my SOL",
        "please maximize my USDC interest on jupiter using 50% of my sol",
    ],
)
def test_yield_is_optimised_with_what_is_named(text):
    assert scenario(text) == YieldOptimisation(SOL_MINT, HALF, USDC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("rebalance SOL and USDC", Rebalance(SOL_MINT, USDC, is_pair_stated=True)),
        (
            "please rebalance SOL and USDC based on current market conditions",
            Rebalance(SOL_MINT, USDC, is_pair_stated=True),
        ),
        ("rebalance SOL and USDC for yield", Rebalance(SOL_MINT, USDC, is_pair_stated=True, lends=True)),
        ("rebalance SOL and USDT", Rebalance(SOL_MINT, USDT, is_pair_stated=True)),
        ("rebalance my portfolio between USDT and SOL", Rebalance(USDT, SOL_MINT, is_pair_stated=True)),
        (
            "rebalance my portfolio to 60% SOL and 40% USDC",
            Rebalance(SOL_MINT, USDC, Decimal("0.6"), is_pair_stated=True, is_stated=True),
        ),
        (
            "rebalance my wallet. Analyze my current holdings (SOL and USDT)",
            Rebalance(SOL_MINT, USDT, is_pair_stated=True),
        ),
        (
            "rebalance SOL and USDT. Analyze my holdings (USDT and SOL)",
            Rebalance(SOL_MINT, USDT, is_pair_stated=True),
        ),
    ],
)
def test_a_portfolio_is_rebalanced(text, expected):
    assert scenario(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "implement a risk-adjusted growth strategy using 30% of my SOL",
        "risk adjusted growth with 30% of my SOL",
        "I want to run a risk-adjusted growth plan with 30% SOL. Keep enough SOL for transaction fees",
    ],
)
def test_growth_is_risk_adjusted(text):
    assert scenario(text) == RiskAdjustedGrowth(SOL_MINT, THIRTY_PERCENT)


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("emergency exit", USDC),
        ("I need an emergency exit plan for all of my positions", USDC),
        ("exit all my positions to USDC", USDC),
        ("exit everything into stablecoins", USDC),
        ("liquidate my portfolio to USDT", USDT),
        ("emergency exit. withdraw everything from lending and convert all my risky assets to stable ones", USDC),
    ],
)
def test_an_exit_is_from_everything_into_dollars(text, target):
    assert scenario(text) == EmergencyExit(target)


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("start yield farming with 70% of my capital", "0.7"),
        ("optimize my yield farming strategy using 70% of my available capital", "0.7"),
        ("farm yield on jupiter with half of my portfolio", "0.5"),
        ("spread all of my capital across several Jupiter lending pools", "1"),
        ("diversify 25% of my assets over the lending vaults", "0.25"),
    ],
)
def test_farming_takes_a_share_of_the_capital(text, share):
    assert scenario(text) == Farming(Decimal(share))


@pytest.mark.parametrize(
    ("text", "code", "piece"),
    [
        ("maximize my USDC yield", "ask_amount", "maximize my USDC yield"),
        ("use SOL to maximize my USDC yield", "ask_amount", "SOL"),
        ("use 50% of my SOL to maximize returns", "ask_token", "returns"),
        ("maximize my USDC yield with everything", "ask_token", "everything"),
        ("maximize my USDC yield with", "ask_token", ""),
        ("implement a risk-adjusted growth strategy", "ask_amount", "risk-adjusted growth strategy"),
        ("yield farming", "ask_amount", "yield farming"),
        ("optimize my yield farming strategy using 70% of my SOL", "ask_which_amount", "70% of my"),
        ("spread 70% of my capital", "ask_token", ""),
        ("spread 70% of my capital over the moon", "ask_token", "over"),
        ("spread 170% of my capital over the vaults", "share_too_large", "170% of my capital"),
        ("rebalance", "ask_token", ""),
        ("rebalance everything", "ask_token", "everything"),
        ("rebalance SOL", "ask_token", "SOL"),
        ("rebalance SOL and SOL", "ask_token", "SOL and SOL"),
        ("rebalance my portfolio between SOL", "ask_token", "my portfolio between"),
        ("rebalance my portfolio for yield", "ask_which_reading", "rebalance my portfolio"),
        ("liquidate all my assets", "ask_token", ""),
        ("rebalance my portfolio to stable assets", "ask_which_reading", "stable"),
        ("rebalance my portfolio to 60% SOL and 50% USDC", "ask_which_amount", "60% SOL and 50% USDC"),
        ("rebalance my portfolio to 60% SOL, 40% SOL", "ask_token", "60% SOL, 40% SOL"),
        ("rebalance my portfolio to 33.333% SOL and 66.667% USDC", "ask_which_amount", "33.333% SOL and 66.667% USDC"),
        ("rebalance SOL and USDC. check my holdings (SOL and JUP)", "ask_which_reading", "(SOL and JUP)"),
        ("exit my position in JUP", "ask_which_reading", "position"),
        ("emergency exit from JUP", "ask_which_reading", "JUP"),
        ("emergency exit to BONK", "ask_token", "to BONK"),
        ("emergency exit and rebalance my portfolio", "ask_which_reading", "rebalance my portfolio"),
    ],
)
def test_what_is_missing_is_asked_for(blamed, text, code, piece):
    assert blamed(text) == (code, piece)


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        (f"rebalance my portfolio and send 1 SOL to {ALICE}", f"send 1 SOL to {ALICE}"),
        ("emergency exit, then swap 1 SOL to USDC", "swap 1 SOL to USDC"),
        ("exit all my positions to USDC except JUP", "except JUP"),
        ("rebalance my portfolio. Consider 5 SOL", "5 SOL"),
        ("rebalance my portfolio. Check SOL prices", "SOL prices"),
        ("rebalance my portfolio. Check rates and lend all tokens", "lend all tokens"),
        (f"rebalance my portfolio. Focus on {ALICE}", ALICE),
        ("rebalance my portfolio and withdraw all lending positions", "withdraw all lending positions"),
        ("emergency exit. Analyze my holdings (SOL and USDC)", "(SOL and USDC)"),
        ("rebalance my portfolio. Analyze my holdings (SOL)", "(SOL)"),
        ("emergency exit. Convert risky assets to BONK", "Convert risky assets to BONK"),
        ("emergency exit. Keep enough JUP for fees", "Keep enough JUP for fees"),
        ("rebalance my portfolio with aggressive risk", "with aggressive risk"),
    ],
)
def test_nothing_is_swallowed_as_advice(blamed, text, piece):
    assert blamed(text) == ("mixed_strategy", piece)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("don't rebalance my portfolio", "negation"),
        ("rebalance my portfolio if SOL drops", "condition"),
        ("rebalance my portfolio every day", "schedule"),
        ("rebalance my portfolio while SOL is up", "schedule"),
        ("rebalance my portfolio while", "schedule"),
        ("should I rebalance my portfolio", "question"),
        ("rebalance my portfolio?", "question"),
        ("emergency exit on kamino", "unsupported_venue"),
        ("maximize my profits", "not_understood"),
        ("maximize yield on jupiter", "not_understood"),
        ("analyze my portfolio and maximize returns", "not_understood"),
        ("maximize returns. do it now 5", "not_understood"),
        ("use 1 SOL to buy USDC and maximize returns", "not_understood"),
    ],
)
def test_what_keeps_other_sentences_from_being_carried_out_keeps_these(refused, text, code):
    assert refused(text).code == code


def test_politeness_is_no_question():
    assert scenario("could you rebalance SOL and USDC?") == Rebalance(SOL_MINT, USDC, is_pair_stated=True)


def test_corrections_are_told_once():
    assert [found[:2] for found in parse("maximize my USDC yield with 5 SLO").corrections] == [("SLO", "SOL")]


def test_advice_is_kept_word_by_word():
    strategy = parse("Rebalance SOL and USDC due to market stress, check rates while managing risk. Thanks!").strategy
    said = [place.text[place.start : place.end] for place in strategy.advice]
    assert said == ["due to market stress", "check rates while managing risk"]


def test_a_sentence_about_a_strategy_names_no_steps():
    reading = parse("rebalance SOL and USDC")
    assert (reading.steps, reading.intents, reading.goals) == ((), (), ())
    assert reading.normalised == "rebalance my portfolio to 50% SOL and 50% USDC"


plain = [token.mint for token in TOKENS if token.underlying is None]
percents = st.integers(1, 9_999).map(lambda part: Decimal(part) / 10_000)
amounts = st.one_of(
    st.integers(1, 10**15).map(lambda raw: ExactAmount(raw=raw)),
    percents.map(lambda share: ShareAmount(of=share)),
    st.just(AllAmount()),
)
pairs = st.lists(st.sampled_from(plain), min_size=2, max_size=2, unique=True)
scenarios = st.one_of(
    st.builds(YieldOptimisation, st.sampled_from(plain), amounts, st.sampled_from(plain)),
    st.builds(
        lambda pair, share, lends: Rebalance(*pair, share, is_pair_stated=True, is_stated=True, lends=lends),
        pairs,
        percents,
        st.booleans(),
    ),
    st.builds(RiskAdjustedGrowth, st.sampled_from(plain), amounts),
    st.sampled_from([USDC, USDT, find_token("PYUSD").mint]).map(EmergencyExit),
    percents.map(Farming),
)


@given(scenarios)
def test_the_sentence_of_a_scenario_reads_back_as_the_scenario(told):
    reading = parse(sentence_of(told))
    assert reading.strategy is not None
    assert reading.strategy.scenario == told
    assert reading.normalised == sentence_of(told)


_WORDS = (
    "rebalance|my|portfolio|emergency|exit|all|positions|to|USDC|SOL|50%|and|,|.|(|)|maximize|yield|with|using|capital"
    "|spread|over|vaults|risk-adjusted|growth|analyze|check|while|managing|risk|5|lend|swap|?|use|farming|optimize|for"
)


def outcome(text):
    try:
        return parse(text)
    except UserError as error:
        return error


@given(st.lists(st.sampled_from(_WORDS.split("|")), max_size=20).map(" ".join))
def test_any_words_come_to_a_reading_or_an_error_with_a_place(text):
    found = outcome(text)
    if isinstance(found, UserError):
        assert found.place is not None
    else:
        assert found.strategy or found.steps
