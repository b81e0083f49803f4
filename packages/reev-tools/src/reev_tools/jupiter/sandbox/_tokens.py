"""Prices and tokens of a market."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from reev_tools.jupiter import Price, TokenInformation
from reev_tools.market import Market
from reev_types.tokens import TOKENS, Token, token_named, token_of

__all__ = ["find_tokens", "known_prices"]

_MOST_RESULTS = 20


def known_prices(market: Market, mints: Iterable[str], slot: int) -> Mapping[str, Price]:
    """Return the market's prices of ``mints``; they are as old as the market's table, and never before slot 0."""
    seen = max(slot - market.data.price_age.slots, 0)
    return {
        mint: Price(usd_price=market.prices[mint], block_id=seen, decimals=token.decimals)
        for mint in mints
        if mint in market.prices and (token := token_of(mint))
    }


def find_tokens(market: Market, query: str) -> tuple[TokenInformation, ...]:
    """Return the market's tokens that ``query`` means: mints by comma, or part of a symbol or name; best first."""
    wanted = [part.strip() for part in query.split(",") if part.strip()]
    tokens = [token for token in TOKENS if token.mint in market.prices]
    by_mint = [token for token in tokens if token.mint in wanted]
    found = by_mint or _ranked(tokens, query.strip().lower())
    return tuple(_information(market, token) for token in found[:_MOST_RESULTS])


def _ranked(tokens: Sequence[Token], text: str) -> list[Token]:
    ranks = [(rank, token) for token in tokens if text and (rank := _rank(token, text)) is not None]
    return [token for _, token in sorted(ranks, key=lambda entry: entry[0])]


def _rank(token: Token, text: str) -> int | None:
    if token_named(text) is token:
        return 0
    names = [name.lower() for name in (token.symbol, token.name, *token.aliases)]
    if any(name.startswith(text) for name in names):
        return 1
    return 2 if any(text in name for name in names) else None


def _information(market: Market, token: Token) -> TokenInformation:
    return TokenInformation(
        id=token.mint,
        name=token.name,
        symbol=token.symbol,
        decimals=token.decimals,
        token_program=token.program,
        usd_price=market.prices[token.mint],
        is_verified=True,
        tags=tuple(_tags(token)),
    )


def _tags(token: Token) -> Iterator[str]:
    yield "verified"
    if token.underlying:
        yield "lend"
