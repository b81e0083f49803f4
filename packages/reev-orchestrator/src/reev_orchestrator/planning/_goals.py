"""Multiples as goals: what was asked for, what the plan is projected to reach, and the best within reach."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal

from reev_orchestrator.language import GoalWish
from reev_types.amounts import U64_MAX, format_ui
from reev_types.contexts import WalletContext
from reev_types.intents import SwapIntent
from reev_types.plans import DynamicStep, Goal
from reev_types.tokens import find_token

from ._ledger import Ledger
from ._quotes import QuoteSource, expected

__all__ = ["project"]

_HUNDREDTH = Decimal("0.01")


def project(
    wish: GoalWish, step: DynamicStep, context: WalletContext, reserve_lamports: int, quotes: QuoteSource | None
) -> tuple[Goal | None, str | None]:
    """Return the goal with its projection and a warning unless it is met.

    There is no goal on an empty holding, whose multiples are all zero; the warning says so.
    """
    assert isinstance(step.intent, SwapIntent), "only swaps serve goals"
    token = find_token(wish.mint)
    ledger = Ledger(context, reserve_lamports)
    holding = ledger.opening_raw(wish.mint)
    if holding == 0:
        return None, f"the wallet holds no {token.symbol}, so {wish.multiple:f}x of it is no goal"
    target = min(U64_MAX, int(wish.multiple * holding))
    gained = _gained(step, step.intent, context, quotes)
    goal = Goal(mint=wish.mint, target_raw=target, multiple=wish.multiple)
    if gained is None:
        return (
            goal,
            f"no quote or price is known to project {wish.multiple:f}x {token.symbol} with",
        )
    projected = holding + gained
    best = _best(step.intent, ledger, context, quotes)
    goal = goal.model_copy(
        update={
            "projected_raw": projected,
            "met": projected >= target,
            "projected_multiple": _multiple(projected, holding),
            "best_multiple": None if best is None else _multiple(holding + best, holding),
        }
    )
    return goal, None if goal.met else _unmet(goal, token.symbol, token.decimals)


def _gained(step: DynamicStep, intent: SwapIntent, context: WalletContext, quotes: QuoteSource | None) -> int | None:
    if step.resolved_amount is None:
        return None
    quote = expected(context, quotes, (intent.input_mint, intent.output_mint), intent.side, step.resolved_amount)
    return quote.output_raw if quote else None


def _best(intent: SwapIntent, ledger: Ledger, context: WalletContext, quotes: QuoteSource | None) -> int | None:
    spendable = ledger.holding(intent.input_mint).spendable_raw
    quote = expected(context, quotes, (intent.input_mint, intent.output_mint), "in", spendable)
    return quote.output_raw if quote else None


def _multiple(raw: int, holding: int) -> Decimal:
    return (Decimal(raw) / Decimal(holding)).quantize(_HUNDREDTH, rounding=ROUND_DOWN)


def _unmet(goal: Goal, symbol: str, decimals: int) -> str:
    assert goal.projected_raw is not None, "an unmet goal has a projection"
    text = (
        f"{goal.multiple:f}x {symbol} is not reached: {format_ui(goal.projected_raw, decimals)} {symbol} is projected,"
        f" which is {goal.projected_multiple}x"
    )
    return text if goal.best_multiple is None else f"{text}; spending everything would reach {goal.best_multiple}x"
