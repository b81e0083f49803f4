"""Lending: ``lend``, ``put … into lending``, ``earn yield on``, ``withdraw``, ``mint`` and ``redeem``."""

from __future__ import annotations

from reev_types.amounts import Amount
from reev_types.errors import TextPlace, TokenError
from reev_types.intents import LendDepositIntent, LendMintIntent, LendRedeemIntent, LendWithdrawIntent
from reev_types.tokens import Token, lending_share, token_named, token_of

from ._assets import keep_back, take_asset
from ._cursor import Cursor
from ._quantities import Asset, Everything, Number, Part, Produce, amount_of
from ._questions import ask_amount, ask_token, ask_which_amount, ask_which_reading, not_understood
from ._story import Story
from ._transfers import tell_transfer
from ._venues import INTO, OUT_OF, skip_wallet, take_lending

__all__ = [
    "read_deposit",
    "read_earn",
    "read_mint",
    "read_put",
    "read_redeem",
    "read_take",
    "read_withdrawal",
    "tell_deposit",
]

_PURPOSES = (("to", "earn", "yield"), ("to", "earn", "interest"))


def read_deposit(story: Story, start: int) -> None:
    """Read what follows ``lend`` or ``deposit``."""
    story.cursor.accept("out")
    tell_deposit(story, take_asset(story), start)


def read_put(story: Story, start: int) -> None:
    """Read what follows ``put`` or ``move``: an asset, and lending or an address."""
    cursor = story.cursor
    asset = take_asset(story)
    if asset is not None and cursor.sees("to") and cursor.peek(1).kind == "address":
        tell_transfer(story, asset, start)
        return
    if asset is None or not take_lending(cursor, ("into", "in", "to", "on")):
        raise not_understood(cursor.since(start), "it is not said where to put it", "lend 50 USDC on Jupiter")
    tell_deposit(story, asset, start)


def read_earn(story: Story, start: int) -> None:
    """Read what follows ``earn``: ``yield on 50 USDC``."""
    story.cursor.accept_one(("yield", "interest"))
    story.cursor.accept_one(("on", "with", "from"))
    tell_deposit(story, take_asset(story), start)


def read_withdrawal(story: Story, start: int) -> None:
    """Read what follows ``withdraw``."""
    _tell_withdrawal(story, take_asset(story), start)


def _tell_withdrawal(story: Story, asset: Asset | None, start: int) -> None:
    token, amount = _counted(story, asset, start, "withdraw")
    if asset is not None and isinstance(asset.quantity, Produce):
        raise ask_which_reading(asset.place, "what a step brings cannot be withdrawn", "give the amount to withdraw")
    story.tell("withdraw", LendWithdrawIntent(mint=token.mint, amount=amount), story.cursor.since(start), token)


def read_take(story: Story, start: int) -> None:
    """Read what follows ``take`` or ``pull``: ``out 10 USDC``, ``10 USDC out of Jupiter``, ``1 SOL and swap it``."""
    cursor = story.cursor
    if cursor.accept("out"):
        read_withdrawal(story, start)
        return
    asset = take_asset(story)
    out = cursor.accept("out") or cursor.sees("from", "jupiter") or cursor.sees("from", "lending")
    if asset is not None and not out and asset.quantity is not None and cursor.peek().word in ("and", ","):
        story.take(asset)
        return
    if asset is None or not out:
        raise not_understood(cursor.since(start), "take it where?", "withdraw 50 USDC from Jupiter")
    _tell_withdrawal(story, asset, start)


def read_mint(story: Story, start: int) -> None:
    """Read what follows ``mint``: lending shares to receive."""
    asset = take_asset(story)
    share, amount = _shares(story, asset, start, "mint")
    if asset is not None and not isinstance(asset.quantity, Number):
        raise ask_which_amount(asset.place, "shares to mint must be a number", f"mint 50 {share.symbol}")
    mint = share.underlying or share.mint
    story.tell("mint", LendMintIntent(mint=mint, shares=amount), story.cursor.since(start), share)


