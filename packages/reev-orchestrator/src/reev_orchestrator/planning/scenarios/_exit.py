"""Out of lending, and out of everything that is no dollar."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from reev_orchestrator.language import EmergencyExit
from reev_orchestrator.language.strategies import STABLE
from reev_orchestrator.planning._effects import share_mint
from reev_orchestrator.planning._quotes import value_usd
from reev_types.amounts import AllAmount
from reev_types.tokens import SOL_MINT, TOKENS, symbol_of, token_of

from ._draft import Draft

__all__ = ["leave"]

_LEAST_USD = Decimal("0.01")


def leave(scenario: EmergencyExit, draft: Draft) -> None:
    """Withdraw every position that the wallet shows, then swap what is not stable, SOL last and but for the fees.

    Raises UserError ``nothing_to_exit``.
    """
    lent = [mint for mint in _lendable() if draft.ledger.opening_raw(share_mint(mint) or mint)]
    for mint in lent:
        draft.withdraw(mint, AllAmount())
    for mint in _risky(draft, lent):
        draft.swap(mint, AllAmount(), scenario.target)
    if not draft.steps:
        raise draft.refusal("nothing_to_exit", "nothing is lent, and everything held is stable", "show my balances")
    draft.assume(
        f"{', '.join(token.symbol for token in STABLE)} count as stable and stay as they are",
        f"everything else is swapped to {symbol_of(scenario.target)} at once; speed counts more than price",
        f"{draft.told(SOL_MINT, draft.ledger.reserve_lamports)} stays for fees",
    )
    strangers = [mint for mint in draft.ledger.context.token_balances if token_of(mint) is None]
    if strangers:
        draft.assume(f"tokens that reev does not know stay as they are: {len(strangers)}")


def _lendable() -> Iterator[str]:
    return (token.underlying for token in TOKENS if token.underlying is not None)


def _risky(draft: Draft, lent: list[str]) -> Iterator[str]:
    """Yield what is to be swapped: tokens in the order of the registry, SOL last."""
    for token in (*TOKENS[1:], TOKENS[0]):
        held = draft.ledger.holding(token.mint).spendable_raw
        if token in STABLE or token.underlying is not None or not (held or token.mint in lent):
            continue
        if token.mint not in lent and _is_dust(draft, token.mint, held):
            draft.assume(f"{draft.told(token.mint, held)} stays: it is worth less than a cent")
        else:
            yield token.mint


def _is_dust(draft: Draft, mint: str, raw: int) -> bool:
    """Tell whether an amount is known to be worth next to nothing; without a price it may be worth something."""
    value = value_usd(draft.ledger.context, mint, raw)
    return value is not None and value < _LEAST_USD
