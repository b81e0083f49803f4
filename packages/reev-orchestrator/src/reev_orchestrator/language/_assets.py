"""So much of a token: the phrases for amounts, from ``0.1 SOL`` to ``everything but 0.1 SOL``.

Readers are tried in order, and each either reads a whole phrase or leaves the cursor where it was.
"""

from __future__ import annotations

from decimal import Decimal

from reev_types.errors import TextPlace
from reev_types.tokens import SOL, Token, token_named

from ._figures import check_conflict, take_number
from ._quantities import Asset, Dollars, Everything, Number, Quantity
from ._questions import ask_amount, ask_which_amount, ask_which_reading, refusal
from ._shares import take_share
from ._story import Story
from ._tokens import take_token
from ._vocabulary import ALL_WORDS, DOLLARS, EXCEPTIONS, MY, VAGUE_AMOUNTS, VAGUE_THINGS

__all__ = ["take_asset", "take_exception"]

_POINTERS = frozenset({"it", "them", "that", "those", "this", "these"})
_PRODUCTS = frozenset({"proceeds", "result", "results", "output", "shares", "outcome"})
_WHOLE_PRODUCTS = tuple((all_, "i", verb) for all_ in ("everything", "what", "whatever") for verb in ("get", "receive"))
_HOLDING = frozenset({"balance", "holdings", "holding", "tokens", "coins", "position"})


def take_asset(story: Story, *, receiving: bool = False) -> Asset | None:
    """Read an asset if one comes next, or None; ``receiving`` ones never mean what an earlier step brought.

    Raises the questions of doubtful amounts and tokens, and UserError for impossible ones.
    """
    cursor = story.cursor
    cursor.accept("exactly")
    if cursor.sees("my") and cursor.peek(1).kind == "number":
        cursor.take()
    _refuse_vague(story)
    for read in (_dollars, take_share, _pointer, _remainder, _everything, _numbered):
        asset = read(story)
        if asset is not None:
            return asset
    return _bare(story, receiving=receiving)


def _refuse_vague(story: Story) -> None:
    cursor = story.cursor
    word = cursor.peek().word
    if word in VAGUE_AMOUNTS or (word == "a" and cursor.peek(1).word in VAGUE_AMOUNTS):
        raise ask_amount(cursor.here(), f"{word!r} is no exact amount; how much exactly?", "give a number or a share")
    if word in VAGUE_THINGS:
        raise ask_amount(cursor.here(), "how much of which token?", "name an amount and a token, such as 0.1 SOL")
    if word in ("-", "−", "–") and cursor.peek(1).kind == "number":
        raise refusal("negative", "an amount cannot be negative", cursor.here(), "give an amount above 0")


def _dollars(story: Story) -> Asset | None:
    cursor = story.cursor
    start = cursor.position
    value = _dollar_value(story)
    if value is None:
        cursor.position = start
        return None
    quantity = Dollars(value, cursor.since(start))
    linked = cursor.accept("worth") | cursor.accept("in") | (cursor.accept_phrase(MY) is not None)
    token = take_token(cursor, story.corrections)
    place = cursor.since(start)
    if token is not None and not linked:
        raise ask_which_amount(
            place,
            f"is this ${value} worth of {token.symbol}, or {value} {token.symbol}?",
            f"write ${value} worth of {token.symbol}",
            f"write {value} {token.symbol}",
        )
    return Asset(quantity, token, place)


def _dollar_value(story: Story) -> Decimal | None:
    cursor = story.cursor
    signed = cursor.accept("$")
    number = take_number(cursor)
    if number is None:
        return None
    cashtag = cursor.sees("$") and cursor.peek(1).kind == "word" and cursor.peek(1).start == cursor.peek().end
    named = cursor.sees("usd", "coin")
    if not signed and (cashtag or named or not cursor.accept_one(DOLLARS | {"$"})):
        return None
    if not isinstance(number.value, Decimal) or number.maybe_milli:
        raise ask_which_amount(number.place, "how many dollars?", "write dollars with digits, such as $20")
    return number.value


def _remainder(story: Story) -> Asset | None:
    """Read ``the rest of my SOL``: everything that earlier steps leave."""
    cursor = story.cursor
    start = cursor.position
    cursor.accept("the")
    if not cursor.accept_one({"rest", "remaining", "remainder"}):
        cursor.position = start
        return None
    cursor.accept_phrase(MY)
    token = take_token(cursor, story.corrections)
    place = cursor.since(start)
    if token is None or story.may_mean_product(token):
        raise ask_which_reading(place, "the rest of what?", "say the rest of my SOL", "give an amount")
    return Asset(Everything(place), token, place)


def _everything(story: Story) -> Asset | None:
    cursor = story.cursor
    start = cursor.position
    mine = cursor.accept_phrase(MY) is not None and cursor.peek(-1).word == "my"
    if not cursor.accept_one(ALL_WORDS):
        cursor.position = start
        return None
    mine |= cursor.accept_phrase(MY) is not None and cursor.peek(-1).word == "my"
    cursor.accept_one(("entire", "whole"))
    pointed = _pointer(story)
    if pointed is not None:
        return pointed
    shares = cursor.accept("shares", "of")
    kept = take_exception(story)
    token = None if kept else take_token(cursor, story.corrections)
    if not (token is not None and token.underlying is not None and cursor.accept("shares")):
        cursor.accept_one(_HOLDING)
    kept = kept or take_exception(story)
    return _all_of(story, token, kept, cursor.since(start), mine=mine)._replace(shares=shares)


