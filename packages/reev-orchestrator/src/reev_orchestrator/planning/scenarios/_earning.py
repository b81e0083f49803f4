"""Yield, growth and farming: so much is lent, and nothing beyond what the sentence gives away."""

from __future__ import annotations

from reev_orchestrator.language import Farming, RiskAdjustedGrowth, YieldOptimisation, amount_phrase
from reev_orchestrator.planning._effects import share_mint
from reev_types.amounts import Amount, ExactAmount, ShareAmount
from reev_types.tokens import SOL_MINT, TOKENS, find_token, symbol_of

from ._draft import Draft

__all__ = ["earn_yield", "farm", "grow"]

_USDC = find_token("USDC").mint
_VAULTS = tuple(token.underlying for token in reversed(TOKENS) if token.underlying is not None)
"""What can be lent, SOL first."""


def earn_yield(scenario: YieldOptimisation, draft: Draft) -> None:
    """Swap what is spent into the target, and lend what that brings."""
    symbol = symbol_of(scenario.target)
    _swapped_and_lent(draft, scenario.mint, scenario.amount, scenario.target)
    draft.assume(
        f"the best yield is that of Jupiter's {symbol} vault: nothing is borrowed, and no other venue is used",
        f"only {_phrase(scenario.amount, scenario.mint)} is put to work; everything else stays as it is",
    )


def grow(scenario: RiskAdjustedGrowth, draft: Draft) -> None:
    """Swap what is spent into USDC, and lend what that brings."""
    _swapped_and_lent(draft, scenario.mint, scenario.amount, _USDC)
    draft.assume(
        "preserving capital means holding USDC, growth lending it in Jupiter's vault; nothing is borrowed",
        f"only {_phrase(scenario.amount, scenario.mint)} is put to work; the rest stays at hand for fees and"
        " emergencies",
    )


def farm(scenario: Farming, draft: Draft) -> None:
    """Lend the share of every token that has a vault; of a single one, half goes to a second vault."""
    share = ShareAmount(of=scenario.share)
    held = [mint for mint in _VAULTS if draft.ledger.holding(mint).spendable_raw]
    if not held:
        raise draft.refusal("insufficient_funds", "the wallet has nothing that can be lent", "show my balances")
    if len(held) == 1:
        _spread_over_two(held[0], share, draft)
    else:
        for mint in held:
            draft.lend(mint, share)
        draft.assume(
            "each token is lent in its own vault, so that no exchange costs fees and no vault holds everything"
        )
    draft.assume(
        f"capital is what can be lent and is not lent yet: {_listed(held)}",
        "rates are those of the vaults, whatever they are; interest compounds by itself in the price of shares",
    )


def _spread_over_two(mint: str, share: ShareAmount, draft: Draft) -> None:
    other = _USDC if mint != _USDC else SOL_MINT
    exchanged = ShareAmount(of=share.of / 2)
    balance = draft.ledger.holding(mint).balance_raw
    whole, part = (int(amount.of * balance) for amount in (share, exchanged))
    lent = min(whole, draft.ledger.holding(mint).spendable_raw) - part
    swap = draft.swap(mint, exchanged, other)
    draft.lend_proceeds(other, swap)
    draft.lend(mint, ExactAmount(raw=lent))
    draft.assume(f"half of it is exchanged for {symbol_of(other)}, so that there are two vaults to lend to")


def _swapped_and_lent(draft: Draft, mint: str, amount: Amount, target: str) -> None:
    if mint == target:
        draft.lend(mint, amount)
        return
    if share_mint(target) is None:
        draft.lend(target, amount)
    draft.lend_proceeds(target, draft.swap(mint, amount, target))


def _phrase(amount: Amount, mint: str) -> str:
    return amount_phrase(amount, find_token(mint)).replace("my ", "the ")


def _listed(mints: list[str]) -> str:
    symbols = [symbol_of(mint) for mint in mints]
    return " and ".join((", ".join(symbols[:-1]), symbols[-1]) if symbols[1:] else symbols)
