"""Where something is to be done: Jupiter, the only venue there is, and its lending.

Which prepositions are allowed depends on the verb: ``to jup`` is a venue to lend at, and a token to swap to.
"""

from __future__ import annotations

from ._cursor import Cursor

__all__ = ["AT", "INTO", "OUT_OF", "says_lending", "skip_wallet", "take_lending", "take_venue"]

AT = ("on", "using", "via", "with", "through")
INTO = (*AT, "in", "into", "to", "at", "for")
OUT_OF = (*AT, "from", "of", "in")

_JUPITER = ("jupiter", "jup")
_LENDING = ("lending", "lend", "earn", "yield", "interest")
_NOUNS = ("pool", "pools", "vault", "vaults", "protocol", "market", "account", "position", "positions")


def skip_wallet(cursor: Cursor) -> None:
    """Move past ``from my wallet`` if it comes next."""
    start = cursor.position
    if cursor.accept_phrase((("from", "my"), ("in", "my"), ("from", "the"))) is None:
        return
    if not cursor.accept_one(("wallet", "account")):
        cursor.position = start


def take_venue(cursor: Cursor, prepositions: tuple[str, ...] = AT) -> bool:
    """Read ``on Jupiter`` if it comes next, and tell whether it did; its lending is not meant."""
    start = cursor.position
    named = cursor.accept_one(prepositions) is not None and cursor.accept_one(_JUPITER) is not None
    if named and cursor.peek().word not in _LENDING:
        return True
    cursor.position = start
    return False


def says_lending(cursor: Cursor, start: int) -> bool:
    """Tell whether what was read since ``start`` speaks of lending or its yield, and not of Jupiter alone."""
    return any(lexeme.word in _LENDING for lexeme in cursor.lexemes[start : cursor.position])


def take_lending(cursor: Cursor, prepositions: tuple[str, ...]) -> bool:
    """Read ``into Jupiter lending``, ``on Jupiter`` or ``into lending`` if it comes next, and tell whether it did."""
    start = cursor.position
    if not cursor.accept_one(prepositions):
        return False
    cursor.accept_one(("the", "a", "my"))
    jupiter = cursor.accept_one(_JUPITER)
    lending = cursor.accept_one(_LENDING)
    if jupiter is None and lending is None:
        cursor.position = start
        return False
    cursor.accept_one(_NOUNS)
    return True
