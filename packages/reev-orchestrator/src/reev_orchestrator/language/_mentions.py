"""What a sentence names, wherever it stands: amounts with their tokens, tokens, addresses.

This is not a reading. Whoever reads a sentence without the grammar is held to what is found here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from reev_types.addresses import is_address
from reev_types.errors import TextPlace
from reev_types.tokens import SOL, TOKENS, Token, lending_share

from ._cursor import Cursor
from ._figures import check_conflict, take_number
from ._goals import take_multiple
from ._lexemes import tokenise
from ._quantities import Number, share_of
from ._questions import ask_amount, ask_recipient, ask_which_amount, ask_which_reading, refusal
from ._shares import take_fraction, take_one, take_percent
from ._tokens import take_named_token
from ._vocabulary import ALL_WORDS, DOLLARS, MY, VAGUE_AMOUNTS

__all__ = ["Claim", "Mentions", "mentions"]

_LAMPORTS_PER_SOL = 10**9


class Claim(NamedTuple):
    """An amount as it can be compared: UI units, a part of 1 or US dollars; of ``everything`` the value is 0."""

    kind: Literal["number", "share", "dollars", "everything", "multiple"]
    value: Fraction
    token: Token | None
    """Whose amount it is; None where that is not said beside it."""


@dataclass(slots=True)
class Mentions:
    """Everything that a sentence names, in order; ``words`` are its words and signs in lower case."""

    words: frozenset[str]
    amounts: dict[Claim, list[TextPlace]] = field(default_factory=dict)
    tokens: dict[Token, TextPlace] = field(default_factory=dict)
    addresses: dict[str, TextPlace] = field(default_factory=dict)


def mentions(text: str) -> Mentions:
    """Return what ``text`` names.

    Raises UserError for what the grammar would not settle either: ``ask_amount``, ``ask_which_amount``,
    ``ask_which_reading``, ``ask_token``, ``ask_recipient``, ``negative``, ``unknown_token``.
    """
    cursor = Cursor(text, tokenise(text))
    found = Mentions(frozenset(lexeme.word for lexeme in cursor.lexemes))
    while not cursor.at_end:
        start = cursor.position
        claim = _claim(cursor)
        if claim is not None:
            found.amounts.setdefault(claim, []).append(cursor.since(start))
            _name(found, claim.token, cursor.since(start))
        elif not _address(cursor, found):
            token = take_named_token(cursor)
            _name(found, token, cursor.since(start))
            cursor.position = max(cursor.position, start + 1)
    return found


def _name(found: Mentions, token: Token | None, place: TextPlace) -> None:
    if token is not None:
        found.tokens.setdefault(token, place)


def _address(cursor: Cursor, found: Mentions) -> bool:
    lexeme = cursor.peek()
    if lexeme.kind != "address" or any(token.mint == lexeme.text for token in TOKENS):
        return False
    place = cursor.here()
    if not is_address(lexeme.text):
        raise ask_recipient(place, f"{lexeme.text[:44]!r} is not an address")
    found.addresses.setdefault(cursor.take().text, place)
    return True


def _claim(cursor: Cursor) -> Claim | None:
    start = cursor.position
    for read in (_dollars, _multiple, _share, _number, _everything):
        claim = read(cursor)
        if claim is not None:
            _refuse_vague(cursor, start)
            return claim
        cursor.position = start
    return None


def _refuse_vague(cursor: Cursor, start: int) -> None:
    before = cursor.lexemes[start - 1].word if start else ""
    if before in VAGUE_AMOUNTS:
        raise ask_amount(cursor.since(start - 1), f"{before!r} is no exact amount; how much exactly?")
    if before in ("-", "−", "–"):
        raise refusal("negative", "an amount cannot be negative", cursor.since(start - 1), "give an amount above 0")


def _dollars(cursor: Cursor) -> Claim | None:
    start = cursor.position
    if not cursor.accept("$"):
        return None
    number = take_number(cursor)
    return None if number is None else _worth(cursor, number, start)


def _worth(cursor: Cursor, number: Number, start: int) -> Claim:
    linked = cursor.accept("worth") | cursor.accept("in") | cursor.accept("of")
    token = _unit(cursor)
    if token is not None and not linked:
        raise ask_which_amount(
            cursor.since(start), f"dollars, or {token.symbol}?", f"write $20 worth of {token.symbol}"
        )
    if number.maybe_milli or not isinstance(number.value, Decimal):
        raise ask_which_amount(number.place, "how many dollars?", "write dollars with digits, such as $20")
    return Claim("dollars", Fraction(number.value), token)


def _multiple(cursor: Cursor) -> Claim | None:
    multiple = take_multiple(cursor)
    return None if multiple is None else Claim("multiple", Fraction(multiple), None)


def _share(cursor: Cursor) -> Claim | None:
    start = cursor.position
    percent = take_percent(cursor)
    part = percent if percent is not None else take_fraction(cursor)
    if part is None:
        return None
    check_conflict(cursor, start)
    if percent is None and take_one(cursor):
        return Claim("number", part, _unit(cursor))
    linked = cursor.accept_phrase(MY)
    token = _unit(cursor)
    if token is not None and percent is None and linked is None:
        raise ask_which_reading(
            cursor.since(start), f"{part} of one {token.symbol}, or of all?", f"say {part} of my {token.symbol}"
        )
    return Claim("share", Fraction(share_of(part)), token)


def _number(cursor: Cursor) -> Claim | None:
    start = cursor.position
    number = take_number(cursor)
    if number is None:
        return None
    check_conflict(cursor, start)
    if not cursor.sees("usd", "coin") and cursor.accept_one(DOLLARS):
        return _worth(cursor, number, start)
    if cursor.accept_one(("lamports", "lamport")):
        return Claim("number", Fraction(number.value) / _LAMPORTS_PER_SOL, SOL)
    shares = cursor.accept_one(("shares", "share")) is not None
    cursor.accept_phrase(MY)
    token = _unit(cursor)
    _check_unit(cursor, number, token, start)
    if token is None and cursor.lexemes[start].word == "one":
        return None  # of the pronoun nothing can be counted
    return Claim("number", Fraction(number.value), (lending_share(token.mint) or token) if token and shares else token)


def _check_unit(cursor: Cursor, number: Number, token: Token | None, start: int) -> None:
    if number.maybe_milli and token in (None, SOL):
        raise ask_which_reading(cursor.since(start), "a million, or a thousandth?", "write the number out")
    if token is not None and cursor.sees("worth"):
        raise ask_which_reading(
            cursor.since(start), "an amount in one token of another cannot be meant exactly", "give $20 worth of SOL"
        )


def _everything(cursor: Cursor) -> Claim | None:
    start = cursor.position
    if not cursor.accept_one(ALL_WORDS):
        return None
    cursor.accept_phrase((*MY, ("in",)))
    if cursor.peek().kind == "number":
        check_conflict(cursor, start)
    token = _unit(cursor)
    return None if token is None else Claim("everything", Fraction(0), token)


def _unit(cursor: Cursor) -> Token | None:
    start = cursor.position
    token = take_named_token(cursor)
    if token is None:
        cursor.position = start
    return token
