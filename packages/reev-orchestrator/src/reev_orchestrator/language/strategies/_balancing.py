"""``rebalance SOL and USDC``, ``rebalance my portfolio to 60% SOL and 40% USDC``."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from reev_orchestrator.language._cursor import Cursor
from reev_orchestrator.language._quantities import share_of
from reev_orchestrator.language._questions import ask_token, ask_which_amount, ask_which_reading
from reev_orchestrator.language._scenarios import Rebalance
from reev_orchestrator.language._shares import take_percent
from reev_orchestrator.language._story import Story
from reev_orchestrator.language._tokens import take_named_token
from reev_types.tokens import SOL, Token, find_token

__all__ = ["EXAMPLES", "read_rebalance", "take_pair"]

_AND = ("and", "/", "&")
EXAMPLES = ("rebalance my portfolio to 60% SOL and 40% USDC", "rebalance SOL and USDC")
_EXAMPLE = EXAMPLES[0]


def read_rebalance(story: Story) -> Rebalance | None:
    """Read ``rebalance`` and what is balanced; raises ``ask_token`` and ``ask_which_amount``."""
    cursor = story.cursor
    if not cursor.accept("rebalance"):
        return None
    start = cursor.position
    cursor.accept_one(("my", "the"))
    whole = cursor.accept_one(("portfolio", "holdings", "wallet", "assets")) is not None
    if whole and cursor.accept_one(("to", "into")):
        return _weighted(cursor)
    linked = whole and cursor.accept_one(("between", "of", "across")) is not None
    pair = take_pair(cursor) if linked or not whole else None
    if pair is None and (linked or not whole):
        raise ask_token(cursor.since(start), "rebalance which tokens?", *EXAMPLES)
    first, second = pair or (SOL, find_token("USDC"))
    return Rebalance(first.mint, second.mint, is_pair_stated=pair is not None)


def take_pair(cursor: Cursor) -> tuple[Token, Token] | None:
    """Read ``SOL and USDC`` if it comes next, or None; raises ``ask_token`` for one token twice."""
    start = cursor.position
    first = take_named_token(cursor)
    second = take_named_token(cursor) if first is not None and cursor.accept_one(_AND) else None
    if first is None or second is None:
        cursor.position = start
        return None
    return _distinct(first, second, cursor, start)


def _weighted(cursor: Cursor) -> Rebalance:
    start = cursor.position
    share, first = _weight(cursor)
    cursor.accept(",")
    cursor.accept_one(_AND)
    other, second = _weight(cursor)
    _distinct(first, second, cursor, start)
    if share + other != 1 or not 0 < share < 1:
        raise ask_which_amount(cursor.since(start), "the two shares must add up to 100%", _EXAMPLE)
    return Rebalance(first.mint, second.mint, _decimal(share, cursor, start), is_pair_stated=True, is_stated=True)


def _weight(cursor: Cursor) -> tuple[Fraction, Token]:
    start = cursor.position
    share = take_percent(cursor)
    token = None if share is None else take_named_token(cursor)
    if share is None or token is None:
        raise ask_which_reading(cursor.since(start), "which shares of which two tokens?", _EXAMPLE)
    return share, token


def _decimal(share: Fraction, cursor: Cursor, start: int) -> Decimal:
    if (share * 10_000).denominator != 1:
        raise ask_which_amount(cursor.since(start), "shares with at most two decimal places can be held", _EXAMPLE)
    return share_of(share)


def _distinct(first: Token, second: Token, cursor: Cursor, start: int) -> tuple[Token, Token]:
    if first == second:
        raise ask_token(cursor.since(start), f"{first.symbol} is not balanced with itself", _EXAMPLE)
    return first, second