def _all_of(story: Story, token: Token | None, kept: Asset | None, place: TextPlace, *, mine: bool) -> Asset:
    keep = kept.quantity if kept else None
    assert keep is None or isinstance(keep, Number), "exceptions are read as numbers"
    if kept and token and kept.token not in (None, token):
        raise ask_which_amount(place, f"all {token.symbol} is not reduced by an amount of another token")
    meant = token or (kept.token if kept else None)
    doubtful = story.brings_something if meant is None else story.may_mean_product(meant) and not mine
    if doubtful:
        raise ask_which_reading(
            place, "everything that the wallet holds, or what the earlier step brings?", "say it", "say all my USDC"
        )
    return Asset(Everything(place, keep), meant, place)


def take_exception(story: Story) -> Asset | None:
    """Read ``but 0.1 SOL`` if it comes next, or None; raises ``ask_amount`` for an exception that is no number."""
    cursor = story.cursor
    start = cursor.position
    if not cursor.accept_phrase(EXCEPTIONS):
        return None
    place = cursor.here()
    kept = _numbered(story)
    if kept is None:
        cursor.position = start
        raise ask_amount(place, "how much is to be left?", "write everything but 0.1 SOL")
    return kept


def _numbered(story: Story) -> Asset | None:
    cursor = story.cursor
    start = cursor.position
    number = take_number(cursor)
    if number is None:
        return None
    if not isinstance(number.value, Decimal):
        cursor.position = start
        return None
    check_conflict(cursor, start)
    if cursor.accept_one(("lamports", "lamport")):
        return _lamports(story, number, start)
    if cursor.accept_one(("shares", "share")):
        cursor.accept_phrase(MY)
        return Asset(number, take_token(cursor, story.corrections), cursor.since(start), shares=True)
    token = take_token(cursor, story.corrections)
    _check_unit(story, token, start)
    return Asset(number, token, cursor.since(start))


def _lamports(story: Story, number: Number, start: int) -> Asset:
    cursor = story.cursor
    token = take_token(cursor, story.corrections) if cursor.accept("of") else None
    check_conflict(cursor, start)
    counted = Number(number.value, number.place, lamports=True)
    return Asset(counted, token or SOL, cursor.since(start))


def _check_unit(story: Story, token: Token | None, start: int) -> None:
    """Raise a question when more follows an amount than one unit."""
    cursor = story.cursor
    check_conflict(cursor, start)
    if token is None:
        return
    worth = cursor.sees("worth") or cursor.sees("of")
    if worth or cursor.accept_one(("lamports", "lamport")) or _token_follows(cursor.peek().text, cursor.peek().kind):
        raise ask_which_reading(
            cursor.since(start),
            f"an amount in {token.symbol} of something else cannot be meant exactly",
            "give the amount in the token itself",
            "give its worth in dollars, such as $20 worth of SOL",
        )


def _token_follows(text: str, kind: str) -> bool:
    return kind in ("word", "address") and text.lower() not in ("jup", "jupiter") and token_named(text) is not None


def _pointer(story: Story) -> Asset | None:
    """Read ``it``, ``the proceeds``: what the step before brings."""
    cursor = story.cursor
    start = cursor.position
    whole = cursor.accept_phrase(_WHOLE_PRODUCTS) is not None
    cursor.accept_one(("the", "those", "these"))
    if not whole and (cursor.accept_one(_PRODUCTS) is None or cursor.sees("of")):
        cursor.position = start
        following = cursor.peek(1)
        if cursor.peek().word not in _POINTERS or _token_follows(following.text, following.kind):
            return None
        cursor.take()
    produce, token = story.latest(cursor.since(start))
    return Asset(produce, token, produce.place)


def _bare(story: Story, *, receiving: bool) -> Asset | None:
    cursor = story.cursor
    start = cursor.position
    determiner = cursor.accept_one(("my", "the", "that", "those", "these"))
    cursor.accept_one(("resulting", "received", "swapped", "bought"))
    token = take_token(cursor, story.corrections)
    if token is None:
        cursor.position = start
        return None
    cursor.accept_one(_HOLDING)
    if cursor.peek().kind == "number":
        raise ask_which_reading(
            cursor.since(start), f"does the number belong to {token.symbol}?", f"write the number before {token.symbol}"
        )
    produce = None
    if determiner not in (None, "my") and not receiving:
        produce = _product(story, token, start)
    return Asset(produce, token, cursor.since(start))


def _product(story: Story, token: Token, start: int) -> Quantity | None:
    cursor = story.cursor
    if cursor.sees("from", "step") and cursor.peek(2).kind == "number" and cursor.peek(2).text.isdecimal():
        cursor.position += 3
        return story.numbered(int(cursor.peek(-1).text), token, cursor.since(start))
    return story.product(token, cursor.since(start))
