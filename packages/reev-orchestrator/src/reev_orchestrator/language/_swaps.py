"""Exchanges: ``swap``, ``sell``, ``buy``, ``use … to buy``, exact in and exact out."""

from __future__ import annotations

from typing import Literal

from reev_types.errors import TextPlace, TokenError
from reev_types.intents import SwapIntent
from reev_types.tokens import Token

from ._assets import keep_back, take_asset
from ._cursor import Cursor
from ._goals import take_goal
from ._quantities import Asset, Dollars, Number, Quantity, amount_of, check_pointed
from ._questions import ask_amount, ask_token, ask_which_amount, ask_which_reading, not_understood
from ._story import Story
from ._venues import skip_wallet, take_venue
from ._vocabulary import VERBS

__all__ = ["read_payment", "read_purchase", "read_swap", "tell_swap"]

_TOWARDS = (
    ("in", "exchange", "for"),
    ("back", "to"),
    ("back", "into"),
    ("to", "get"),
    ("to", "receive"),
    ("to", "buy"),
    *((word,) for word in ("to", "for", "into", "against", "→", ">")),
)
_CLAUSE_ENDS = frozenset({"and", "then", ",", ".", ";", "?", "after", "afterwards", "next", "finally"})
_PAYING = (("paying", "with"), ("paying", "in"), ("with",), ("using",), ("for",), ("from",), ("by", "spending"))


def read_swap(story: Story, start: int) -> None:
    """Read what follows ``swap``: the spent asset, the wanted asset, modifiers."""
    cursor = story.cursor
    enough = cursor.accept("enough")
    spent = take_asset(story)
    if spent is None:
        raise ask_token(cursor.since(start), "swap what?", "swap 0.1 SOL to USDC")
    if enough and spent.quantity is not None:
        raise ask_amount(cursor.since(start), "enough, or this amount?", "leave one of the two out")
    skip_wallet(cursor)
    take_venue(cursor)
    if cursor.sees(",", "to") or cursor.sees(",", "for") or cursor.sees(",", "into"):
        cursor.take()
    if not cursor.accept_phrase(_TOWARDS):
        raise _no_target(spent, cursor, start)
    tell_swap(story, spent, _wanted(story, start), start)


def read_purchase(story: Story, start: int) -> None:
    """Read what follows ``buy``: the wanted asset, then what it is paid with."""
    cursor = story.cursor
    cursor.accept("me")
    wanted = take_asset(story, receiving=True)
    if wanted is None:
        raise ask_token(cursor.since(start), "buy what?", "buy 50 USDC with SOL")
    take_venue(cursor, ("on",))
    position = cursor.position
    named = cursor.peek(1).word == "jupiter"
    if named or not cursor.accept_phrase(_PAYING):
        cursor.position = position
        raise _no_payment(wanted, cursor.since(start))
    spent = take_asset(story)
    if spent is None:
        raise _no_payment(wanted, cursor.since(start))
    tell_swap(story, spent, wanted, start)


def read_payment(story: Story, start: int) -> None:
    """Read what follows a leading ``with``: the spent asset, then ``buy`` and the wanted one."""
    cursor = story.cursor
    spent = take_asset(story)
    cursor.accept(",")
    if spent is None or VERBS.get(cursor.peek().word) != "buy":
        raise not_understood(cursor.since(start), "it is not said what is bought", "with 1 SOL buy USDC")
    cursor.take()
    wanted = take_asset(story, receiving=True)
    if wanted is None:
        raise ask_token(cursor.since(start), "buy what?", "with 1 SOL buy USDC")
    if cursor.accept_phrase(_PAYING):
        raise not_understood(cursor.since(start), "it is said twice what this is paid with", "with 1 SOL buy USDC")
    tell_swap(story, spent, wanted, start)


