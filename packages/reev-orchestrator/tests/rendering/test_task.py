from decimal import Decimal

import pytest

from reev_orchestrator.rendering._task import TASK_NAMES, task
from reev_types.amounts import AllAmount, ExactAmount, ShareAmount, StepAmount, UsdAmount
from reev_types.contexts import PreviousResult
from reev_types.intents import (
    BalancesIntent,
    LendDepositIntent,
    LendMintIntent,
    LendRedeemIntent,
    LendWithdrawIntent,
    PositionsIntent,
    RefuseIntent,
    SwapIntent,
    TransferIntent,
)
from reev_types.plans import DynamicFlowPlan, DynamicStep, Goal
from reev_types.tokens import SOL_MINT, find_token

STRANGER = "Stranger11111111111111111111111111111111111"
USDC, SHARES = find_token("USDC").mint, find_token("jlUSDC").mint
ONE = ExactAmount(raw=1_000_000)


@pytest.fixture
def values(wallet, context):
    """Return the variables for one intent."""

    def values(intent, *, resolved=None, results=(), goals=()):
        step = DynamicStep(
            step_id="s", description="", intent=intent, resolved_amount=resolved, prompt_template="base/swap"
        )
        plan = DynamicFlowPlan(
            flow_id="f", user_prompt='say "x"', normalised_prompt="x", steps=(step,), goals=goals, context=wallet()
        )
        return task(plan, step, context(results=results), 50)

    return values


BY_KIND = [
    (TransferIntent(mint=USDC, recipient="BOB", amount=ONE), {"token", "amount", "recipient"}),
    (SwapIntent(input_mint=SOL_MINT, output_mint=USDC, amount=ONE), {"token", "output", "side", "amount"}),
    (LendDepositIntent(mint=USDC, amount=ONE), {"token", "amount"}),
    (LendWithdrawIntent(mint=USDC, amount=ONE), {"token", "amount"}),
    (LendMintIntent(mint=USDC, shares=ONE), {"token", "shares", "amount"}),
    (LendRedeemIntent(mint=USDC, shares=ONE), {"token", "shares", "amount"}),
    (BalancesIntent(), set()),
    (PositionsIntent(), set()),
    (RefuseIntent(code="unsupported"), {"refusal"}),
]


@pytest.mark.parametrize(("intent", "names"), BY_KIND, ids=lambda value: getattr(value, "kind", ""))
def test_each_kind_of_intent_has_its_variables(values, intent, names):
    assert values(intent).keys() == {"step", "flow", "slippage_bps"} | names


def test_the_names_are_those_that_templates_may_use():
    assert {"step", "flow", "slippage_bps"}.union(*(names for _, names in BY_KIND)) == TASK_NAMES


@pytest.mark.parametrize(
    ("amount", "words", "raw"),
    [
        (ONE, "1 USDC", 1_000_000),
        (ShareAmount(of=Decimal("0.5")), "50% of the USDC", 70),
        (ShareAmount(of=Decimal("0.125")), "12.5% of the USDC", 70),
        (AllAmount(), "all of the USDC", 70),
        (AllAmount(keep_raw=500_000), "all of the USDC except 0.5 USDC", 70),
        (UsdAmount(value=Decimal("20.5")), "$20.5 worth of USDC", 70),
        (StepAmount(step_id="swap_1"), "the USDC that step swap_1 brought", 70),
        (StepAmount(step_id="swap_1", of=Decimal("0.5")), "50% of the USDC that step swap_1 brought", 70),
    ],
)
def test_an_amount_is_said_as_it_was_asked_for_and_in_numbers(values, amount, words, raw):
    shown = values(LendDepositIntent(mint=USDC, amount=amount), resolved=70)["amount"]
    assert (shown.words, shown.raw) == (words, raw)


def test_what_a_step_brought_is_known_once_that_step_is_over(values):
    lend = LendDepositIntent(mint=USDC, amount=StepAmount(step_id="swap_1"))
    results = (
        PreviousResult(step_id="other", success=True, summary="", produced_raw={USDC: 1}),
        PreviousResult(step_id="swap_1", success=True, summary="", produced_raw={USDC: 1_500_000}),
    )
    assert (values(lend)["amount"].raw, values(lend)["amount"].ui) == (None, None)
    after = values(lend, results=results)["amount"]
    assert (after.raw, after.ui) == (1_500_000, "1.5")
    third = LendDepositIntent(mint=USDC, amount=StepAmount(step_id="swap_1", of=Decimal("0.3")))
    assert values(third, results=results)["amount"].raw == 450_000


def test_shares_are_counted_in_the_share_token(values):
    shown = values(LendRedeemIntent(mint=USDC, shares=ONE))
    assert shown["shares"].mint == SHARES
    assert shown["amount"].words == "1 jlUSDC"


def test_an_exact_out_swap_counts_the_output(values):
    shown = values(SwapIntent(input_mint=SOL_MINT, output_mint=USDC, side="out", amount=ONE))
    assert shown["amount"].words == "1 USDC"


def test_an_unknown_mint_is_counted_in_raw_units(values):
    shown = values(TransferIntent(mint=STRANGER, recipient="BOB", amount=ONE))
    assert shown["amount"].words == "1000000 raw units of Stra…1111"
    assert (shown["token"].symbol, shown["token"].mint) == ("Stra…1111", STRANGER)


def test_a_goal_is_shown_with_the_swap_that_serves_it(values):
    goals = (
        Goal(mint=USDC, target_raw=3_000_000, projected_raw=2_000_000),
        Goal(mint=USDC, target_raw=3_000_000),
        Goal(mint=SOL_MINT, target_raw=1),
    )
    shown = values(SwapIntent(input_mint=SOL_MINT, output_mint=USDC, amount=ONE), goals=goals)["flow"].goals
    assert [(goal.target.words, goal.projected and goal.projected.words) for goal in shown] == [
        ("3 USDC", "2 USDC"),
        ("3 USDC", None),
    ]
    assert values(LendDepositIntent(mint=USDC, amount=ONE), goals=goals)["flow"].goals == ()


def test_what_the_user_typed_stands_between_quotation_marks(values):
    assert values(BalancesIntent())["flow"].request == r'"say \"x\""'
