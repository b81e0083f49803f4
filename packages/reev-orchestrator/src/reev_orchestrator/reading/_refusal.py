"""How a model's reading is turned down."""

from __future__ import annotations

from reev_types.errors import TextPlace, UserError

__all__ = ["ungrounded"]


def ungrounded(what: str, place: TextPlace) -> UserError:
    """Return the refusal ``model_ungrounded`` of a reading that has ``what``."""
    hints = ("say it in plain words, such as swap 0.1 SOL to USDC", "name every amount with its token")
    return UserError("model_ungrounded", f"the model's reading has {what}", place=place, suggestions=hints)
