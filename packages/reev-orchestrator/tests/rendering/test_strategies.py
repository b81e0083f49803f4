"""The prompts of a strategy's steps: framed by its scenario, whatever their kinds would come to."""

from __future__ import annotations

import pytest
from inline_snapshot import snapshot

from reev_orchestrator.rendering import TemplateRenderer

FRAMES = {
    "use 1 SOL to maximize my USDC yield": "a flow that puts a stated amount to work for yield",
    "rebalance SOL and USDC for yield": "a rebalancing in 2 steps",
    "implement a risk-adjusted growth strategy with 30% of my SOL": "a careful flow",
    "emergency exit": "an exit: out of lending first",
    "spread half of my capital over the vaults": "a flow that spreads funds over several lending vaults",
}


@pytest.mark.parametrize(("sentence", "frame"), FRAMES.items())
def test_every_step_of_a_strategy_is_framed_by_its_scenario(planned, context, sentence, frame):
    plan = planned(sentence)
    texts = [TemplateRenderer().render_task(plan, step, context(plan.context)) for step in plan.steps]
    assert all(frame in text for text in texts)
    assert len(set(texts)) == len(texts)


def test_a_strategy_of_a_single_step_is_framed_too(planned, context, wallet):
    plan = planned("emergency exit", wallet({"USDC": 5}))
    (step,) = plan.steps
    assert "an exit" in TemplateRenderer().render_task(plan, step, context(plan.context))


def test_what_a_swap_brings_is_said_to_be_lent(planned, context):
    plan = planned("use 1 SOL to maximize my USDC yield")
    texts = [TemplateRenderer().render_task(plan, step, context(plan.context)) for step in plan.steps]
    assert [text.splitlines()[:3] for text in texts] == snapshot(
        [
            [
                "Step 1 of a flow that puts a stated amount to work for yield. Nothing beyond that amount is touched.",
                "Swap 1 SOL (1000000000 raw units) to USDC.",
                "Spend SOL, mint So11111111111111111111111111111111111111112.",
            ],
            [
                "Step 2 of a flow that puts a stated amount to work for yield. Nothing beyond that amount is touched.",
                "What the swap really brought is lent, not what it was expected to bring.",
                "Lend the USDC that step swap_1 brought on Jupiter Lend. "
                "The amount counts units of the asset, not shares.",
            ],
        ]
    )
