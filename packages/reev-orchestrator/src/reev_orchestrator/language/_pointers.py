"""Words that point at what an earlier step brings: ``it``, ``the proceeds``, ``the USDC from step 1``."""

from __future__ import annotations

from reev_types.tokens import Token, token_named

from ._lexemes import Lexeme
from ._quantities import Asset, Produce
from ._questions import ask_which_reading
from ._story import Story

__all__ = ["is_token", "take_numbered_product", "take_pointer"]

_POINTERS = frozenset({"it", "them", "that", "those", "this", "these"})
_SINGULAR = frozenset({"it", "that", "this", "result", "output", "outcome"})
_PRODUCTS = frozenset({"proceeds", "result", "results", "output", "shares", "outcome"})
_WHOLE_PRODUCTS = tuple((all_, "i", verb) for all_ in ("everything", "what", "whatever") for verb in ("get", "receive"))


def take_pointer(story: Story) -> Asset | None:
    """Read ``it``, ``the proceeds``: what the step before brings; None where nothing like it comes next.

    Raises ``ask_which_reading`` when several steps have brought something and ``them`` or ``the proceeds`` may be all.
    """
    cursor = story.cursor
    start = cursor.position
    whole = cursor.accept_phrase(_WHOLE_PRODUCTS) is not None
    cursor.accept_one(("the", "those", "these"))
    if not whole and (cursor.accept_one(_PRODUCTS) is None or cursor.sees("of")):
        cursor.position = start
        if cursor.peek().word not in _POINTERS or is_token(cursor.peek(1)):
            return None
        cursor.take()
    taken = story.taken()
    if taken is not None:
        return taken
    if story.brings_several and cursor.peek(-1).word not in _SINGULAR:
        raise ask_which_reading(
            cursor.since(start), "what one step brings, or all of them?", "say it", "name the amount and the token"
        )
    produce, token = story.latest(cursor.since(start))
    return Asset(produce, token, produce.place)


def take_numbered_product(story: Story, token: Token, start: int) -> Produce | None:
    """Read ``from step 1`` after ``token``, or None; raises ``ask_which_reading`` when that step brings none of it."""
    cursor = story.cursor
    if not (cursor.sees("from", "step") and cursor.peek(2).kind == "number" and cursor.peek(2).text.isdecimal()):
        return None
    cursor.position += 3
    return story.numbered(int(cursor.peek(-1).text), token, cursor.since(start))


def is_token(lexeme: Lexeme) -> bool:
    """Tell whether a lexeme names a token; ``jup`` may as well be the venue."""
    named = lexeme.kind in ("word", "address") and lexeme.text.lower() not in ("jup", "jupiter")
    return named and token_named(lexeme.text) is not None
