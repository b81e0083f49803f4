"""A plan as a benchmark: everything that a benchmark file says, as plain values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reev_orchestrator import TemplateRenderer
from reev_runner.execution import embedded_sandbox
from reev_tools.programs import SYSTEM_PROGRAM
from reev_types.amounts import ExactAmount, UsdAmount
from reev_types.benchmarks import DEFAULT_MARKET, USER_WALLET
from reev_types.contexts import FlowState, PromptContext
from reev_types.intents import Intent, TransferIntent
from reev_types.plans import DynamicFlowPlan, DynamicStep
from reev_types.tokens import token_of

from ._effects import slippage_bps
from ._truth import ground_truth

__all__ = ["document_of", "left_out"]

_WALLET_RENT_LAMPORTS = 890_880
"""What a wallet must have to exist. Recipients are taken to exist, and nothing more is assumed of them."""


def document_of(plan: DynamicFlowPlan, renderer: TemplateRenderer, market: str = DEFAULT_MARKET) -> dict[str, Any]:
    """Return the benchmark of a plan, complete: wallet, recipients, all steps, reference solution and ground truth.

    Raises UsageError for a template that is wrong.
    """
    return {
        "id": plan.flow_id,
        "description": plan.normalised_prompt,
        "flow_type": "dynamic",
        "tags": ["dynamic"],
        **({"market": market} if market != DEFAULT_MARKET else {}),
        "wallet": plan.context.owner,
        "atomic_mode": plan.atomic_mode.value,
        "initial_state": [*_wallets(plan, market), *_tokens(plan)],
        "prompt": plan.user_prompt,
        "flow": [_step(plan, index, renderer) for index in range(len(plan.steps))],
        "reference": [[_settled(step).to_json()] for step in plan.steps],
        "ground_truth": ground_truth(plan),
    }


def left_out(plan: DynamicFlowPlan) -> tuple[str, ...]:
    """Return the mints of the wallet that no benchmark can have, because reev does not know them."""
    return tuple(mint for mint in plan.context.token_balances if token_of(mint) is None)


def _wallets(plan: DynamicFlowPlan, market: str) -> Iterator[dict[str, Any]]:
    yield {"pubkey": USER_WALLET, "owner": SYSTEM_PROGRAM, "lamports": plan.context.sol_balance}
    taken = embedded_sandbox(market).market.addresses
    recipients = dict.fromkeys(step.intent.recipient for step in plan.steps if isinstance(step.intent, TransferIntent))
    for recipient in recipients:
        if recipient not in taken and token_of(recipient) is None:
            yield {"pubkey": recipient, "owner": SYSTEM_PROGRAM, "lamports": _WALLET_RENT_LAMPORTS}


def _tokens(plan: DynamicFlowPlan) -> Iterator[dict[str, Any]]:
    for mint, held in sorted(plan.context.token_balances.items()):
        token = token_of(mint)
        if token is not None:
            data = {"mint": mint, "owner": USER_WALLET, "amount": held.balance}
            yield {"pubkey": f"USER_{token.symbol}_ATA", "owner": token.program, "data": data}


def _step(plan: DynamicFlowPlan, index: int, renderer: TemplateRenderer) -> dict[str, Any]:
    step = plan.steps[index]
    said = {
        "step": index + 1,
        "id": step.step_id,
        "description": step.description,
        "prompt": renderer.render_task(plan, step, _context(plan, index), slippage_bps=slippage_bps(step.intent)),
        "critical": step.critical,
        "required_tools": list(step.required_tools),
        "intent": _settled(step).to_json(),
    }
    return said | ({"depends_on": list(step.depends_on)} if step.depends_on else {})


def _context(plan: DynamicFlowPlan, index: int) -> PromptContext:
    state = FlowState(current_step_index=index, total_steps=len(plan.steps), atomic_mode=plan.atomic_mode)
    return PromptContext(wallet_context=plan.context, flow_state=state, generated_at=0)


def _settled(step: DynamicStep) -> Intent:
    """Return a step's intent, with dollars in the raw units that the plan counted at the prices of its context."""
    amount = getattr(step.intent, "amount", None)
    if isinstance(amount, UsdAmount) and step.resolved_amount is not None:
        return step.intent.model_copy(update={"amount": ExactAmount(raw=step.resolved_amount)})
    return step.intent
