"""Payments: ``send``, ``transfer``, ``pay`` to an address. Names are never resolved."""

from __future__ import annotations

from reev_types.addresses import is_address
from reev_types.errors import UserError
from reev_types.intents import TransferIntent
from reev_types.tokens import TOKEN_2022_PROGRAM, TOKEN_PROGRAM, token_of

from ._assets import keep_back, take_asset
from ._quantities import Asset, amount_of, check_pointed
from ._questions import ask_amount, ask_recipient, ask_token, ask_which_reading
from ._story import Story
from ._venues import skip_wallet

__all__ = ["read_transfer", "tell_transfer"]

_PROGRAMS = frozenset(
    {
        "11111111111111111111111111111111",
        TOKEN_PROGRAM,
        TOKEN_2022_PROGRAM,
        "ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL",
        "1nc1nerator11111111111111111111111111111111",
        "JUP6LkbZbjS1jKKwapdHNy74zcZ3tLUZoi5QNyVTaV4",
        "jup3YeL8QhtSx1e253b2FDvsMNC87fDrgQZivbrndc9",
    }
)
"""Addresses that nobody has a key for, where money would be lost."""


def read_transfer(story: Story, start: int) -> None:
    """Read what follows ``send``: an asset and an address, in either order."""
    cursor = story.cursor
    if cursor.sees("to") and cursor.peek(1).kind == "address":
        cursor.take()
        recipient: str | None = _recipient(story)
    else:
        recipient = _recipient(story) if cursor.peek().kind == "address" and _is_payee(story) else None
    asset = take_asset(story)
    if asset is None:
        raise ask_amount(cursor.since(start), "send how much of what?", "name an amount, a token and an address")
    skip_wallet(cursor)
    tell_transfer(story, asset, start, recipient)


def tell_transfer(story: Story, asset: Asset, start: int, recipient: str | None = None) -> None:
    """Add the payment of ``asset`` to the story, to the address that comes next unless one is given."""
    payee = recipient or _addressee(story, start)
    _tell(story, keep_back(story, asset), payee, start)


def _is_payee(story: Story) -> bool:
    """Tell ``pay <address> 5 USDC`` from ``send <mint> …``."""
    return token_of(story.cursor.peek().text) is None


def _addressee(story: Story, start: int) -> str:
    cursor = story.cursor
    if cursor.sees("over", "to"):
        cursor.take()
    if not cursor.accept_one(("to", "→")):
        raise ask_recipient(cursor.since(start))
    cursor.accept_one(("the", "this"))
    cursor.accept_one(("address", "wallet", "account"))
    cursor.accept(":")
    return _recipient(story)


def _recipient(story: Story) -> str:
    cursor = story.cursor
    place = cursor.here()
    lexeme = cursor.take()
    if lexeme.kind != "address" or not is_address(lexeme.text):
        raise ask_recipient(place, f"{lexeme.text[:44]!r} is not an address; names are not resolved")
    if lexeme.text in _PROGRAMS or token_of(lexeme.text) is not None:
        raise UserError(
            "unsafe_recipient",
            "this is the address of a program or a mint; what is sent there is lost",
            place=place,
            suggestions=("give the address of a wallet",),
        )
    _refuse_second(story)
    return lexeme.text


def _refuse_second(story: Story) -> None:
    cursor = story.cursor
    ahead = 1 if cursor.peek().word in {"and", "or", ",", "&", "/"} else 0
    if cursor.peek(ahead).kind == "address":
        raise ask_recipient(cursor.rest(), "two addresses for one payment", "give each address its own amount")


def _tell(story: Story, asset: Asset, recipient: str, start: int) -> None:
    place = story.cursor.since(start)
    if asset.token is None:
        raise ask_token(asset.place, "send which token?", "name the token after the amount")
    check_pointed(asset)
    if asset.quantity is None:
        symbol = asset.token.symbol
        raise ask_amount(asset.place, f"how much {symbol}?", f"send 0.1 {symbol} to {recipient}")
    if asset.shares:
        raise ask_which_reading(asset.place, "write the token of the shares", "send 5 jlUSDC to an address")
    amount = amount_of(asset.quantity, asset.token)
    story.tell("transfer", TransferIntent(mint=asset.token.mint, recipient=recipient, amount=amount), place)
