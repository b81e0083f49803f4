"""The prompts of benchmarks 300 to 305 on their wallets: step lists and assumptions."""

from __future__ import annotations

import pytest
from inline_snapshot import snapshot

USDC = 1_000_000
SOL = 1_000_000_000


ADVICE = "no step of its own: "


@pytest.fixture
def told(planned, wallet, steps):
    """Return template, steps, assumptions and advice of a prompt on a wallet of so much."""

    def told(prompt, sol, **tokens):
        plan = planned(prompt, wallet(sol * SOL, **{symbol: amount * USDC for symbol, amount in tokens.items()}))
        assumed = [line for line in plan.assumptions if not line.startswith(ADVICE)]
        advice = [
            said for line in plan.assumptions if line.startswith(ADVICE) for said in line[len(ADVICE) :].split("; ")
        ]
        return plan.template, steps(plan), assumed, advice

    return told


def test_300_multiplies_with_half_of_the_sol(told):
    prompt = "use my 50% sol to multiply usdc 1.5x on jup"
    assert told(prompt, 4, USDC=20) == snapshot(
        (None, ["swap_1: swap 50% of my SOL to USDC", "lend_2: lend the USDC from step 1 on Jupiter"], [], [])
    )


def test_301_optimises_yield(told):
    prompt = (
        "Use my 50% SOL to maximize my USDC returns through Jupiter lending. Please check current market rates,"
        " calculate optimal strategy, and execute the best yield approach for my remaining portfolio. I want to"
        " maximize my USD value while managing risk appropriately."
    )
    assert told(prompt, 8, USDC=25) == snapshot(
        (
            "scenarios/yield_optimisation",
            ["swap_1: swap 50% of my SOL to USDC", "lend_2: lend the USDC from step 1 on Jupiter"],
            [
                "the best yield is that of Jupiter's USDC vault: nothing is borrowed, and no other venue is used",
                "only 50% of the SOL is put to work; everything else stays as it is",
            ],
            [
                '"check current market rates"',
                '"calculate optimal strategy"',
                '"execute the best yield approach for my remaining portfolio"',
                '"maximize my USD value while managing risk appropriately"',
            ],
        )
    )


def test_302_rebalances(told):
    prompt = (
        "I want to rebalance my portfolio based on current market conditions. Please analyze my current holdings (SOL"
        " and USDC), check current market prices and Jupiter lending rates, then execute optimal rebalancing to"
        " maximize returns while maintaining some liquidity. I'm comfortable with moderate risk and want to optimize"
        " for yield."
    )
    assert told(prompt, 3, USDC=150) == snapshot(
        (
            "scenarios/portfolio_rebalance",
            ["swap_1: swap $150 worth of SOL to USDC", "lend_2: lend the USDC from step 1 on Jupiter"],
            [
                "balanced means 50% SOL and 50% USDC by value, at $150 and $1",
                "the USDC that is exchanged for is lent; everything else stays liquid",
            ],
            [
                '"based on current market conditions"',
                '"analyze my current holdings (SOL and USDC)"',
                '"check current market prices and Jupiter lending rates"',
                '"execute optimal rebalancing to maximize returns while maintaining some liquidity"',
                '"I\'m comfortable with moderate risk"',
                '"optimize for yield"',
            ],
        )
    )


def test_303_grows_carefully(told):
    prompt = (
        "I want to implement a risk-adjusted growth strategy using 30% of my SOL. Please preserve most of my capital"
        " while generating some yield through conservative Jupiter lending. Analyze current market conditions and"
        " implement a strategy that prioritizes capital preservation with moderate growth. Keep enough SOL for"
        " transaction fees and emergencies."
    )
    assert told(prompt, 6, USDC=50) == snapshot(
        (
            "scenarios/risk_adjusted_growth",
            ["swap_1: swap 30% of my SOL to USDC", "lend_2: lend the USDC from step 1 on Jupiter"],
            [
                "preserving capital means holding USDC, growth lending it in Jupiter's vault; nothing is borrowed",
                "only 30% of the SOL is put to work; the rest stays at hand for fees and emergencies",
            ],
            [
                '"preserve most of my capital while generating some yield through conservative Jupiter lending"',
                '"Analyze current market conditions"',
                '"implement a strategy that prioritizes capital preservation with moderate growth"',
                '"Keep enough SOL for transaction fees and emergencies"',
            ],
        )
    )


def test_304_leaves(told):
    prompt = (
        "I need an emergency exit strategy for all my positions due to market stress. Please immediately analyze my"
        " current holdings, withdraw all lending positions, convert risky assets to stable ones, and preserve capital."
        " Focus on speed and capital preservation over optimization."
    )
    assert told(prompt, 2, USDC=80, jlUSDC=120) == snapshot(
        (
            "scenarios/emergency_exit",
            ["withdraw_1: withdraw all my USDC from Jupiter", "swap_2: swap all my SOL to USDC"],
            [
                "USDC, USDT, PYUSD count as stable and stay as they are",
                "everything else is swapped to USDC at once; speed counts more than price",
                "0.01 SOL stays for fees",
            ],
            [
                '"due to market stress"',
                '"analyze my current holdings"',
                '"preserve capital"',
                '"Focus on speed and capital preservation over optimization"',
            ],
        )
    )


def test_305_farms(told):
    prompt = (
        "I want to optimize my yield farming strategy using 70% of my available capital. Please analyze all Jupiter"
        " lending pools, compare current APYs, and implement the best multi-pool strategy for maximum returns. Consider"
        " auto-compounding opportunities and risk diversification across different tokens. Optimize for long-term yield"
        " growth."
    )
    assert told(prompt, 10, USDC=100) == snapshot(
        (
            "scenarios/yield_farming",
            ["lend_1: lend 70% of my SOL on Jupiter", "lend_2: lend 70% of my USDC on Jupiter"],
            [
                "each token is lent in its own vault, so that no exchange costs fees and no vault holds everything",
                "capital is what can be lent and is not lent yet: SOL and USDC",
                "rates are those of the vaults, whatever they are; interest compounds by itself in the price of shares",
            ],
            [
                '"analyze all Jupiter lending pools"',
                '"compare current APYs"',
                '"implement the best multi-pool strategy for maximum returns"',
                '"Consider auto-compounding opportunities and risk diversification across different tokens"',
                '"Optimize for long-term yield growth"',
            ],
        )
    )
