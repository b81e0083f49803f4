"""A context put together from what the sources answered."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from reev_types.amounts import format_ui
from reev_types.contexts import TokenBalance, WalletContext
from reev_types.errors import SourceError
from reev_types.sources import TokenFacts, TokenHolding, WalletHoldings
from reev_types.tokens import symbol_of, token_of

from ._value import total_value_usd

__all__ = ["assemble", "bounded"]


def bounded(holdings: WalletHoldings, owner: str, most_tokens: int) -> WalletHoldings:
    """Return the holdings with at most ``most_tokens`` mints, the rest counted in ``left_out``.

    Raises SourceError ``bad_response`` for an answer about another wallet, or one that lists a mint twice.
    """
    mints = {token.mint for token in holdings.tokens}
    if holdings.owner != owner or len(mints) < len(holdings.tokens):
        raise SourceError("bad_response", "the balances are not those of this wallet, each mint once")
    ranked = sorted(holdings.tokens, key=_rank)
    left_out = holdings.left_out + max(0, len(ranked) - most_tokens)
    return holdings.model_copy(update={"tokens": tuple(ranked[:most_tokens]), "left_out": left_out})


def assemble(holdings: WalletHoldings, prices: Mapping[str, Decimal], facts: Mapping[str, TokenFacts]) -> WalletContext:
    """Return the context; raises SourceError ``decimals_mismatch`` when sources disagree on a mint's decimals."""
    context = WalletContext(
        owner=holdings.owner,
        sol_balance=holdings.lamports,
        token_balances={
            token.mint: _balance(token, _decimals(token.mint, token.decimals, facts))
            for token in sorted(holdings.tokens, key=lambda token: token.mint)
        },
        token_prices=dict(sorted(prices.items())),
    )
    if holdings.left_out:
        return context
    return context.model_copy(update={"total_value_usd": total_value_usd(context)})


def _rank(token: TokenHolding) -> tuple[bool, bool, str]:
    return token_of(token.mint) is None, token.balance_raw == 0, token.mint


def _decimals(mint: str, told: int | None, facts: Mapping[str, TokenFacts]) -> int | None:
    known, fact = token_of(mint), facts.get(mint)
    claims = (known.decimals if known else None, told, fact.decimals if fact else None)
    said = [claim for claim in claims if claim is not None]
    if len(set(said)) > 1:
        words = " and ".join(str(claim) for claim in sorted(set(said)))
        raise SourceError("decimals_mismatch", f"the sources disagree on the decimals of {symbol_of(mint)}: {words}")
    return said[0] if said else None


def _balance(token: TokenHolding, decimals: int | None) -> TokenBalance:
    """Return what can be moved of a token; what is frozen is the wallet's, and of no use to any plan."""
    movable_raw = max(0, token.balance_raw - token.frozen_raw)
    return TokenBalance(
        mint=token.mint,
        balance=movable_raw,
        decimals=decimals,
        symbol=symbol_of(token.mint),
        formatted_amount=None if decimals is None else format_ui(movable_raw, decimals),
    )