def read_redeem(story: Story, start: int) -> None:
    """Read what follows ``redeem``: lending shares to give back."""
    share, amount = _shares(story, take_asset(story), start, "redeem")
    mint = share.underlying or share.mint
    intent = LendRedeemIntent(mint=mint, shares=amount)
    story.tell("redeem", intent, story.cursor.since(start), token_of(mint))


def tell_deposit(story: Story, asset: Asset | None, start: int) -> None:
    """Add the lending of ``asset`` to the story."""
    token, amount = _counted(story, asset, start, "lend")
    intent = LendDepositIntent(mint=token.mint, amount=amount)
    story.tell("lend", intent, story.cursor.since(start), lending_share(token.mint))


def _skip_venues(cursor: Cursor, prepositions: tuple[str, ...]) -> None:
    skip_wallet(cursor)
    while cursor.accept_phrase(_PURPOSES) or take_lending(cursor, prepositions):
        skip_wallet(cursor)


def _counted(story: Story, asset: Asset | None, start: int, verb: str) -> tuple[Token, Amount]:
    """Return token and amount of an asset that is counted in assets, not in shares."""
    _skip_venues(story.cursor, INTO if verb == "lend" else OUT_OF)
    place = story.cursor.since(start)
    if asset is None or asset.token is None:
        raise ask_token(place, f"{verb} what?", f"{verb} 50 USDC")
    token = asset.token
    if asset.shares or token.underlying is not None:
        raise ask_which_reading(
            asset.place, "shares are counted by mint and redeem", f"redeem 10 {_share_symbol(token)}", f"{verb} 10 USDC"
        )
    asset = keep_back(story, asset)
    if asset.quantity is None:
        raise _no_amount(verb, token, asset.place)
    return token, amount_of(asset.quantity, token)


def _shares(story: Story, asset: Asset | None, start: int, verb: str) -> tuple[Token, Amount]:
    """Return the share token and the number of shares."""
    _skip_venues(story.cursor, INTO if verb == "mint" else OUT_OF)
    place = story.cursor.since(start)
    if asset is None or asset.token is None:
        raise ask_token(place, f"{verb} shares of what?", f"{verb} 10 jlUSDC")
    share = asset.token if asset.token.underlying is not None else lending_share(asset.token.mint)
    if share is None:
        raise TokenError("not_lendable", f"there are no lending shares of {asset.token.symbol}", place=asset.place)
    _skip_underlying(story.cursor, share, verb)
    if asset.quantity is None:
        raise _no_amount(verb, share, asset.place)
    plain = asset.token.underlying is None and not asset.shares
    if plain and not isinstance(asset.quantity, Everything | Part):
        raise _shares_or_assets(verb, share, asset)
    return share, amount_of(asset.quantity, share)


def _skip_underlying(cursor: Cursor, share: Token, verb: str) -> None:
    """Move past ``for USDC`` behind shares of USDC, or ``with USDC`` where they are minted."""
    start = cursor.position
    linked = cursor.accept_one(("with", "from", "using") if verb == "mint" else ("for", "to", "into"))
    if linked is None or token_named(cursor.take().text) != token_of(share.underlying or ""):
        cursor.position = start


def _shares_or_assets(verb: str, share: Token, asset: Asset) -> Exception:
    assert asset.token is not None, "the token is known here"
    other = "lend" if verb == "mint" else "withdraw"
    return ask_which_reading(
        asset.place,
        f"{asset.token.symbol} counted in shares, or in {asset.token.symbol}?",
        f"{verb} 50 {share.symbol}",
        f"{other} 50 {asset.token.symbol}",
    )


def _share_symbol(token: Token) -> str:
    return token.symbol if token.underlying is not None else (lending_share(token.mint) or token).symbol


def _no_amount(verb: str, token: Token, place: TextPlace) -> Exception:
    return ask_amount(
        place,
        f"how much {token.symbol}?",
        f"{verb} 10 {token.symbol}",
        f"{verb} half of my {token.symbol}",
        f"{verb} all my {token.symbol}",
    )
