from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reev_runner.judgement import Moment, StateView
from reev_runner.judgement._assertions import verdict, verdicts
from reev_types.agents import Completed
from reev_types.assertions import (
    AnswerStates,
    CapitalReserve,
    JupiterLendingPosition,
    LiquidityRatio,
    MultiPoolDiversification,
    SolBalance,
    SolBalanceChange,
    TokenAccountBalance,
    TokenAccountBalanceChange,
    TotalPortfolioValue,
)
from reev_types.results import AssertionVerdict, StepResult
from reev_types.tokens import SOL_MINT, find_token

USER = "USER_WALLET_PUBKEY"
USDC = find_token("USDC").mint
PRICES = {SOL_MINT: Decimal(150), USDC: Decimal(1)}


@pytest.fixture
def decide(make_case: Any, make_evidence: Any) -> Any:
    return lambda assertion, **evidence: verdict(assertion, make_case(assertion), make_evidence(**evidence))


def test_a_balance_that_is_met_says_so_in_sol(decide: Any, recipient: str) -> None:
    assertion = SolBalance(pubkey="RECIPIENT_WALLET_PUBKEY", expected=100_000_000)

    found = decide(assertion, after=StateView({recipient: 100_000_000}, {}))

    assert found == AssertionVerdict(
        type="SolBalance",
        subject="SOL of RECIPIENT_WALLET_PUBKEY",
        expected="0.1 SOL",
        actual="0.1 SOL",
        met=True,
        weight="1",
    )


@pytest.mark.parametrize("raw", [34_999_999, 35_000_001])
def test_a_single_unit_off_is_not_met(decide: Any, wallet: str, ata: Any, raw: int) -> None:
    assertion = TokenAccountBalance(pubkey="USER_USDC_ATA", expected=35_000_000)

    assert decide(assertion, after=StateView({}, {ata(wallet, USDC): raw})).met is False


def test_several_bounds_must_all_hold(decide: Any, wallet: str, ata: Any) -> None:
    assertion = TokenAccountBalance(pubkey="USER_USDC_ATA", expected_gte=45_000_000, expected_lte=50_000_000)

    found = decide(assertion, after=StateView({}, {ata(wallet, USDC): 55_000_000}))

    assert (found.expected, found.actual, found.met) == ("≥ 45 USDC and ≤ 50 USDC", "55 USDC", False)


def test_a_change_is_shown_as_a_change(decide: Any, wallet: str) -> None:
    assertion = SolBalanceChange(pubkey=USER, expected_change_gte=-105_010_000, weight="0.5")
    before, after = StateView({wallet: 10**9}, {}), StateView({wallet: 899_995_000}, {})

    found = decide(assertion, before=before, after=after)

    assert (found.expected, found.actual, found.met) == ("change ≥ -0.10501 SOL", "change -0.100005 SOL", True)
    assert found.weight == "0.5"


def test_value_and_change_together_are_both_shown(decide: Any, wallet: str, ata: Any) -> None:
    assertion = TokenAccountBalanceChange(pubkey="USER_USDC_ATA", expected_lte=35_000_000, expected_change_lte=-1)
    account = ata(wallet, USDC)

    found = decide(assertion, before=StateView({}, {account: 20_000_000}), after=StateView({}, {account: 35_000_000}))

    assert found.expected == "≤ 35 USDC and change ≤ -0.000001 USDC (-1 raw)"
    assert (found.actual, found.met) == ("35 USDC, change +15 USDC", False)


@pytest.mark.parametrize(("after", "met"), [(7, False), (8, True)])
def test_not_zero_asks_for_any_change(decide: Any, wallet: str, after: int, met: bool) -> None:
    assertion = SolBalanceChange(pubkey=USER, expected_change_not_zero=True)

    assert decide(assertion, before=StateView({wallet: 7}, {}), after=StateView({wallet: after}, {})).met is met


