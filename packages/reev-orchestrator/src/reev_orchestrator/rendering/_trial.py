"""Every template that is for a step or a flow rendered for once, on a rich wallet and on a poor one."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import product

from reev_types.amounts import AllAmount, ExactAmount, ShareAmount
from reev_types.atomicity import AtomicMode
from reev_types.contexts import FlowState, PreviousResult, PromptContext, TokenBalance, WalletContext
from reev_types.errors import UsageError
from reev_types.intents import (
    BalancesIntent,
    Intent,
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

from ._cards import KINDS, FlowPattern, TemplateCard
from ._renderer import TemplateRenderer

__all__ = ["sample_contexts", "sample_plans", "trials"]

_MOST_STEPS = 4
_USDC = find_token("USDC").mint
_STRANGER = "Stranger11111111111111111111111111111111111"
_WALLET = "11111111111111111111111111111112"
_HALF = ShareAmount(of=Decimal("0.5"))

_SAMPLES: dict[str, tuple[Intent, ...]] = {
    "transfer": (TransferIntent(mint=_USDC, recipient=_WALLET, amount=_HALF),),
    "swap": (
        SwapIntent(input_mint=SOL_MINT, output_mint=_USDC, amount=_HALF),
        SwapIntent(input_mint=_STRANGER, output_mint=_USDC, side="out", amount=ExactAmount(raw=1)),
    ),
    "lend_deposit": (LendDepositIntent(mint=_USDC, amount=AllAmount()),),
    "lend_withdraw": (LendWithdrawIntent(mint=_USDC, amount=AllAmount()),),
    "lend_mint": (LendMintIntent(mint=_USDC, shares=ExactAmount(raw=1)),),
    "lend_redeem": (LendRedeemIntent(mint=_STRANGER, shares=AllAmount()),),
    "balances": (BalancesIntent(),),
    "positions": (PositionsIntent(),),
    "refuse": (RefuseIntent(code="unsupported"),),
}


def trials(card: TemplateCard, renderer: TemplateRenderer) -> Iterator[UsageError]:
    """Yield what goes wrong when a template is rendered for each step of a shortest flow that it is for."""
    if card.steps is None:
        return
    kinds = shortest_flow(FlowPattern(card.steps))
    if kinds is None:
        yield UsageError("unreachable_template", f"no flow of up to {_MOST_STEPS} steps comes to {card.steps!r}")
        return
    for plan, context in product(sample_plans(kinds, card, renderer), sample_contexts()):
        for step in plan.steps:
            try:
                renderer.render_planned(plan, step, context, template=card.name)
            except UsageError as error:
                yield error


def shortest_flow(pattern: FlowPattern) -> tuple[str, ...] | None:
    """Return the kinds of a shortest flow of up to four steps that a pattern matches, or None."""
    flows = (kinds for length in range(1, _MOST_STEPS + 1) for kinds in product(KINDS, repeat=length))
    return next((kinds for kinds in flows if pattern.matches(kinds)), None)


def sample_plans(kinds: tuple[str, ...], card: TemplateCard, renderer: TemplateRenderer) -> Iterator[DynamicFlowPlan]:
    """Yield plans whose steps are of these kinds, their amounts resolved and not."""
    goal = Goal(mint=_USDC, target_raw=1)
    for variant, resolved in product(range(2), (None, 10)):
        intents = [_SAMPLES[kind][variant % len(_SAMPLES[kind])] for kind in kinds]
        steps = tuple(
            DynamicStep(
                step_id=f"step_{number}",
                description="",
                intent=intent,
                resolved_amount=resolved,
                required_tools=("tool",) * variant,
                prompt_template=renderer.catalogue.select_step(intent).name if card.is_frame else card.name,
            )
            for number, intent in enumerate(intents, 1)
        )
        goals = (goal, goal.model_copy(update={"projected_raw": 2})) * variant
        wallet = WalletContext(owner=_WALLET, sol_balance=0)
        yield DynamicFlowPlan(
            flow_id="trial", user_prompt="", normalised_prompt="", steps=steps, goals=goals, context=wallet
        )


def sample_contexts() -> tuple[PromptContext, PromptContext]:
    """Return a context in which everything is known and there, and one in which nothing is."""
    state = FlowState(current_step_index=1, total_steps=2, atomic_mode=AtomicMode.STRICT)
    held = (TokenBalance(mint=_USDC, balance=5, decimals=6), TokenBalance(mint=_STRANGER, balance=5))
    rich = WalletContext(
        owner=_WALLET,
        sol_balance=10**9,
        token_balances={token.mint: token for token in held},
        token_prices={SOL_MINT: Decimal(150), _USDC: Decimal(1)},
        total_value_usd=Decimal(150),
    )
    result = PreviousResult(step_id="step_1", success=True, summary="", produced_raw={_USDC: 5, _STRANGER: 5})
    poor = WalletContext(owner=_WALLET, sol_balance=0)
    return (
        PromptContext(wallet_context=rich, flow_state=state, previous_results=(result,) * 13, generated_at=0),
        PromptContext(wallet_context=poor, flow_state=state.model_copy(update={"total_steps": 1}), generated_at=0),
    )
