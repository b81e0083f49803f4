"""What may be asked: balances and lending positions. Recognised as whole clauses, word by word."""

from __future__ import annotations

import re
from typing import Literal

from reev_types.intents import BalancesIntent, PositionsIntent
from reev_types.tokens import token_named

from ._cursor import Cursor
from ._story import Story
from ._vocabulary import SEPARATORS

__all__ = ["is_query", "read_query"]

_SHOW = r"(?:show|check|get|list|display|view|see|give|tell|report|fetch|print)(?: me| us)? "
_ASK = rf"(?:{_SHOW}|what(?:'s| is| are) |whats )?"
_WHOSE = r"(?:all )?(?:of )?(?:my |the )?(?:current )?(?:wallet |wallet's |account )?(?:token |TOKEN )?"
_BALANCES = re.compile(
    _ASK + _WHOSE + r"(?:balances?|holdings|wallet|portfolio|wallet balances?)"
    r"|what(?:'s| is) in my wallet|how (?:much|many) TOKEN (?:do i have|is in my wallet)(?: in my wallet)?"
    r"|what(?: tokens)? do i (?:have|hold|own)(?: in my wallet)?"
    rf"|{_SHOW}(?:all )?my tokens"
)
_POSITIONS = re.compile(
    _ASK + r"(?:all )?(?:of )?(?:my |the )?(?:current |open )?(?:jupiter |jup )?(?:lending |lend |earn )?"
    r"(?:positions?|earnings|deposits)(?: and earnings)?(?: (?:on|in|at) (?:jupiter|jup)(?: lending| lend)?)?"
    r"|(?:how much|what) (?:have i (?:earned|lent|deposited)|did i (?:earn|lend))"
    r"(?: (?:on|in|at) (?:jupiter|jup)(?: lending| lend)?)?"
)
_STOPS = frozenset(phrase[0] for phrase in SEPARATORS) - {"and"} | {"?"}


def is_query(cursor: Cursor) -> bool:
    """Tell whether a question about the wallet comes next."""
    return _match(cursor) is not None


def read_query(story: Story) -> bool:
    """Read a question about the wallet if one comes next, and tell whether it did."""
    match = _match(story.cursor)
    if match is None:
        return False
    kind, length = match
    start = story.cursor.position
    story.cursor.position += length
    story.cursor.accept("?")
    intent = BalancesIntent() if kind == "balances" else PositionsIntent()
    story.tell(kind, intent, story.cursor.since(start))
    return True


def _match(cursor: Cursor) -> tuple[Literal["balances", "positions"], int] | None:
    words: list[str] = []
    while not cursor.at_end and (word := cursor.peek(len(words)).word) and word not in _STOPS:
        words.append("TOKEN" if token_named(word) and word not in ("jup", "jupiter") else word)
    for length in range(len(words), 0, -1):
        if length < len(words) and words[length] != "and":
            continue
        clause = " ".join(words[:length])
        if _BALANCES.fullmatch(clause):
            return "balances", length
        if _POSITIONS.fullmatch(clause):
            return "positions", length
    return None
