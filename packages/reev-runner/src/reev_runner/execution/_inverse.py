"""What would undo a call, from what it really did."""

from __future__ import annotations

from typing import NamedTuple

from reev_orchestrator.planning import share_mint
from reev_orchestrator.recovery import inverse
from reev_tools.wallet import primary_name
from reev_types.amounts import ExactAmount
from reev_types.contexts import PromptContext
from reev_types.holdings import holding_in
from reev_types.intents import (
    Intent,
    LendDepositIntent,
    LendRedeemIntent,
    LendWithdrawIntent,
    SwapIntent,
    TransferIntent,
)
from reev_types.tokens import SOL_MINT, token_of

from ._memory import DoneCall

__all__ = ["Inverse", "inverse_of", "within_means"]


class Inverse(NamedTuple):
    """The intent that undoes a call, or why nothing can."""

    intent: Intent | None
    reason: str
    spent_raw: dict[str, int]
    """By mint, what the call had taken from the wallet."""


def inverse_of(done: DoneCall, wallet: str) -> Inverse:
    """Return what undoes ``done``: what it brought is given back for what it took."""
    totals: dict[str, int] = {}
    for change in done.changes:
        if change.owner == wallet:
            totals[change.mint] = totals.get(change.mint, 0) + change.change_raw
    produced_raw = {mint: raw for mint, raw in totals.items() if raw > 0}
    spent_raw = {mint: -raw for mint, raw in totals.items() if raw < 0}
    intent = _intent(primary_name(done.call.tool), produced_raw, spent_raw)
    if intent is None:
        return Inverse(None, "unknown_effect", spent_raw)
    undone = inverse(intent, produced_raw, spent_raw)
    return Inverse(undone.intent, undone.reason, spent_raw)


def within_means(intent: Intent, context: PromptContext) -> Intent:
    """Return ``intent`` with no more than the wallet has: lending and taking back rounds a unit away.

    Raises AmountError ``unknown_decimals``.
    """
    match intent:
        case (
            SwapIntent(input_mint=mint, amount=ExactAmount(raw=raw))
            | LendDepositIntent(mint=mint, amount=ExactAmount(raw=raw))
        ):
            return intent.model_copy(update={"amount": _at_most(raw, mint, context)})
        case LendRedeemIntent(mint=mint, shares=ExactAmount(raw=raw)):
            return intent.model_copy(update={"shares": _at_most(raw, share_mint(mint) or mint, context)})
        case _:
            return intent


def _at_most(raw: int, mint: str, context: PromptContext) -> ExactAmount:
    held_raw = holding_in(context, mint).spendable_raw
    return ExactAmount(raw=min(raw, held_raw) if held_raw else raw)


def _intent(tool: str, produced_raw: dict[str, int], spent_raw: dict[str, int]) -> Intent | None:
    """Return what a call did, in typed form; None where its effect is not of the kind that its tool has."""
    given, got = _main(spent_raw), _main(produced_raw)
    if given is None:
        return None
    amount = ExactAmount(raw=spent_raw[given])
    match tool:
        case "sol_transfer" | "spl_transfer":
            return TransferIntent(mint=given, recipient="somebody", amount=amount)
        case "jupiter_swap" if got is not None:
            return SwapIntent(input_mint=given, output_mint=got, amount=amount)
        case "jupiter_lend_earn_deposit" | "jupiter_lend_earn_mint" if got is not None:
            return LendDepositIntent(mint=given, amount=amount)
        case "jupiter_lend_earn_withdraw" | "jupiter_lend_earn_redeem" if got is not None:
            share = token_of(given)
            asset = share.underlying if share and share.underlying else got
            return LendWithdrawIntent(mint=asset, amount=ExactAmount(raw=produced_raw.get(asset, 0)))
        case _:
            return None


def _main(moved_raw: dict[str, int]) -> str | None:
    """Return the mint that a call was about: SOL only where nothing else moved, since fees and rent are SOL too."""
    others = [mint for mint in moved_raw if mint != SOL_MINT]
    return others[0] if others else next(iter(moved_raw), None)
