"""A plan before it is executed: what was understood, on which wallet, step by step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from reev_types.amounts import DEFAULT_SLIPPAGE_BPS, format_ui
from reev_types.contexts import TokenBalance, WalletContext
from reev_types.plans import DynamicFlowPlan, DynamicStep
from reev_types.tokens import SOL, SOL_MINT, symbol_of, token_of

from ._style import FAINT, STRONG, UNSURE, bullets, line
from ._text import one_line

if TYPE_CHECKING:
    from reev_runner.dynamic import PlannedFlow

__all__ = ["print_plan"]

_MOST_HOLDINGS = 8
_PERCENT_DECIMALS = 2
"""A basis point is a hundredth of a per cent."""


def print_plan(console: Console, planned: PlannedFlow) -> None:
    """Print a plan, with a blank line behind it."""
    plan = planned.plan
    console.print(bullets(_head(planned)))
    console.print(bullets(_step(number, step, plan) for number, step in enumerate(plan.steps, 1)))
    if plan.assumptions:
        console.print(bullets((line(("assumes", FAINT)), line(one_line(text, 600))) for text in plan.assumptions))
    if plan.goals or plan.warnings:
        console.print(bullets((line(("note", UNSURE)), line(one_line(text, 600))) for text in _notes(plan)))
    console.print()


def _head(planned: PlannedFlow) -> Iterator[tuple[Text, Text]]:
    plan = planned.plan
    yield line(("understood", STRONG)), line(one_line(plan.normalised_prompt, 600))
    yield line(("wallet", STRONG)), line(one_line(planned.wallet.about, 300))
    yield line(("holds", STRONG)), line(one_line(_holdings(plan.context), 300))


def _holdings(context: WalletContext) -> str:
    held = [f"{format_ui(context.sol_balance, SOL.decimals)} SOL"]
    for mint, token in sorted(context.token_balances.items(), key=_known_first):
        if token.balance and token.decimals is not None:
            name = "wrapped SOL" if mint == SOL_MINT else symbol_of(mint)
            held.append(f"{format_ui(token.balance, token.decimals)} {name}")
    more = len(held) - _MOST_HOLDINGS
    return ", ".join(held[:_MOST_HOLDINGS]) + (f" and {more} more" if more > 0 else "")


def _known_first(held: tuple[str, TokenBalance]) -> tuple[bool, str]:
    mint, _ = held
    return token_of(mint) is None, mint


def _step(number: int, step: DynamicStep, plan: DynamicFlowPlan) -> tuple[Text, Text]:
    told = [one_line(step.description, 300)]
    told += _estimate(step, plan)
    if step.depends_on:
        told.append(f"after {', '.join(step.depends_on)}")
    return line((f"{number}", STRONG)), line((f"{step.step_id}  ", FAINT), " · ".join(told))


def _estimate(step: DynamicStep, plan: DynamicFlowPlan) -> Iterator[str]:
    found = plan.metadata.get("estimates", {}).get(step.step_id)
    intent = step.intent
    if found is None or intent.kind != "swap":
        return
    mint, raw, worse = (
        (intent.output_mint, found["output_raw"], "less")
        if intent.side == "in"
        else (intent.input_mint, found["input_raw"], "more")
    )
    token = token_of(mint)
    if token is not None:
        yield f"about {format_ui(int(raw), token.decimals)} {token.symbol}"
        allowed_bps = DEFAULT_SLIPPAGE_BPS if intent.slippage_bps is None else intent.slippage_bps
        yield f"at most {format_ui(allowed_bps, _PERCENT_DECIMALS)}% {worse}"


def _notes(plan: DynamicFlowPlan) -> Iterator[str]:
    for goal in plan.goals:
        token = token_of(goal.mint)
        if goal.met and token is not None and goal.projected_raw is not None:
            projected = format_ui(goal.projected_raw, token.decimals)
            yield f"{goal.multiple:f}x {token.symbol} is reached: {projected} {token.symbol} are projected"
    yield from plan.warnings
