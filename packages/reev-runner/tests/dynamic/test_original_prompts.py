"""Benchmarks 300 to 305: what reev plans for the prompt is the solution in the file."""

from __future__ import annotations

import asyncio

import pytest

from reev_runner.dynamic import choose_wallet, plan_flow
from reev_runner.files import BUILT_IN, load_case
from reev_tools.market import Market
from reev_types.benchmarks import InitialToken, InitialWallet, TestCase
from reev_types.contexts import TokenBalance, WalletContext
from reev_types.intents import Intent
from reev_types.plans import DynamicFlowPlan

CASES = [load_case(path) for path in sorted(BUILT_IN.glob("30*.yml"))]
OWNER = "9aE476sH92Vz7DMPyq5WLPkrKWivxeuTKEFKd2sZZcde"


def wallet_of(case: TestCase) -> WalletContext:
    tokens = [account for account in case.accounts if isinstance(account, InitialToken)]
    (lamports,) = (account.lamports for account in case.accounts if isinstance(account, InitialWallet))
    return WalletContext(
        owner=OWNER,
        sol_balance=lamports,
        token_balances={token.mint: TokenBalance(mint=token.mint, balance=token.amount_raw) for token in tokens},
        token_prices=dict(Market.named(case.market).prices),
    )


@pytest.fixture
def planned(tmp_path, still_clock):
    def planned(case: TestCase) -> DynamicFlowPlan:
        path = tmp_path / "wallet.json"
        path.write_text(wallet_of(case).model_dump_json())
        wallet = choose_wallet(None, path, None, prices_usd={}, clock=still_clock)
        return asyncio.run(plan_flow(case.prompt, wallet, still_clock)).plan

    return planned


def within_one_step(plan: DynamicFlowPlan) -> tuple[Intent, ...]:
    """Return the intents of a plan as those of a single step, which name each other ``step_1.1`` and so on."""
    names = {step.step_id: f"step_1.{number}" for number, step in enumerate(plan.steps, start=1)}
    return tuple(_renamed(step.intent, names) for step in plan.steps)


def _renamed(intent: Intent, names: dict[str, str]) -> Intent:
    amount = getattr(intent, "amount", None)
    if amount is None or amount.kind != "from_step":
        return intent
    return intent.model_copy(update={"amount": amount.model_copy(update={"step_id": names[amount.step_id]})})


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_plan_of_the_prompt_is_the_reference_solution(planned, case):
    assert (within_one_step(planned(case)),) == case.reference


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_plan_is_framed_by_a_template_of_its_scenario_and_says_what_it_assumes(planned, case):
    plan = planned(case)
    if case.id.startswith("300"):
        assert (plan.template, plan.assumptions) == (None, ())
    else:
        assert (plan.template or "").startswith("scenarios/")
        assert len(plan.assumptions) >= 2


def test_all_six_are_there():
    assert [case.id[:3] for case in CASES] == ["300", "301", "302", "303", "304", "305"]
