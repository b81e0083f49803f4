"""Scenarios on wallets: what they come to, and where they come to nothing."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reev_types.amounts import UsdAmount
from reev_types.contexts import TokenBalance
from reev_types.intents import SwapIntent
from reev_types.plans import DynamicFlowPlan

SOL = 1_000_000_000
STRANGER = "Stranger11111111111111111111111111111111111"


def test_what_is_held_already_is_lent_without_an_exchange(planned, steps):
    assert steps(planned("use 50 USDC to maximize my USDC yield")) == ["lend_1: lend 50 USDC on Jupiter"]
    assert steps(planned("risk-adjusted growth with 50 USDC")) == ["lend_1: lend 50 USDC on Jupiter"]


def test_a_token_without_a_vault_earns_no_yield(refused):
    assert refused("use 1 SOL to maximize my BONK yield") == ("not_lendable", "use 1 SOL to maximize my BONK yield")


def test_a_rebalancing_sells_what_is_too_much(planned, wallet, steps):
    rich_in_sol = planned("rebalance SOL and USDC", wallet(3 * SOL, USDC=150_000_000))
    assert steps(rich_in_sol) == ["swap_1: swap $150 worth of SOL to USDC"]
    rich_in_usdc = planned("rebalance my portfolio to 25% SOL and 75% USDC", wallet(1 * SOL, USDC=1_050_000_000))
    assert steps(rich_in_usdc) == ["swap_1: swap $150 worth of USDC to SOL"]
    assert rich_in_usdc.assumptions == ("the parts are 25% SOL and 75% USDC by value, at $150 and $1",)


def test_a_rebalancing_for_yield_lends_only_what_has_a_vault(planned, wallet, steps):
    prices = {"SOL": "150", "BONK": "0.00001"}
    plan = planned("rebalance SOL and BONK for yield", wallet(4 * SOL, prices, BONK=0))
    assert steps(plan) == ["swap_1: swap $300 worth of SOL to BONK"]


@pytest.mark.parametrize(
    ("sol", "prices", "usdc", "code"),
    [
        (3 * SOL, {"SOL": "150"}, 150_000_000, "unknown_price"),
        (3 * SOL, {"SOL": "0", "USDC": "1"}, 150_000_000, "unknown_price"),
        (1 * SOL, None, 150_000_000, "already_balanced"),
        (1 * SOL, None, 152_000_000, "already_balanced"),
        (10, None, 0, "already_balanced"),
        (0, None, 0, "insufficient_funds"),
    ],
)
def test_a_rebalancing_that_cannot_be_weighed_or_is_not_needed_is_refused(refused, wallet, sol, prices, usdc, code):
    text = "rebalance SOL and USDC"
    assert refused(f"please {text}", wallet(sol, prices, USDC=usdc)) == (code, text)


@given(sol=st.integers(SOL, 10**13), usdc=st.integers(0, 10**13), percent=st.integers(1, 99))
def test_a_rebalancing_comes_within_a_cent_of_the_parts(planned, wallet, sol, usdc, percent):
    micro_usd = Fraction(sol * 150, 1_000)
    surplus = micro_usd - (micro_usd + usdc) * Fraction(percent, 100)
    assume(abs(surplus) * 100 > micro_usd + usdc)
    text = f"rebalance my portfolio to {percent}% SOL and {100 - percent}% USDC"
    (step,) = planned(text, wallet(sol, USDC=usdc), sol_reserve_lamports=0).steps
    assert isinstance(step.intent, SwapIntent)
    assert isinstance(step.intent.amount, UsdAmount)
    assert 0 <= abs(surplus) - Fraction(step.intent.amount.value) * 10**6 < 10_000


def test_an_exit_withdraws_first_and_swaps_sol_last(planned, wallet, steps):
    context = wallet(2 * SOL, jlUSDC=5, jlWSOL=7, JUP=3_000_000, USDT=9_000_000, BONK=1)
    assert steps(planned("emergency exit to USDT", context)) == [
        "withdraw_1: withdraw all my USDC from Jupiter",
        "withdraw_2: withdraw all my SOL from Jupiter",
        "swap_3: swap all my JUP to USDT",
        "swap_4: swap all my BONK to USDT",
        "swap_5: swap all my SOL to USDT",
    ]


def test_dust_and_strangers_are_left_behind_and_said(planned, wallet, steps):
    prices = {"SOL": "150", "BONK": "0.00002"}
    context = wallet(2 * SOL, prices, BONK=1)
    held = dict(context.token_balances) | {STRANGER: TokenBalance(mint=STRANGER, balance=5)}
    plan = planned("emergency exit", context.model_copy(update={"token_balances": held}))
    assert steps(plan) == ["swap_1: swap all my SOL to USDC"]
    assert "0.00001 BONK stays: it is worth less than a cent" in plan.assumptions
    assert "tokens that reev does not know stay as they are: 1" in plan.assumptions


def test_who_holds_dollars_only_has_nothing_to_leave(refused, wallet):
    context = wallet(10_000_000, USDC=5_000_000, PYUSD=1)
    assert refused("now emergency exit", context) == ("nothing_to_exit", "emergency exit")


def test_farming_lends_a_share_of_all_that_has_a_vault(planned, wallet, steps):
    context = wallet(2 * SOL, USDC=100, USDT=100, JUP=100, jlUSDC=100)
    plan = planned("spread half of my capital over the vaults", context)
    assert steps(plan) == [
        "lend_1: lend 50% of my SOL on Jupiter",
        "lend_2: lend 50% of my USDT on Jupiter",
        "lend_3: lend 50% of my USDC on Jupiter",
    ]
    assert [step.resolved_amount for step in plan.steps] == [SOL, 50, 50]


def test_farming_with_one_token_exchanges_half_of_the_share(planned, wallet, steps):
    plan = planned("spread 70% of my capital over the vaults", wallet(10 * SOL))
    assert steps(plan) == [
        "swap_1: swap 35% of my SOL to USDC",
        "lend_2: lend the USDC from step 1 on Jupiter",
        "lend_3: lend 3.5 SOL on Jupiter",
    ]


def test_farming_with_everything_keeps_the_reserve(planned, wallet, steps):
    plan = planned("spread all my capital over the vaults", wallet(10 * SOL))
    assert steps(plan)[-1] == "lend_3: lend 4.99 SOL on Jupiter"


def test_farming_with_dollars_alone_goes_to_sol_too(planned, wallet, steps):
    context = wallet(10_000_000, USDC=100_000_000)
    assert steps(planned("spread 50% of my capital over the vaults", context)) == [
        "swap_1: swap 25% of my USDC to SOL",
        "lend_2: lend the SOL from step 1 on Jupiter",
        "lend_3: lend 25 USDC on Jupiter",
    ]


def test_an_empty_wallet_has_nothing_to_farm_with(refused, wallet):
    assert refused("spread 50% of my capital over the vaults", wallet(5))[0] == "insufficient_funds"


def test_what_a_strategy_takes_is_checked_like_any_sentence(refused, wallet):
    text = "use 5 SOL to maximize my USDC yield"
    assert refused(text, wallet(4 * SOL)) == ("insufficient_funds", text)


def test_the_plan_says_the_strategy_and_its_steps(planned):
    plan = planned("maximize my USDC yield with 1 SOL")
    assert plan.normalised_prompt == (
        "use 1 SOL to maximize my USDC yield on Jupiter: swap 1 SOL to USDC, then lend the USDC from step 1 on Jupiter"
    )


def test_a_plan_of_a_strategy_survives_its_json(planned):
    original = planned("maximize my USDC yield with 1 SOL")
    assert DynamicFlowPlan.model_validate_json(original.model_dump_json()) == original
