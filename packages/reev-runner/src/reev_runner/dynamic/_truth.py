"""The ground truth of a plan: what must hold after each step, in the form of a benchmark file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reev_types.benchmarks import USER_WALLET
from reev_types.contexts import WalletContext
from reev_types.intents import TransferIntent, moves_funds
from reev_types.plans import DynamicFlowPlan
from reev_types.tokens import SOL_MINT

from ._effects import Effects
from ._ledger import Account, Ledger
from ._spans import NOTHING, Span

__all__ = ["ground_truth"]

_RECIPIENT_RENT_LAMPORTS = 2_100_000
"""What opening a recipient's token account takes, under either token program."""
_LEEWAY_LAMPORTS = 200_000
"""For each step, beyond the fees and rents that the plan counts: another signature or two, a larger account."""
_MOST_LENT_RAW = 4
"""What rounding may leave of a position that was withdrawn altogether."""


def ground_truth(plan: DynamicFlowPlan) -> dict[str, Any]:
    """Return the ``ground_truth`` of a plan.

    Every account that a step touches must then have changed as the plan says: spent what it spends, received at least
    what was quoted less the slippage cap, lent and withdrawn to the unit. A flow that only asks must change nothing.
    """
    leeway = _leeway(plan)
    ledger = Ledger(_opening(plan.context))
    effects = Effects(plan, ledger, leeway)
    assertions: list[dict[str, Any]] = []
    for number, step in enumerate(plan.steps, 1):
        ledger.touched.clear()
        effects.apply(step)
        after = {} if number == len(plan.steps) else {"after_step": number}
        assertions += [said | after for account in ledger.touched for said in _said(account, ledger, leeway)]
    unchanged = _bounds(Account(USER_WALLET, SOL_MINT), NOTHING.minus(Span(0, leeway)))
    return {"final_state_assertions": assertions or [unchanged]}


def _leeway(plan: DynamicFlowPlan) -> int:
    moves = [step.intent for step in plan.steps if moves_funds(step.intent)]
    gifts = [intent for intent in moves if isinstance(intent, TransferIntent) and intent.mint != SOL_MINT]
    due = int(plan.metadata.get("lamports_due", 0))
    return due + len(gifts) * _RECIPIENT_RENT_LAMPORTS + (len(moves) + 1) * _LEEWAY_LAMPORTS


def _opening(context: WalletContext) -> dict[Account, int]:
    held = {Account(USER_WALLET, mint): token.balance for mint, token in context.token_balances.items()}
    return held | {Account(USER_WALLET, SOL_MINT): context.sol_balance}


def _said(account: Account, ledger: Ledger, leeway: int) -> Iterator[dict[str, Any]]:
    entry = ledger.entries[account]
    if entry.is_empty:
        yield _position(account) | {"expected_lte": _MOST_LENT_RAW}
        return
    change = entry.change
    if account == Account(USER_WALLET, SOL_MINT):
        # Fees and rent only ever take.
        change = change.minus(Span(0, leeway))
    if entry.opening_raw is not None and change.low == change.high and change.low is not None:
        yield _token(account, "TokenAccountBalance") | {"expected": entry.opening_raw + change.low}
    elif change != Span(None, None):
        yield _bounds(account, change)


def _bounds(account: Account, change: Span) -> dict[str, Any]:
    if account.kind == "lent":
        said = _position(account)
    elif account.mint == SOL_MINT:
        said = {"type": "SolBalanceChange", "pubkey": account.owner}
    else:
        said = _token(account, "TokenAccountBalanceChange")
    bounds = {"expected_change_gte": change.low, "expected_change_lte": change.high}
    return said | {name: bound for name, bound in bounds.items() if bound is not None}


def _token(account: Account, kind: str) -> dict[str, Any]:
    return {"type": kind, "pubkey": account.owner, "mint": account.mint}


def _position(account: Account) -> dict[str, Any]:
    return {"type": "JupiterLendingPosition", "pubkey": account.owner, "mint": account.mint}
