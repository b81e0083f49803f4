"""Advice around a strategy: clauses that are known to change nothing, word by word.

All lists are closed. No word of theirs is a number, a token, an address, or something that could be carried out, so
nothing that was meant to happen can pass as advice.
"""

from __future__ import annotations

from reev_orchestrator.language._cursor import Cursor
from reev_orchestrator.language._lexemes import Lexeme

__all__ = ["skip_tail", "take_advice", "take_modifiers", "without_whiles"]


def _phrases(text: str) -> tuple[tuple[str, ...], ...]:
    found = (tuple(line.split()) for line in text.splitlines())
    return tuple(sorted((phrase for phrase in found if phrase), key=len, reverse=True))


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_HEADS = _phrases(
    """
    analyze
    analyse
    assess
    calculate
    check
    compare
    consider
    evaluate
    execute
    focus on
    i am comfortable with
    i'm comfortable with
    i prefer
    identify
    implement
    look at
    maximize my usd value
    maximise my usd value
    maximize returns
    maximise returns
    minimize
    minimise
    optimize for
    optimise for
    preserve
    prioritize
    prioritise
    review
    take into account
    """
)
_MODIFIERS = _phrases(
    """
    based on
    because of
    due to
    for long-term
    for maximum
    for the long term
    for yield
    given
    to maximize
    to maximise
    to optimize for
    while
    with conservative
    with low
    with minimal
    with moderate
    """
)
_GERUNDS = _words("generating keeping limiting maintaining managing minimizing preserving protecting reducing")
_WORDS = _GERUNDS | _words(
    "a an the my this that these its some any all most more different various several multiple"
    " of for to on in with through across over into from by at as via within"
    " current currently market markets price prices rate rates apy apys apr aprs yield yields return returns interest"
    " condition conditions situation opportunities opportunity data trends volatility stress"
    " jupiter jup lending pool pools vault vaults protocol protocols"
    " holdings holding portfolio wallet balance balances position positions asset assets token tokens allocation"
    " allocations capital liquidity liquid value risk risks diversification auto-compounding compounding"
    " best optimal better good appropriate appropriately suitable sensible moderate conservative conservatively low"
    " lower lowest minimal safe safety secure stable stability long-term short-term long term maximum remaining"
    " available strategy strategies approach approaches plan option options multi-pool optimization rebalancing"
    " optimisation diversified balanced growth preservation speed security fees costs fee cost transaction"
    " transactions gas emergencies reserves prioritizes prioritises maximizes maximises exposure tolerance performance"
)


def take_advice(cursor: Cursor) -> bool:
    """Move past an advisory clause if one comes next, and tell whether it did."""
    if cursor.accept_phrase(_HEADS) is None:
        return False
    skip_tail(cursor)
    return True


def take_modifiers(cursor: Cursor) -> bool:
    """Move past what only explains the clause before, such as ``based on current market conditions``."""
    start = cursor.position
    while cursor.accept_phrase(_MODIFIERS) is not None:
        skip_tail(cursor)
    return cursor.position > start


def skip_tail(cursor: Cursor) -> None:
    """Move past words of advice, and past ``and``, ``or`` and commas between them."""
    while True:
        if cursor.accept_phrase(_MODIFIERS):
            continue
        start = cursor.position
        if cursor.accept_one(("and", "or", ",")) and cursor.peek().word not in _WORDS:
            cursor.position = start
        if cursor.position == start and cursor.accept_one(_WORDS) is None:
            return


def without_whiles(lexemes: tuple[Lexeme, ...]) -> tuple[Lexeme, ...]:
    """Leave out each ``while`` that stands before a word such as ``maintaining``: there it is no condition."""
    return tuple(
        lexeme
        for lexeme, following in zip(lexemes, (*lexemes[1:], None), strict=True)
        if lexeme.word != "while" or following is None or following.word not in _GERUNDS
    )
