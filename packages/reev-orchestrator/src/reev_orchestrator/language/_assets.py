"""So much of a token: the phrases for amounts, from ``0.1 SOL`` to ``everything but 0.1 SOL``.

Readers are tried in order, and each either reads a whole phrase or leaves the cursor where it was.
"""

from __future__ import annotations

from decimal import Decimal

from reev_types.errors import TextPlace
from reev_types.tokens import SOL, Token

from ._figures import check_conflict, take_number
from ._pointers import is_token, take_numbered_product, take_pointer
from ._quantities import Asset, Dollars, Everything, Number
from ._questions import ask_amount, ask_which_amount, ask_which_reading, refusal
from ._shares import take_share
from ._story import Story
from ._tokens import take_token
from ._vocabulary import ALL_WORDS, DOLLARS, EXCEPTIONS, MY, PURPOSES_OF_KEEPING, VAGUE_AMOUNTS, VAGUE_THINGS

__all__ = ["keep_back", "take_asset"]

_COUNTED = frozenset({"token", "tokens", "coin", "coins"})
_OWNED = tuple(
    (*that, "i", verb, *wallet)
    for that in ((), ("that",))
    for verb in ("have", "own", "hold")
    for wallet in (("in", "my", "wallet"), ())
)
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
    for read in (_dollars, take_share, take_pointer, _remainder, _everything, _numbered):
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
    """Read ``the rest of my SOL``: everything that earlier steps leave, or all but what was to be kept."""
    cursor = story.cursor
    start = cursor.position
    cursor.accept("the")
    if not cursor.accept_one({"rest", "remaining", "remainder"}):
        cursor.position = start
        return None
    cursor.accept_phrase(MY)
    token = take_token(cursor, story.corrections)
    place = cursor.since(start)
    rest = story.rest(token, place)
    if rest is not None:
        return rest
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
    cursor.accept_one(("amount",))
    mine |= cursor.accept("i", "have", "in")
    mine |= cursor.accept_phrase(MY) is not None and cursor.peek(-1).word == "my"
    cursor.accept_one(("entire", "whole"))
    pointed = take_pointer(story)
    if pointed is not None:
        return pointed
    shares = cursor.accept("shares", "of")
    kept = _exception(story)
    token = None if kept else take_token(cursor, story.corrections)
    if not (token is not None and token.underlying is not None and cursor.accept("shares")):
        cursor.accept_one(_HOLDING)
    mine |= token is not None and cursor.accept_phrase(_OWNED) is not None
    kept = kept or _exception(story)
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


def keep_back(story: Story, asset: Asset) -> Asset:
    """Read ``but keep 1 SOL`` if it comes next; raises ``ask_which_amount`` unless ``asset`` is all there is of it."""
    kept = _exception(story)
    if kept is None:
        return asset
    everything = asset.quantity
    foreign = kept.token not in (None, asset.token)
    if not isinstance(everything, Everything) or everything.keep is not None or foreign:
        raise ask_which_amount(
            kept.place, "something can be kept only of everything", "swap all my SOL except 0.1 SOL to USDC"
        )
    assert isinstance(kept.quantity, Number), "exceptions are read as numbers"
    return asset._replace(quantity=Everything(everything.place, kept.quantity))


def _exception(story: Story) -> Asset | None:
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
    cursor.accept_phrase(PURPOSES_OF_KEEPING)
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
    if token is not None:
        cursor.accept_one(_COUNTED if token.underlying is None else ("shares", "share"))
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
    if token is None and cursor.sees("of"):
        raise ask_which_reading(
            cursor.since(start), "so many of them, or this part of what there is?", "write 0.1 SOL, or 10% of my SOL"
        )
    if token is None:
        return
    worth = cursor.sees("worth") or cursor.sees("of")
    if worth or cursor.accept_one(("lamports", "lamport")) or is_token(cursor.peek()):
        raise ask_which_reading(
            cursor.since(start),
            f"an amount in {token.symbol} of something else cannot be meant exactly",
            "give the amount in the token itself",
            "give its worth in dollars, such as $20 worth of SOL",
        )


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
        produce = take_numbered_product(story, token, start) or story.product(token, cursor.since(start))
    return Asset(produce, token, cursor.since(start))