def test_a_capital_reserve_needs_no_market(decide: Any, wallet: str) -> None:
    assertion = CapitalReserve(pubkey=USER, expected_gte=3 * 10**9)

    assert decide(assertion, after=StateView({wallet: 3 * 10**9}, {})).met is True


def test_a_portfolio_counts_tokens_sol_and_loans(decide: Any, wallet: str, market: Any) -> None:
    assertion = TotalPortfolioValue(pubkey=USER, expected_gte=250_000_000)
    after = StateView({wallet: 10**9}, {}, {wallet: {USDC: 60_000_000}})

    found = decide(assertion, after=after, valuation=market(PRICES, {USDC: 40_000_000}))

    assert (found.expected, found.actual, found.met) == ("≥ 250 USD", "250 USD", True)


def test_what_cannot_be_told_is_neither_met_nor_unmet(decide: Any) -> None:
    found = decide(TotalPortfolioValue(pubkey=USER, expected_gte=250_000_000))

    assert (found.expected, found.actual, found.met) == ("≥ 250 USD", "unknown", None)
    assert found.note == "this run has no market to tell prices and lending positions"


def test_a_change_in_value_needs_prices_of_the_start(decide: Any, wallet: str, market: Any) -> None:
    assertion = TotalPortfolioValue(pubkey=USER, expected_change_gte=0)
    state = StateView({wallet: 1}, {}, {wallet: {}})

    found = decide(assertion, before=state, after=state, valuation=market(PRICES))

    assert found.met is None
    assert found.note == "at the start: this run has no market to tell prices and lending positions"


def test_a_change_whose_end_is_unknown_is_unknown(decide: Any, market: Any) -> None:
    assertion = JupiterLendingPosition(pubkey=USER, mint=USDC, expected_change_gte=0)

    found = decide(assertion, valuation_before=market())

    assert (found.met, found.note) == (None, "this run has no market to tell prices and lending positions")


def test_a_lending_position_is_shown_in_its_asset(decide: Any, market: Any) -> None:
    assertion = JupiterLendingPosition(pubkey=USER, mint=USDC, expected_gte=50_000_000)

    found = decide(assertion, valuation=market(lent={USDC: 49_999_999}))

    assert (found.expected, found.actual, found.met) == ("≥ 50 USDC", "49.999999 USDC", False)


@pytest.mark.parametrize(("count", "met"), [(1, False), (2, True), (4, True), (5, False)])
def test_pools_are_counted_between_both_ends(decide: Any, market: Any, address: Any, count: int, met: bool) -> None:
    assertion = MultiPoolDiversification(pubkey=USER, min_pools=2, max_pools=4)

    found = decide(assertion, valuation=market(lent={address(f"mint {index}"): 1 for index in range(count)}))

    assert (found.expected, found.actual, found.met) == ("≥ 2 pools and ≤ 4 pools", f"{count} pools", met)


@pytest.mark.parametrize("assertion", [MultiPoolDiversification(pubkey=USER), LiquidityRatio(pubkey=USER)])
def test_an_assertion_without_a_bound_is_never_met(decide: Any, wallet: str, market: Any, assertion: Any) -> None:
    after = StateView({wallet: 1}, {}, {wallet: {}})

    found = decide(assertion, after=after, valuation=market(PRICES))

    assert (found.met, found.note) == (None, "the assertion gives no bound")


@pytest.mark.parametrize(
    ("usdc", "actual", "met"),
    [(425_000_000, "0.85", True), (424_999_999, "0.849999", False), (1_500_000_000, "0.95238", False)],
)
def test_liquidity_is_the_share_of_stable_tokens(
    decide: Any, wallet: str, market: Any, usdc: int, actual: str, met: bool
) -> None:
    assertion = LiquidityRatio(pubkey=USER, expected_gte="0.850", expected_lte="0.9")
    after = StateView({wallet: 500_000_000}, {}, {wallet: {USDC: usdc}})

    found = decide(assertion, after=after, valuation=market(PRICES))

    assert (found.expected, found.met) == ("≥ 0.85 and ≤ 0.9", met)
    assert found.actual == actual


