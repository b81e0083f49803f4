from collections.abc import Callable
from typing import Any

import pytest

Lint = Callable[..., list[Any]]

USDC = "type: TokenAccountBalance, pubkey: USER_USDC_ATA, "
SOL = "type: SolBalance, pubkey: USER_WALLET_PUBKEY, "
CHANGE = "type: SolBalanceChange, pubkey: USER_WALLET_PUBKEY, "
MINT = "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v"
OTHERS = f"type: TokenAccountBalance, pubkey: RECIPIENT_WALLET_PUBKEY, mint: {MINT}, "
SAME = f"type: TokenAccountBalance, pubkey: USER_WALLET_PUBKEY, mint: {MINT}, "
FLOW = "flow: [{step: 1, prompt: a}, {step: 2, prompt: b}]"
POOLS = "type: MultiPoolDiversification, pubkey: USER_WALLET_PUBKEY, "


def test_bounds_without_a_common_value_contradict_each_other(lint: Lint):
    (finding,) = lint("contradictory-assertions", USDC + "expected_gte: 85", USDC + "expected_lte: 75")
    assert finding.severity == "error"
    assert finding.message == (
        "the USDC balance of USER_WALLET_PUBKEY cannot be at most 0.000075 USDC and, "
        "as final_state_assertions.0 wants, at least 0.000085 USDC"
    )
    assert finding.at.startswith("{type: TokenAccountBalance, pubkey: USER_USDC_ATA, expected_lte")


@pytest.mark.parametrize(
    "pair",
    [
        (USDC + "expected: 85", USDC + "expected: 86"),
        (
            USDC + "expected_gte: 85",
            SAME + "expected: 1",
        ),
        (SOL + "expected_lte: 100", CHANGE + "expected_change_gte: 0"),
        (CHANGE + "expected_change_not_zero: true", CHANGE + "expected_change_gte: 0, expected_change_lte: 0"),
        (POOLS + "min_pools: 3", POOLS + "max_pools: 2"),
        ("type: CapitalReserve, pubkey: USER_WALLET_PUBKEY, expected_gte: 9", SOL + "expected_lte: 8"),
    ],
)
def test_contradictions_are_seen_across_types_names_and_changes(lint: Lint, pair: tuple[str, str]):
    assert len(lint("contradictory-assertions", *pair)) == 1


def test_bounds_that_leave_only_an_excluded_value_contradict_each_other(lint: Lint):
    changed = "type: TokenAccountBalanceChange, pubkey: USER_USDC_ATA, expected_change_not_zero: true"
    bounds = (USDC + "expected_gte: 70", changed, USDC + "expected_gte: 1", USDC + "expected_lte: 70")
    (finding,) = lint("contradictory-assertions", *bounds)
    assert finding.message == (
        "no USDC balance of USER_WALLET_PUBKEY meets final_state_assertions.0, final_state_assertions.1 and "
        "final_state_assertions.3: 0.00007 USDC alone is left, and excluded"
    )
    assert finding.at.startswith("{type: TokenAccountBalance, pubkey: USER_USDC_ATA, expected_lte: 70")
    assert lint("single-point", *bounds) == []


def test_one_assertion_can_contradict_itself(lint: Lint):
    (finding,) = lint("contradictory-assertions", USDC + "expected_gte: 8, expected_lte: 7")
    assert "no value is within these bounds" in finding.message


@pytest.mark.parametrize(
    "pair",
    [
        (USDC + "expected_gte: 85", USDC + "expected_lte: 85"),
        (USDC + "expected_gte: 85", SOL + "expected_lte: 75"),
        (USDC + "expected_gte: 85", OTHERS + "expected: 1"),
        (USDC + "expected: 50, after_step: 1", USDC + "expected: 0"),
        (USDC + "expected: 50, after_step: 1", USDC + "expected: 0, after_step: 2"),
        (f"type: AnswerStates, pubkey: USER_WALLET_PUBKEY, mint: {MINT}, fact: lent", USDC + "expected: 0"),
        ("type: LiquidityRatio, pubkey: USER_WALLET_PUBKEY, expected_gte: 0.9", SOL + "expected: 0"),
        ("type: TotalPortfolioValue, pubkey: USER_WALLET_PUBKEY, expected_gte: 9", SOL + "expected: 0"),
    ],
)
def test_bounds_with_a_common_value_or_on_other_things_do_not_contradict(lint: Lint, pair: tuple[str, str]):
    assert lint("contradictory-assertions", *pair, top=FLOW) == []


