"""A person's words for another amount, read as the language reads amounts in sentences."""

from __future__ import annotations

from reev_orchestrator.language import parse
from reev_types.amounts import Amount
from reev_types.errors import UserError
from reev_types.intents import SwapIntent
from reev_types.tokens import SOL, Token, find_token

__all__ = ["said_amount"]

_PHRASES = ("{words}", "{words} {symbol}", "{words} of my {symbol}", "{words} worth of {symbol}")
"""What an answer may leave out."""


def said_amount(words: str, mint: str) -> Amount:
    """Return the amount of ``mint`` that ``words`` say: ``0.5``, ``0.5 SOL``, ``half``, ``all``, ``$20``.

    Raises UserError ``unclear_amount`` for words that are no amount of it or say more, TokenError ``unknown_token``.
    """
    token = find_token(mint)
    for phrase in _PHRASES:
        amount = _read(phrase.format(words=words.strip(), symbol=token.symbol), token)
        if amount is not None:
            return amount
    raise UserError(
        "unclear_amount",
        f"{words[:40]!r} is no amount of {token.symbol}",
        suggestions=(f"write an amount such as 0.5 {token.symbol}, or half of my {token.symbol}",),
    )


def _read(phrase: str, token: Token) -> Amount | None:
    # Any token may stand in a swap, so this sentence has a place for every amount.
    other = "USDC" if token == SOL else SOL.symbol
    try:
        intents = parse(f"swap {phrase} to {other}").intents
    except UserError:
        return None
    match intents:
        case (SwapIntent(side="in", input_mint=token.mint, amount=amount),):
            return amount
        case _:
            return None
