"""Spending with a purpose: ``use 50% sol to 1.5x usdc``, ``use 1 SOL to buy USDC``, ``double my USDC with …``.

The share is what is spent; the multiple is a goal and never changes the amount. Only words of growth or yield
together with Jupiter add lending.
"""

from __future__ import annotations

from decimal import Decimal

from reev_types.amounts import StepAmount
from reev_types.intents import LendDepositIntent
from reev_types.tokens import Token

from ._assets import take_asset
from ._goals import MULTIPLE_VERBS, check_multiple, take_multiple
from ._lending import tell_deposit
from ._quantities import Asset, Number
from ._questions import ask_token, ask_which_reading, not_understood
from ._story import Story
from ._swaps import tell_swap
from ._tokens import require_token
from ._venues import AT, says_lending, skip_wallet, take_lending

__all__ = ["read_multiple", "read_use"]

_BUYING = (("buy",), ("get",), ("purchase",), ("swap", "to"), ("swap", "for"), ("swap", "into"), ("acquire",))
_GROWING = ("multiply", "grow")
_EARNING = ("earn", "generate")


def read_use(story: Story, start: int) -> None:
    """Read what follows ``use``: the spent asset, then its purpose."""
    cursor = story.cursor
    spent = take_asset(story)
    if spent is None:
        raise ask_token(cursor.since(start), "use what?", "use 1 SOL to buy USDC")
    skip_wallet(cursor)
    if cursor.accept_one(("on", "for")):
        return _bought(story, spent, start)
    if not cursor.accept("to"):
        raise not_understood(cursor.since(start), "it is not said what this is used for", "use 1 SOL to buy USDC")
    if cursor.accept_phrase(_BUYING):
        return _bought(story, spent, start)
    if cursor.accept_one(_EARNING):
        return _earning(story, spent, start)
    return _multiplied(story, spent, start)


def read_multiple(story: Story, start: int, verb: str | None) -> None:
    """Read a multiple that comes first: ``2x my USDC using 50% of my SOL``, ``double my USDC with half my SOL``."""
    cursor = story.cursor
    multiple, token = _goal(story, start, verb)
    if multiple is None:
        raise not_understood(cursor.since(start), "no multiple is given", "use 50% of my SOL to 1.5x my USDC")
    place = cursor.since(start)
    jupiter = take_lending(cursor, ("on",))
    spent = take_asset(story) if cursor.accept_one(("with", "using", "from")) else None
    if spent is None:
        raise ask_token(place, "which token is spent for it?", f"use 50% of my SOL to {multiple}x my {token.symbol}")
    _tell_growth(story, spent, (multiple, token), start, grows=verb in _GROWING, jupiter=jupiter)


def _bought(story: Story, spent: Asset, start: int) -> None:
    wanted = take_asset(story, receiving=True)
    if wanted is None:
        raise ask_token(story.cursor.since(start), "buy which token?", "use 1 SOL to buy USDC")
    tell_swap(story, spent, wanted, start)


def _earning(story: Story, spent: Asset, start: int) -> None:
    cursor = story.cursor
    cursor.accept_one(("yield", "interest", "returns"))
    if take_lending(cursor, AT):
        tell_deposit(story, spent, start)
        return
    cursor.accept_one(("on", "in", "with"))
    target = require_token(cursor, story.corrections, "earn yield on which token?")
    _tell_growth(story, spent, (None, target), start, grows=True, jupiter=False)


def _multiplied(story: Story, spent: Asset, start: int) -> None:
    cursor = story.cursor
    verb = cursor.accept_one((*_GROWING, *MULTIPLE_VERBS))
    if verb is None:
        cursor.accept_one(("reach", "make", "achieve", "have"))
    multiple, token = _goal(story, start, verb)
    if multiple is None and verb is None:
        raise not_understood(cursor.since(start), "it is not clear what this is used for", "use 1 SOL to buy USDC")
    _tell_growth(story, spent, (multiple, token), start, grows=verb in _GROWING, jupiter=False)


def _goal(story: Story, start: int, verb: str | None) -> tuple[Decimal | None, Token]:
    """Read ``[1.5x] my USDC [[by|to] 1.5x]``."""
    cursor = story.cursor
    multiple = MULTIPLE_VERBS.get(verb or "") or take_multiple(cursor)
    cursor.accept_one(("my", "the"))
    position = cursor.position
    lexeme = cursor.peek()
    if (lexeme.kind not in ("word", "address") and lexeme.word != "$") or lexeme.word in ("to", "and"):
        raise not_understood(cursor.since(start), "it is not clear what this is used for", "use 1 SOL to buy USDC")
    token = require_token(cursor, story.corrections, "multiply which token?")
    cursor.accept_one(("holdings", "holding", "balance", "position"))
    if multiple is None:
        multiple = _trailing_multiple(story)
    return (None if multiple is None else check_multiple(multiple, cursor, position)), token


def _trailing_multiple(story: Story) -> Decimal | None:
    cursor = story.cursor
    position = cursor.position
    by = cursor.accept_one(("by", "to"))
    multiple = take_multiple(cursor)
    if multiple is None and by == "by" and cursor.peek().kind == "number":
        asset = take_asset(story)
        if asset is not None and asset.token is None and isinstance(asset.quantity, Number):
            return asset.quantity.value if isinstance(asset.quantity.value, Decimal) else None
    if multiple is None:
        cursor.position = position
    return multiple


def _tell_growth(
    story: Story, spent: Asset, goal: tuple[Decimal | None, Token], start: int, *, grows: bool, jupiter: bool
) -> None:
    cursor = story.cursor
    multiple, token = goal
    behind = cursor.position
    jupiter |= take_lending(cursor, (*AT, "in"))
    grows |= says_lending(cursor, behind)
    if multiple is None and not jupiter:
        raise not_understood(cursor.since(start), "yield is earned on Jupiter only", "lend 50 USDC on Jupiter")
    if spent.token == token and multiple is None:
        tell_deposit(story, spent, start)
        return
    if spent.token == token:
        raise ask_which_reading(cursor.since(start), f"{token.symbol} is not multiplied by spending {token.symbol}")
    step_id = tell_swap(story, spent, Asset(None, token, cursor.since(start)), start)
    place = cursor.since(start)
    if multiple is not None:
        story.wish(token, multiple, step_id, place)
    if grows and jupiter:
        story.product(token, place)
        story.tell("lend", LendDepositIntent(mint=token.mint, amount=StepAmount(step_id=step_id)), place)
