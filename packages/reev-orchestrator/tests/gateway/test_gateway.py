from dataclasses import replace

import pytest

from reev_orchestrator.gateway import GatewayMetrics, flow_id
from reev_orchestrator.language import parse
from reev_orchestrator.mocks import mock_wallet
from reev_types import DynamicFlowPlan
from reev_types.errors import SourceError, TextPlace, UserError
from reev_types.plans import RetryChoice
from reev_types.recovery import RecoveryConfig

SWAP = "swap 0.1 SOL to USDC"


async def test_a_sentence_on_a_wallet_becomes_a_plan(make, wallet):
    plan = await make().plan(SWAP, wallet.owner)
    assert (plan.normalised_prompt, plan.context.owner) == (SWAP, wallet.owner)
    assert [(step.step_id, step.resolved_amount) for step in plan.steps] == [("swap_1", 100_000_000)]


async def test_a_context_that_is_given_is_used_as_it_is_and_nobody_is_asked(make, source):
    context = mock_wallet("defi_power")
    plan = await make().plan(SWAP, context)
    assert plan.context == context
    assert source.asked["balances"] == 0


async def test_nobody_is_asked_about_a_sentence_that_cannot_be_carried_out(make, wallet, source, rates):
    with pytest.raises(UserError) as caught:
        await make(quotes=rates).plan("swap SOL to USDC", wallet.owner)
    assert caught.value.code == "ask_amount"
    assert caught.value.place == TextPlace("swap SOL to USDC", 5, 8)
    assert (source.asked["balances"], rates.asked) == (0, [])


async def test_estimates_are_what_was_quoted(make, wallet, rates):
    plan = await make(quotes=rates).plan(SWAP, wallet.owner)
    estimate = {"input_raw": 100_000_000, "output_raw": 1_000_000_000, "source": "quote"}
    assert plan.metadata["estimates"] == {"swap_1": estimate}


async def test_without_quotes_the_prices_of_the_context_serve(make, wallet):
    plan = await make().plan(SWAP, wallet.owner)
    assert plan.metadata["estimates"]["swap_1"] == {
        "input_raw": 100_000_000,
        "output_raw": 15_000_000,
        "source": "prices",
    }


async def test_a_market_without_a_way_through_leaves_no_estimate(make, wallet, rates):
    rates.knows = False
    plan = await make(quotes=rates).plan(SWAP, wallet.owner)
    assert plan.metadata["estimates"] == {}


async def test_quotes_that_fail_leave_no_plan(make, wallet, rates):
    rates.fails = True
    with pytest.raises(SourceError, match="no quote in time"):
        await make(quotes=rates).plan(SWAP, wallet.owner)


async def test_what_a_wallet_leaves_unknown_is_a_warning_of_the_plan(make, wallet, source):
    source._prices_usd = {}
    plan = await make().plan(SWAP, wallet.owner)
    assert plan.warnings[0].startswith("no price is known for SOL")


async def test_equal_questions_get_equal_plans_down_to_the_id(make, wallet):
    assert await make().plan(SWAP, wallet.owner) == await make().plan(SWAP, wallet.owner)


async def test_the_id_can_be_given_by_the_caller(make, wallet):
    plan = await make(name_flow=lambda prompt, context: f"mine-{len(prompt)}").plan(SWAP, wallet)
    assert plan.flow_id == "mine-20"


async def test_the_reserve_is_what_all_of_the_sol_leaves(make, wallet):
    plan = await make(sol_reserve_lamports=3_000_000_000).plan("swap all my SOL to USDC", wallet)
    assert plan.steps[0].resolved_amount == 2_000_000_000
    assert plan.metadata["sol_reserve_lamports"] == 3_000_000_000


async def test_a_plan_survives_json(make, wallet, rates):
    plan = await make(quotes=rates).plan("use 50% sol to 1.5x usdc", wallet)
    assert DynamicFlowPlan.model_validate_json(plan.model_dump_json()) == plan


async def test_plans_and_refusals_are_counted_with_the_time_they_took(make, wallet, source, clock):
    gateway = make()
    real = source.holdings

    async def slow(owner):
        clock._passed_s += 2.0
        return await real(owner)

    source.holdings = slow
    await gateway.plan(SWAP, wallet.owner)
    with pytest.raises(UserError):
        await gateway.plan("swap", wallet.owner)
    assert gateway.metrics == replace(GatewayMetrics(), planned=1, refused=1, context_s=2.0)


class Guess:
    """A reader that takes every sentence for the same one."""

    async def read(self, text):
        return parse(SWAP)._replace(text=text, read_by="guess")


async def test_a_plan_tells_which_model_read_its_sentence(make, wallet):
    plan = await make(reader=Guess()).plan("some other words", wallet)
    assert (plan.user_prompt, plan.normalised_prompt) == ("some other words", SWAP)
    assert plan.warnings[0] == "read by guess: check it before it runs"
    assert (plan.metadata["planner"], plan.metadata["planner_model"]) == ("llm", "guess")
    assert "planner" not in (await make().plan(SWAP, wallet)).metadata


async def test_a_flow_that_a_model_read_is_named_by_what_it_came_to(make, wallet):
    assert (await make(reader=Guess()).plan("some other words", wallet)).flow_id == flow_id(SWAP, wallet)


async def test_every_step_says_what_is_tried_first_where_the_flow_recovers(make, wallet):
    plan = await make(recovery=RecoveryConfig(retry_attempts=5)).plan(SWAP, wallet.owner)
    assert [step.recovery_strategy for step in plan.steps] == [RetryChoice(attempts=5)]


async def test_a_flow_that_does_not_recover_says_nothing_of_it(make, wallet):
    plan = await make().plan(SWAP, wallet.owner)
    assert [step.recovery_strategy for step in plan.steps] == [None]
