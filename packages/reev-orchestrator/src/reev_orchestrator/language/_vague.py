"""Requests that speak of doing something and leave open what: ``complex DeFi operation``."""

from __future__ import annotations

from collections.abc import Sequence

from reev_types.tokens import token_named

from ._lexemes import Lexeme
from ._vocabulary import VERBS

__all__ = ["is_vague"]

_MOST_WORDS = 6
_DEEDS = frozenset(("operation", "operations", "transaction", "transactions", "trade", "trades", "action", "actions"))


def is_vague(lexemes: Sequence[Lexeme]) -> bool:
    """Tell whether a few words name a deed as such, and neither a verb nor a token nor an amount."""
    words = {lexeme.word for lexeme in lexemes}
    return (
        len(lexemes) <= _MOST_WORDS
        and not words.isdisjoint(_DEEDS)
        and words.isdisjoint(VERBS)
        and all(lexeme.kind == "word" and token_named(lexeme.text) is None for lexeme in lexemes)
    )