def test_bounds_after_the_same_step_can_contradict_each_other(lint: Lint):
    pair = (USDC + "expected: 50, after_step: 1", USDC + "expected: 60, after_step: 1")
    (finding,) = lint("contradictory-assertions", *pair, top=FLOW)
    assert finding.message.startswith("the USDC balance of USER_WALLET_PUBKEY after step_1 cannot be")


def test_inequalities_that_leave_one_value_are_a_single_point(lint: Lint):
    bounds = (USDC + "expected_gte: 45, expected_lte: 55", USDC + "expected_lte: 50", USDC + "expected_lte: 45")
    (finding,) = lint("single-point", *bounds)
    assert finding.message == (
        "final_state_assertions.0 and final_state_assertions.2 admit one USDC balance of USER_WALLET_PUBKEY only: "
        "0.000045 USDC"
    )
    assert finding.severity == "warning"
    assert finding.at.endswith("expected_lte: 45}")


def test_an_expected_value_is_meant_to_be_one(lint: Lint):
    assert lint("single-point", USDC + "expected: 45") == []
    assert lint("single-point", USDC + "expected: 45", USDC + "expected_gte: 45") == []
    assert lint("single-point", USDC + "expected_gte: 45", USDC + "expected_lte: 46") == []


def test_a_bound_within_another_is_redundant(lint: Lint):
    bounds = (USDC + "expected_lte: 30", USDC + "expected_lte: 25", USDC + "expected_lte: 20")
    findings = lint("redundant-bound", *bounds)
    assert [finding.at[-4:] for finding in findings] == [" 30}", " 25}"]
    assert findings[0].message == (
        "final_state_assertions.1 on the USDC balance of USER_WALLET_PUBKEY implies this one (at most 0.00003 USDC)"
    )


def test_of_two_equal_bounds_the_later_is_redundant(lint: Lint):
    first = USDC + "expected_change_not_zero: true, weight: 1"
    second = "type: TokenAccountBalanceChange, pubkey: USER_USDC_ATA, expected_change_not_zero: true"
    (finding,) = lint("redundant-bound", first, second)
    assert finding.at.startswith("{type: TokenAccountBalanceChange")
    assert "(other than at first)" in finding.message


def test_a_change_is_implied_only_by_bounds_that_exclude_the_first_value(lint: Lint):
    change = USDC + "expected_change_not_zero: true"
    assert len(lint("redundant-bound", change, USDC + "expected_gte: 71")) == 1
    assert lint("redundant-bound", change, USDC + "expected_gte: 70") == []


def test_a_bound_that_nothing_meets_implies_nothing(lint: Lint):
    assert lint("redundant-bound", USDC + "expected_gte: 8, expected_lte: 7", USDC + "expected_gte: 1") == []


@pytest.mark.parametrize(
    "bound",
    [
        CHANGE + "expected_change_gte: -105000000",
        SOL + "expected_gte: 500000000",
        USDC + "expected: 70",
        USDC + "expected_lte: 75",
        OTHERS + "expected: 0",
        f"type: JupiterLendingPosition, pubkey: USER_WALLET_PUBKEY, mint: {MINT}, expected_lte: 5",
        "type: SolBalance, pubkey: RECIPIENT_WALLET_PUBKEY, expected: 0",
        "type: CapitalReserve, pubkey: USER_WALLET_PUBKEY, expected_gte: 1",
        POOLS + "max_pools: 4",
    ],
)
def test_an_assertion_that_holds_from_the_start_is_met_by_doing_nothing(lint: Lint, bound: str):
    (finding,) = lint("met-by-doing-nothing", bound)
    assert "before anything is done" in finding.message


