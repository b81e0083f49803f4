"""``emergency exit``, ``exit all my positions to USDC``."""

from __future__ import annotations

from reev_orchestrator.language._cursor import Cursor
from reev_orchestrator.language._questions import ask_token, ask_which_reading
from reev_orchestrator.language._scenarios import EmergencyExit
from reev_orchestrator.language._story import Story
from reev_orchestrator.language._tokens import take_named_token
from reev_types.tokens import Token, find_token

__all__ = ["STABLE", "read_exit", "take_restated_exit"]

STABLE = tuple(find_token(symbol) for symbol in ("USDC", "USDT", "PYUSD"))
"""Tokens that hold the value of a US dollar; the first is the one to flee to."""

_POSITIONS = ("positions", "holdings", "portfolio", "investments", "assets", "everything")
_SUGGESTIONS = ("emergency exit", "exit all my positions to USDC")
_LENT = (
    ("withdraw", "all", "lending", "positions"),
    ("withdraw", "all", "my", "lending", "positions"),
    ("withdraw", "everything", "from", "lending"),
    ("withdraw", "everything", "from", "jupiter"),
)
_RISKY = ("risky", "volatile", "unstable")
_SAFE = (("stable", "ones"), ("stable", "assets"), ("stable", "tokens"), ("stablecoins",), ("stable", "coins"))


def read_exit(story: Story) -> EmergencyExit | None:
    """Read an exit; only an emergency needs no target.

    Raises ``ask_which_reading`` unless it is one from everything, ``ask_token`` for a risky target or none.
    """
    cursor = story.cursor
    is_emergency = False
    if cursor.accept("emergency", "exit"):
        cursor.accept_one(("strategy", "plan"))
        is_emergency = True
        whole = not cursor.accept_one(("for", "of", "from")) or _take_everything(cursor)
    elif cursor.accept_one(("exit", "liquidate", "unwind")):
        whole = _take_everything(cursor)
    else:
        return None
    if not whole:
        raise ask_which_reading(cursor.here(), "exit from what? All is meant, or nothing", *_SUGGESTIONS)
    shelter = _shelter(cursor) or (STABLE[0] if is_emergency else None)
    if shelter is None:
        raise ask_token(cursor.here(), "an exit to which token?", *_SUGGESTIONS)
    return EmergencyExit(shelter.mint)


def take_restated_exit(cursor: Cursor) -> bool:
    """Read what an exit does anyway, such as ``withdraw all lending positions``, and tell whether it came next."""
    if cursor.accept_phrase(_LENT):
        return True
    start = cursor.position
    if cursor.accept_one(("convert", "swap", "move")) is not None:
        cursor.accept("all")
        cursor.accept_one(("my", "the"))
        risky = (
            cursor.accept_one(_RISKY) is not None and cursor.accept_one(("assets", "tokens", "holdings")) is not None
        )
        if risky and cursor.accept_one(("to", "into")) and cursor.accept_phrase(_SAFE):
            return True
    cursor.position = start
    return False


def _take_everything(cursor: Cursor) -> bool:
    cursor.accept("all")
    cursor.accept("of")
    cursor.accept_one(("my", "the"))
    return cursor.accept_one(_POSITIONS) is not None


def _shelter(cursor: Cursor) -> Token | None:
    start = cursor.position
    if not cursor.accept_one(("to", "into")):
        return None
    if cursor.accept_phrase(_SAFE):
        return STABLE[0]
    target = take_named_token(cursor)
    if target not in STABLE:
        names = ", ".join(token.symbol for token in STABLE)
        raise ask_token(cursor.since(start), f"an exit ends in a stable token: {names}", *_SUGGESTIONS)
    return target
