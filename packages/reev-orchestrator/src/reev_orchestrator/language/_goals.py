"""Multiples of a holding: ``1.5x my USDC`` as a goal of a step."""

from __future__ import annotations

from decimal import Decimal

from reev_types.tokens import Token

from ._cursor import Cursor
from ._figures import take_number
from ._questions import ask_which_amount, refusal
from ._story import Story
from ._tokens import take_token

__all__ = ["MULTIPLE_VERBS", "check_multiple", "take_goal", "take_multiple"]

MULTIPLE_VERBS = {"double": Decimal(2), "triple": Decimal(3), "quadruple": Decimal(4)}
"""Verbs that say the multiple themselves."""

_MOST = Decimal(1_000_000)


def take_goal(story: Story, token: Token, step_id: str) -> None:
    """Read ``aiming at 1.5x my USDC`` after a swap if it comes next; raises ``ask_which_amount`` for another token."""
    cursor = story.cursor
    start = cursor.position
    if not cursor.accept("aiming", "at"):
        return
    multiple = take_multiple(cursor)
    cursor.accept_one(("my", "the"))
    meant = take_token(cursor, story.corrections)
    place = cursor.since(start)
    if multiple is None or meant != token:
        raise ask_which_amount(place, "which multiple of which holding?", f"aiming at 1.5x my {token.symbol}")
    story.wish(token, check_multiple(multiple, cursor, start), step_id, place)


def take_multiple(cursor: Cursor) -> Decimal | None:
    """Read ``1.5x`` or ``1.5 times`` if it comes next, or None."""
    start = cursor.position
    lexeme = cursor.peek()
    if lexeme.kind == "multiple" and isinstance(lexeme.value, Decimal):
        cursor.take()
        return lexeme.value
    number = take_number(cursor) if lexeme.kind == "number" else None
    if number is not None and isinstance(number.value, Decimal) and cursor.accept_one(("times", "x", "×", "fold")):
        return number.value
    cursor.position = start
    return None


def check_multiple(multiple: Decimal, cursor: Cursor, start: int) -> Decimal:
    """Return ``multiple``; raises UserError unless it is above 1 and sensible."""
    if not 1 < multiple <= _MOST:
        raise refusal("multiple_out_of_range", "a multiple must be above 1", cursor.since(start), "write 1.5x")
    return multiple
