"""A plan on the console."""

from __future__ import annotations

import asyncio

from inline_snapshot import snapshot

from reev_runner.dynamic import choose_wallet, plan_flow
from reev_runner.report import print_plan


def test_assumptions_stand_between_the_steps_and_the_notes(rendered, still_clock):
    wallet = choose_wallet("demo:balanced", None, None, prices_usd={}, clock=still_clock)
    planned = asyncio.run(plan_flow("maximize my USDC yield with 1 SLO", wallet, still_clock))
    assert rendered(lambda console: print_plan(console, planned)) == snapshot("""\
understood use 1 SOL to maximize my USDC yield on Jupiter: swap 1 SOL to USDC, then lend the USDC
           from step 1 on Jupiter
wallet     the mock wallet balanced
holds      5 SOL, 5000 USDC, 2000 USDT
1 swap_1  Swap 1 SOL to USDC · about 149.93925 USDC · at most 0.5% less
2 lend_2  Lend the USDC from step 1 on Jupiter · after swap_1
assumes the best yield is that of Jupiter's USDC vault: nothing is borrowed, and no other venue is
        used
assumes only 1 SOL is put to work; everything else stays as it is
note 'SLO' was read as SOL

""")
