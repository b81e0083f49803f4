"""Which token a word means: symbols, aliases and names of the registry, mints, and misspellings beyond doubt."""

from __future__ import annotations

from reev_types.errors import TextPlace, TokenError
from reev_types.tokens import TOKENS, Token, token_named, token_of

from ._cursor import Cursor
from ._questions import ask_token
from ._readings import Correction
from ._spelling import is_sure_slip, tokens_near
from ._vocabulary import FOREIGN_TICKERS, GRAMMAR_WORDS, VAGUE_THINGS

__all__ = ["require_token", "take_named_token", "take_token"]

_NAMES = tuple(
    (tuple(token.name.lower().split()), token)
    for token in sorted(TOKENS, key=lambda token: -len(token.name.split()))
    if " " in token.name
)
_TWO_COINS = {"jsol": ("write jlWSOL for lent SOL", "write JitoSOL or mSOL for staked SOL")}
"""Aliases of the registry that people use for something else as well."""


def take_token(cursor: Cursor, corrections: list[Correction]) -> Token | None:
    """Read a token if one comes next, or None.

    Raises TokenError ``unknown_token`` and the question ``ask_token`` for a word that should be a token and is not.
    """
    cashtag = cursor.peek().word == "$" and cursor.peek(1).kind == "word"
    if cashtag:
        cursor.take()
    for name, token in _NAMES:
        if cursor.accept(*name):
            return token
    lexeme = cursor.peek()
    if lexeme.kind == "address":
        return _minted(cursor)
    if lexeme.kind != "word" or lexeme.word in GRAMMAR_WORDS | VAGUE_THINGS:
        return None
    place = cursor.here()
    cursor.take()
    if lexeme.word in _TWO_COINS:
        raise ask_token(place, f"{lexeme.text!r} is the ticker of another coin too", *_TWO_COINS[lexeme.word])
    return token_named(lexeme.text) or _misspelt(lexeme.text, place, corrections)


def take_named_token(cursor: Cursor) -> Token | None:
    """Read a name, symbol, alias or mint of the registry as it is written there, or None; nothing is corrected.

    Raises the question ``ask_token`` for a ticker of two coins, TokenError ``unknown_token`` for one of none.
    """
    cashtag = cursor.sees("$") and cursor.peek(1).kind == "word"
    if cashtag:
        cursor.take()
    for name, token in _NAMES:
        if cursor.accept(*name):
            return token
    lexeme = cursor.peek()
    if lexeme.word in _TWO_COINS:
        raise ask_token(cursor.here(), f"{lexeme.text!r} is the ticker of another coin too", *_TWO_COINS[lexeme.word])
    named = token_named(lexeme.text) if lexeme.kind in ("word", "address") else None
    if named is not None:
        cursor.take()
    elif cashtag or lexeme.word in FOREIGN_TICKERS:
        raise _unknown(lexeme.text, cursor.here())
    return named


def require_token(cursor: Cursor, corrections: list[Correction], message: str) -> Token:
    """Read a token; raises the question ``ask_token`` when none comes next."""
    token = take_token(cursor, corrections)
    if token is None:
        raise ask_token(cursor.here(), message)
    return token


def _minted(cursor: Cursor) -> Token:
    place = cursor.here()
    mint = cursor.take().text
    token = token_of(mint)
    if token is None:
        raise TokenError(
            "unknown_token",
            f"the mint {mint[:44]} is not in the token registry",
            place=place,
            suggestions=("use a token that reev knows",),
        )
    return token


def _misspelt(typed: str, place: TextPlace, corrections: list[Correction]) -> Token:
    if typed.lower() == "jupiter":
        raise ask_token(place, f"{typed!r}: is the token meant, or the venue?", "write JUP", "say on Jupiter")
    near = tokens_near(typed.lower())
    if len(near) == 1 and is_sure_slip(typed.lower(), near[0]):
        corrections.append(Correction(typed, near[0].symbol, place))
        return near[0]
    if near:
        names = " or ".join(token.symbol for token in near)
        raise ask_token(place, f"{typed[:40]!r}: is {names} meant?", *(f"write {token.symbol}" for token in near[:3]))
    raise _unknown(typed, place)


def _unknown(typed: str, place: TextPlace) -> TokenError:
    return TokenError(
        "unknown_token",
        f"{typed[:40]!r} is no token that reev knows",
        place=place,
        suggestions=("use SOL, USDC, USDT, JUP or BONK", "give the token's mint address"),
    )
