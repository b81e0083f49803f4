"""A planned step as variables of its template: tokens by symbol and mint, amounts in words, UI and raw units."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple, assert_never

from reev_types.amounts import (
    AllAmount,
    Amount,
    ExactAmount,
    ShareAmount,
    StepAmount,
    UsdAmount,
    format_decimal,
    part_of,
)
from reev_types.contexts import PromptContext
from reev_types.errors import UsageError
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
from reev_types.tokens import lending_share

from ._situation import decimals_of
from ._text import label, line, quoted, ui

__all__ = ["TASK_NAMES", "AmountView", "FlowView", "GoalView", "StepView", "TokenView", "task"]

TASK_NAMES = frozenset(
    {"step", "flow", "slippage_bps", "amount", "token", "output", "shares", "side", "recipient", "refusal"}
)
"""The variables of a planned step's template. The first three are always there, the others by the kind of intent."""

_MOST_ID = 64


class TokenView(NamedTuple):
    """A token by its registry symbol (or shortened mint) and its mint in full."""

    symbol: str
    mint: str


class AmountView(NamedTuple):
    """An amount as it was asked for, and in numbers as far as they are known."""

    words: str
    """Such as ``0.1 SOL``, ``50% of the SOL`` or ``the USDC that step swap_1 brought``."""
    symbol: str
    is_exact: bool
    """Whether ``words`` name the number already."""
    raw: int | None
    ui: str | None


class StepView(NamedTuple):
    """Which step this is, counted from 1."""

    step_id: str
    kind: str
    number: int
    total: int
    tools: tuple[str, ...]


class GoalView(NamedTuple):
    """What should be held in the end, and what the plan projects."""

    target: AmountView
    projected: AmountView | None


class FlowView(NamedTuple):
    """The whole that a step belongs to; ``request`` is what the user typed, between quotation marks."""

    request: str
    understood: str
    goals: tuple[GoalView, ...]


def task(plan: DynamicFlowPlan, step: DynamicStep, context: PromptContext, slippage_bps: int) -> dict[str, object]:
    """Return the variables of a step's template; raises UsageError ``unknown_step`` for an id that the plan has not."""
    number = _number(plan, step.step_id)
    return _by_kind(step, context) | {
        "slippage_bps": slippage_bps,
        "step": StepView(
            step_id=line(step.step_id, _MOST_ID),
            kind=step.intent.kind,
            number=number,
            total=len(plan.steps),
            tools=tuple(line(tool, _MOST_ID) for tool in step.required_tools),
        ),
        "flow": FlowView(
            request=quoted(plan.user_prompt),
            understood=line(plan.normalised_prompt),
            goals=tuple(_goal(goal, context) for goal in plan.goals if _serves(step, goal)),
        ),
    }


def _number(plan: DynamicFlowPlan, step_id: str) -> int:
    for number, step in enumerate(plan.steps, 1):
        if step.step_id == step_id:
            return number
    raise UsageError("unknown_step", f"{line(step_id, _MOST_ID)!r} is no step of this plan")


def _by_kind(step: DynamicStep, context: PromptContext) -> dict[str, object]:
    match step.intent:
        case TransferIntent(mint=mint, recipient=recipient, amount=amount):
            return {"token": _token(mint), "recipient": recipient, "amount": _amount(amount, mint, step, context)}
        case SwapIntent(input_mint=source, output_mint=target, side=side, amount=amount):
            counted = source if side == "in" else target
            view = _amount(amount, counted, step, context)
            return {"token": _token(source), "output": _token(target), "side": side, "amount": view}
        case LendDepositIntent(mint=mint, amount=amount) | LendWithdrawIntent(mint=mint, amount=amount):
            return {"token": _token(mint), "amount": _amount(amount, mint, step, context)}
        case LendMintIntent(mint=mint, shares=amount) | LendRedeemIntent(mint=mint, shares=amount):
            share = lending_share(mint)
            counted = share.mint if share else mint
            view = _amount(amount, counted, step, context)
            return {"token": _token(mint), "shares": _token(counted), "amount": view}
        case BalancesIntent() | PositionsIntent():
            return {}
        case RefuseIntent(code=code):
            return {"refusal": code}
        case _:
            assert_never(step.intent)


def _token(mint: str) -> TokenView:
    return TokenView(label(mint), mint)


def _amount(amount: Amount, mint: str, step: DynamicStep, context: PromptContext) -> AmountView:
    symbol, decimals = label(mint), decimals_of(mint, context)
    raw = _raw(amount, mint, step, context)
    return AmountView(
        words=_words(amount, symbol, decimals),
        symbol=symbol,
        is_exact=isinstance(amount, ExactAmount),
        raw=raw,
        ui=None if raw is None else ui(raw, decimals),
    )


def _raw(amount: Amount, mint: str, step: DynamicStep, context: PromptContext) -> int | None:
    if isinstance(amount, ExactAmount):
        return amount.raw
    if isinstance(amount, StepAmount) and step.resolved_amount is None:
        return _brought(amount, mint, context)
    return step.resolved_amount


def _brought(amount: StepAmount, mint: str, context: PromptContext) -> int | None:
    results = (result for result in context.previous_results if result.step_id == amount.step_id)
    brought = next((result.produced_raw.get(mint) for result in results), None)
    return None if brought is None else part_of(brought, amount.of)


def _words(amount: Amount, symbol: str, decimals: int | None) -> str:
    match amount:
        case ExactAmount(raw=raw):
            return _counted(raw, symbol, decimals)
        case ShareAmount(of=of):
            return f"{_percent(of)}% of the {symbol}"
        case AllAmount(keep_raw=0):
            return f"all of the {symbol}"
        case AllAmount(keep_raw=keep_raw):
            return f"all of the {symbol} except {_counted(keep_raw, symbol, decimals)}"
        case UsdAmount(value=value):
            return f"${value:f} worth of {symbol}"
        case StepAmount(step_id=step_id, of=of):
            part = "" if of == 1 else f"{_percent(of)}% of "
            return f"{part}the {symbol} that step {line(step_id, _MOST_ID)} brought"
        case _:
            assert_never(amount)


def _counted(raw: int, symbol: str, decimals: int | None) -> str:
    return f"{raw} raw units of {symbol}" if decimals is None else f"{ui(raw, decimals)} {symbol}"


def _percent(of: Decimal) -> str:
    return format_decimal(of.scaleb(2))


def _serves(step: DynamicStep, goal: Goal) -> bool:
    return isinstance(step.intent, SwapIntent) and step.intent.output_mint == goal.mint


def _goal(goal: Goal, context: PromptContext) -> GoalView:
    projected = None if goal.projected_raw is None else _exactly(goal.projected_raw, goal.mint, context)
    return GoalView(_exactly(goal.target_raw, goal.mint, context), projected)


def _exactly(raw: int, mint: str, context: PromptContext) -> AmountView:
    symbol, decimals = label(mint), decimals_of(mint, context)
    return AmountView(_counted(raw, symbol, decimals), symbol, is_exact=True, raw=raw, ui=ui(raw, decimals))
