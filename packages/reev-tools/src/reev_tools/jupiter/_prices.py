"""Messages of ``/price/v3`` and ``/tokens/v2``."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from reev_types.addresses import Address

from ._model import DecimalText, WireModel

__all__ = ["Price", "TokenInformation"]


class Price(WireModel):
    """US dollars for one UI unit of a mint, and the slot in which that was seen."""

    usd_price: DecimalText
    block_id: int | None = None
    decimals: int
    price_change_24h: Annotated[DecimalText | None, Field(alias="priceChange24h")] = None


class TokenInformation(WireModel):
    """What Jupiter knows of a mint; names and symbols are claims of whoever made it."""

    id: Address
    name: str
    symbol: str
    decimals: int
    token_program: Address | None = None
    usd_price: DecimalText | None = None
    is_verified: bool | None = None
    tags: tuple[str, ...] | None = None
