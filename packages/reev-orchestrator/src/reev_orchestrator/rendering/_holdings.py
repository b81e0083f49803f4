"""The wallet as it stands in a prompt: bounded, what matters first, and nothing that a token says of itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from heapq import nsmallest
from typing import NamedTuple

from reev_types.amounts import format_ui
from reev_types.contexts import PromptContext, TokenBalance, WalletContext
from reev_types.tokens import SOL, SOL_MINT, TOKENS, symbol_of, token_named, token_of

from ._text import ui

__all__ = ["MOST_TOKENS", "TokenRow", "WalletView", "wallet_view", "words_of"]

MOST_TOKENS = 20
"""The most tokens that a prompt lists."""

_WORD = re.compile(r"[A-Za-z0-9_]+(?:-[A-Za-z0-9_]+)*", re.ASCII)


class TokenRow(NamedTuple):
    """One holding; ``ui`` is null where the decimals are not known, ``price`` where no price is."""

    symbol: str
    mint: str
    raw: int
    ui: str | None
    price: str | None


class WalletView(NamedTuple):
    """What a prompt says of a wallet; prices and the total are US dollars as decimal text, null when unknown."""

    owner: str
    sol: str
    lamports: int
    sol_price: str | None
    reserve: str
    reserve_lamports: int
    tokens: tuple[TokenRow, ...]
    left_out: int
    """How many tokens the wallet holds beyond those listed."""
    total_value: str | None


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text, those joined by hyphens also in parts."""
    words = _WORD.findall(text)
    return frozenset(words).union(part for word in words if "-" in word for part in word.split("-"))


def wallet_view(words: frozenset[str], context: PromptContext) -> WalletView:
    """Return the wallet of a context; tokens that ``words`` name come first, then the most valuable ones."""
    wallet = context.wallet_context
    named = words.union(token.mint for word in words if (token := token_named(word)) is not None)
    shown = _most_telling(wallet, named)
    held = sum(token.mint in wallet.token_balances for token in shown)
    reserve = context.sol_reserve_lamports
    return WalletView(
        owner=wallet.owner,
        sol=format_ui(wallet.sol_balance, SOL.decimals),
        lamports=wallet.sol_balance,
        sol_price=_price(SOL_MINT, wallet.token_prices),
        reserve=format_ui(reserve, SOL.decimals),
        reserve_lamports=reserve,
        tokens=tuple(_row(token, wallet.token_prices) for token in shown),
        left_out=len(wallet.token_balances) - held,
        total_value=None if wallet.total_value_usd is None else f"{wallet.total_value_usd:f}",
    )


def _most_telling(wallet: WalletContext, named: frozenset[str]) -> list[TokenBalance]:
    missing = (
        TokenBalance(mint=token.mint, balance=0, decimals=token.decimals)
        for token in TOKENS
        if token.mint in named and token.mint not in wallet.token_balances and token.mint != SOL_MINT
    )

    def rank(token: TokenBalance) -> tuple[bool, bool, bool, Decimal, bool, str]:
        value = _value(token, wallet.token_prices)
        foreign = token_of(token.mint) is None
        is_named = token.mint in named
        return not is_named, token.balance == 0, value is None, -(value or Decimal(0)), foreign, token.mint

    return nsmallest(MOST_TOKENS, (*wallet.token_balances.values(), *missing), key=rank)


def _value(token: TokenBalance, prices: Mapping[str, Decimal]) -> Decimal | None:
    """Return what a holding is worth, rounded: it decides an order and is never shown."""
    price = prices.get(token.mint)
    if price is None or token.decimals is None:
        return None
    return Decimal(token.balance).scaleb(-token.decimals) * price


def _row(token: TokenBalance, prices: Mapping[str, Decimal]) -> TokenRow:
    symbol = "wrapped SOL" if token.mint == SOL_MINT else symbol_of(token.mint)
    return TokenRow(symbol, token.mint, token.balance, ui(token.balance, token.decimals), _price(token.mint, prices))


def _price(mint: str, prices: Mapping[str, Decimal]) -> str | None:
    price = prices.get(mint)
    return None if price is None else f"{price:f}"