def tell_swap(story: Story, spent: Asset, wanted: Asset, start: int) -> str:
    """Add the swap of ``spent`` for ``wanted`` to the story, with what modifies it; returns its step id."""
    cursor = story.cursor
    take_venue(cursor)
    spent = keep_back(story, spent)
    skip_wallet(cursor)
    take_venue(cursor)
    place = cursor.since(start)
    source, target = _tokens(spent, wanted, place)
    side, quantity = _side(spent, wanted, place)
    _check_shares(spent, wanted)
    amount = amount_of(quantity, source if side == "in" else target)
    intent = SwapIntent(input_mint=source.mint, output_mint=target.mint, side=side, amount=amount)
    step_id = story.tell("swap", intent, place, target)
    take_goal(story, target, step_id)
    return step_id


def _wanted(story: Story, start: int) -> Asset:
    wanted = take_asset(story, receiving=True)
    if wanted is None or story.cursor.sees("or"):
        raise ask_token(story.cursor.since(start), "swap to which token?", "swap 0.1 SOL to USDC")
    return wanted


def _tokens(spent: Asset, wanted: Asset, place: TextPlace) -> tuple[Token, Token]:
    if spent.token is None:
        raise ask_token(spent.place, "which token is spent?", "name the token after the amount")
    if wanted.token is None:
        raise ask_token(wanted.place, "which token is wanted?", "name the token after the amount")
    if spent.token == wanted.token:
        raise TokenError(
            "same_mint",
            f"{spent.token.symbol} cannot be exchanged for itself",
            place=place,
            suggestions=("name two different tokens",),
        )
    return spent.token, wanted.token


def _side(spent: Asset, wanted: Asset, place: TextPlace) -> tuple[Literal["in", "out"], Quantity]:
    if spent.quantity is not None and wanted.quantity is not None:
        raise ask_which_amount(
            place, "both what is spent and what is received have an amount", "give one of the two amounts"
        )
    if spent.quantity is not None:
        return "in", spent.quantity
    if wanted.quantity is None:
        raise _no_amount(spent, wanted)
    if not isinstance(wanted.quantity, Number | Dollars):
        raise ask_which_amount(wanted.place, "an amount to receive must be a number", "buy 50 USDC with SOL")
    return "out", wanted.quantity


def _check_shares(spent: Asset, wanted: Asset) -> None:
    check_pointed(spent)
    for asset in (spent, wanted):
        if asset.shares:
            raise ask_which_reading(asset.place, "shares are minted and redeemed, not swapped", "redeem 10 jlUSDC")


def _no_amount(spent: Asset, wanted: Asset) -> Exception:
    assert spent.token is not None, "the tokens are known before the amount is"
    assert wanted.token is not None, "the tokens are known before the amount is"
    source, target = spent.token.symbol, wanted.token.symbol
    return ask_amount(
        spent.place,
        f"how much {source}?",
        f"swap 0.1 {source} to {target}",
        f"swap half of my {source} to {target}",
        f"swap all my {source} to {target}",
    )


def _no_target(spent: Asset, cursor: Cursor, start: int) -> Exception:
    if not cursor.at_end and cursor.peek().word not in _CLAUSE_ENDS:
        return not_understood(cursor.rest(), "it is not said what to swap to", "swap 0.1 SOL to USDC")
    place = cursor.since(start)
    amount = place.text[spent.place.start : spent.place.end]
    symbols = (symbol for symbol in ("USDC", "SOL", "USDT") if spent.token is None or spent.token.symbol != symbol)
    return ask_token(place, "swap to which token?", *(f"swap {amount} to {symbol}" for symbol in symbols))


def _no_payment(wanted: Asset, place: TextPlace) -> Exception:
    if wanted.quantity is None:
        return ask_amount(place, "how much, and paid with what?", "buy 1 SOL with USDC", "buy SOL with 50 USDC")
    amount = place.text[wanted.place.start : wanted.place.end]
    symbols = (symbol for symbol in ("SOL", "USDC", "USDT") if wanted.token is None or wanted.token.symbol != symbol)
    return ask_token(place, "paid with which token?", *(f"buy {amount} with {symbol}" for symbol in symbols))
