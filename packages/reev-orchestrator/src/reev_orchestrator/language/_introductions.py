"""Clauses that do nothing yet: ``keep 0.1 SOL and swap the rest``, ``take 1 SOL and swap it``."""

from __future__ import annotations

from ._assets import take_asset
from ._quantities import Number, Part
from ._questions import ask_amount
from ._story import Story
from ._venues import skip_wallet
from ._vocabulary import PURPOSES_OF_KEEPING

__all__ = ["read_keep"]


def read_keep(story: Story, start: int) -> None:
    """Read what follows ``keep``: what ``the rest`` of a later clause leaves behind."""
    cursor = story.cursor
    asset = take_asset(story)
    if asset is None or not isinstance(asset.quantity, Number | Part):
        raise ask_amount(cursor.since(start), "how much is to be kept?", "keep 0.1 SOL and swap the rest to USDC")
    if isinstance(asset.quantity, Part) and not 0 < asset.quantity.fraction < 1:
        raise ask_amount(asset.place, "keeping this leaves no rest", "keep half of my SOL and swap the rest to USDC")
    skip_wallet(cursor)
    cursor.accept_phrase(PURPOSES_OF_KEEPING)
    story.keep(asset, cursor.since(start))