@pytest.mark.parametrize(("high", "met"), [("0.25", True), ("0.249999", False)])
def test_an_upper_bound_on_liquidity_is_inclusive(decide: Any, wallet: str, market: Any, high: str, met: bool) -> None:
    after = StateView({}, {}, {wallet: {USDC: 10}})

    found = decide(LiquidityRatio(pubkey=USER, expected_lte=high), after=after, valuation=market(PRICES, {USDC: 30}))

    assert found.met is met


def test_stable_tokens_that_are_lent_are_value_but_not_liquid(decide: Any, wallet: str, market: Any) -> None:
    assertion = LiquidityRatio(pubkey=USER, expected_gte="0.5")
    after = StateView({}, {}, {wallet: {USDC: 10}})

    found = decide(assertion, after=after, valuation=market(PRICES, {USDC: 30}))

    assert (found.actual, found.met) == ("0.25", False)


def test_the_liquidity_of_an_empty_wallet_is_not_defined(decide: Any, wallet: str, market: Any) -> None:
    assertion = LiquidityRatio(pubkey=USER, expected_lte="0.5")

    found = decide(assertion, after=StateView({}, {}, {wallet: {}}), valuation=market(PRICES))

    assert (found.met, found.note) == (None, "the wallet is worth nothing")


def test_liquidity_without_a_market_is_unknown(decide: Any) -> None:
    assert decide(LiquidityRatio(pubkey=USER, expected_lte="0.5")).met is None


def test_verdicts_follow_the_order_of_the_benchmark(make_case: Any, make_evidence: Any) -> None:
    case = make_case(SolBalance(pubkey=USER, expected=0), CapitalReserve(pubkey=USER, expected_gte=0))

    assert [found.type for found in verdicts(case, make_evidence())] == ["SolBalance", "CapitalReserve"]


EARNED = AnswerStates(pubkey=USER, mint=USDC, fact="earned")


def said(*answers: str) -> tuple[StepResult, ...]:
    return tuple(
        StepResult(step_id=f"step_{number}", critical=True, status="succeeded", outcome=Completed(answer=answer))
        for number, answer in enumerate(answers, start=1)
    )


@pytest.mark.parametrize(("answer", "met"), [("You earned 3.62 USDC.", True), ("You earned 3.63 USDC.", False)])
def test_an_answer_is_compared_with_the_market(decide: Any, market: Any, answer: str, met: bool) -> None:
    found = decide(EARNED, steps=said(answer), valuation=market(earned={USDC: 3_623_000}))

    assert found.subject == "answer about USDC earned by USER_WALLET_PUBKEY"
    assert (found.expected, found.actual, found.met) == ("states 3.623 USDC", f"“{answer}”", met)


def test_an_agent_that_says_nothing_states_nothing(decide: Any, market: Any) -> None:
    found = decide(EARNED, valuation=market(earned={USDC: 3_623_000}))

    assert (found.actual, found.met) == ("no answer", False)


def test_an_answer_about_an_unknown_fact_is_undecided(decide: Any) -> None:
    found = decide(EARNED, steps=said("3.62"))

    assert (found.actual, found.met) == ("unknown", None)
    assert found.note == "this run has no market to tell prices and lending positions"


def test_a_long_answer_is_shown_shortened(decide: Any, market: Any) -> None:
    found = decide(EARNED, steps=said("no\n" * 1_000), valuation=market())

    assert len(found.actual) == len("“”") + 80


def test_an_assertion_about_a_step_looks_at_the_moment_after_it(decide: Any, wallet: str) -> None:
    assertion = SolBalance(pubkey=USER, after_step="step_1", expected=5)
    then = Moment(StateView({wallet: 5}, {}))

    found = decide(assertion, after=StateView({wallet: 9}, {}), after_steps={"step_1": then})

    assert (found.met, found.subject) == (True, "SOL of USER_WALLET_PUBKEY after step_1")