@pytest.mark.parametrize(
    "bound",
    [
        CHANGE + "expected_change_gte: 1",
        CHANGE + "expected_change_not_zero: true",
        SOL + "expected: 3900000000",
        USDC + "expected: 71",
        POOLS + "min_pools: 1",
        "type: SolBalance, pubkey: J1toso1uCk3RLmjorhTtrVwY9HJ7X8V9yYac6Y7kGCPn, expected: 0",
        "type: SolBalanceChange, pubkey: J1toso1uCk3RLmjorhTtrVwY9HJ7X8V9yYac6Y7kGCPn, expected_change_gte: 0",
        "type: TokenAccountBalance, pubkey: J1toso1uCk3RLmjorhTtrVwY9HJ7X8V9yYac6Y7kGCPn, expected: 0",
        "type: TotalPortfolioValue, pubkey: USER_WALLET_PUBKEY, expected_gte: 0",
    ],
)
def test_what_does_not_hold_at_first_or_is_not_known_is_not_reported(lint: Lint, bound: str):
    assert lint("met-by-doing-nothing", bound) == []


SHARES = (
    "  - {pubkey: USER_WALLET_PUBKEY, owner: jup3YeL8QhtSx1e253b2FDvsMNC87fDrgQZivbrndc9, data: {jUSDC_balance: 5}}"
)


def test_lending_positions_of_the_initial_state_count(lint: Lint):
    assert len(lint("met-by-doing-nothing", POOLS + "min_pools: 1", accounts=SHARES)) == 1
    lent = f"type: JupiterLendingPosition, pubkey: USER_WALLET_PUBKEY, mint: {MINT}, expected_lte: 5"
    assert lint("met-by-doing-nothing", lent, accounts=SHARES) == []  # the share price is not known here


def test_a_solution_that_moves_nothing_is_no_reason_to_complain(lint: Lint):
    refusal = "reference: [[{kind: refuse, code: insufficient_funds}]]"
    assert lint("met-by-doing-nothing", USDC + "expected: 70", top=refusal) == []
    transfer = (
        "reference: [[{kind: transfer, mint: So11111111111111111111111111111111111111112, "
        "recipient: RECIPIENT_WALLET_PUBKEY, amount: {kind: exact, raw: 1}}]]"
    )
    assert len(lint("met-by-doing-nothing", USDC + "expected: 70", top=transfer)) == 1


def test_a_quantity_that_must_leave_its_initial_value_may_return_to_it(lint: Lint):
    there, back = USDC + "expected: 20, after_step: 1", USDC + "expected: 70"
    assert lint("met-by-doing-nothing", there, back, top=FLOW) == []
    assert len(lint("met-by-doing-nothing", back, top=FLOW)) == 1


@pytest.mark.parametrize(
    "there",
    [
        USDC + "expected: 70, after_step: 1",
        OTHERS + "expected: 20, after_step: 1",
        f"type: JupiterLendingPosition, pubkey: USER_WALLET_PUBKEY, mint: {MINT}, expected_gte: 5, after_step: 1",
    ],
)
def test_no_way_of_another_quantity_or_back_to_the_start_excuses_it(lint: Lint, there: str):
    findings = lint("met-by-doing-nothing", there, USDC + "expected: 70", top=FLOW)
    assert findings[-1].at.endswith("expected: 70}")


def test_an_assertion_about_a_step_that_holds_from_the_start_is_met_by_doing_nothing(lint: Lint):
    (finding,) = lint("met-by-doing-nothing", USDC + "expected: 70, after_step: 1", top=FLOW)
    assert finding.message.startswith("the USDC balance of USER_WALLET_PUBKEY after step_1 is 0.00007 USDC before")