def test_the_end_does_not_count_for_an_assertion_about_a_step(decide: Any, wallet: str) -> None:
    assertion = SolBalance(pubkey=USER, after_step="step_1", expected=9)
    then = Moment(StateView({wallet: 5}, {}))

    assert decide(assertion, after=StateView({wallet: 9}, {}), after_steps={"step_1": then}).met is False


def test_a_change_after_a_step_counts_from_the_start(decide: Any, wallet: str) -> None:
    assertion = SolBalanceChange(pubkey=USER, after_step="step_2", expected_change_lte=-4)
    moments = {"step_1": Moment(StateView({wallet: 5}, {})), "step_2": Moment(StateView({wallet: 3}, {}))}

    found = decide(assertion, before=StateView({wallet: 7}, {}), after_steps=moments)

    assert (found.actual, found.met) == ("change -0.000000004 SOL (-4 raw)", True)


def test_a_position_after_a_step_is_valued_at_that_moment(decide: Any, market: Any) -> None:
    assertion = JupiterLendingPosition(pubkey=USER, mint=USDC, after_step="step_1", expected=50_000_000)
    then = Moment(StateView({}, {}), market(lent={USDC: 50_000_000}))

    assert decide(assertion, valuation=market(), after_steps={"step_1": then}).met is True


def test_after_a_step_that_did_not_run_nothing_is_met(decide: Any, wallet: str) -> None:
    assertion = SolBalance(pubkey=USER, after_step="step_2", expected_gte=0)

    found = decide(assertion, after=StateView({wallet: 9}, {}), after_steps={"step_1": Moment(StateView({}, {}))})

    assert (found.expected, found.actual, found.met) == ("≥ 0 SOL", "step_2 did not run", False)


def test_without_a_market_a_step_that_did_not_run_is_still_not_met(decide: Any) -> None:
    assertion = TotalPortfolioValue(pubkey=USER, after_step="step_2", expected_gte=0)

    found = decide(assertion)

    assert (found.actual, found.met, found.note) == ("step_2 did not run", False, "")


def test_a_ratio_a_count_of_pools_and_an_answer_may_be_about_a_step_too(decide: Any, market: Any, wallet: str) -> None:
    state = StateView({}, {}, {wallet: {USDC: 10}})
    then = {"step_1": Moment(state, market(prices={USDC: Decimal(1)}, lent={USDC: 5_000_000}))}
    nothing = {"valuation": market(), "after_steps": then, "steps": said("lent 5 USDC", "lent 0 USDC")}

    ratio = decide(LiquidityRatio(pubkey=USER, after_step="step_1", expected_lte=Decimal("0.5")), **nothing)
    pools = decide(MultiPoolDiversification(pubkey=USER, after_step="step_1", min_pools=1), **nothing)
    answer = decide(AnswerStates(pubkey=USER, after_step="step_1", mint=USDC, fact="lent"), **nothing)

    assert (ratio.met, pools.met, answer.met) == (True, True, True)
    assert answer.actual == "“lent 5 USDC”"
    assert answer.subject.endswith(" after step_1")


@given(before=st.integers(0, 2**64 - 1), after=st.integers(0, 2**64 - 1), bound=st.integers(-(2**64), 2**64))
def test_a_bound_on_the_change_is_one_on_the_difference(
    make_case: Any, make_evidence: Any, wallet: str, before: int, after: int, bound: int
) -> None:
    assertion = SolBalanceChange(pubkey=USER, expected_change_gte=bound)
    evidence = make_evidence(before=StateView({wallet: before}, {}), after=StateView({wallet: after}, {}))

    assert verdict(assertion, make_case(assertion), evidence).met is (after - before >= bound)
