"""Messages of ``/price/v3`` and ``/tokens/v2``."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from reev_types.addresses import Address

from ._model import ClaimedName, Decimals, DecimalText, Natural, UsdPrice, WireModel

__all__ = ["Price", "TokenInformation"]


class Price(WireModel):
    """US dollars for one UI unit of a mint, and the slot in which that was seen."""

    usd_price: UsdPrice
    block_id: Natural | None = None
    decimals: Decimals
    price_change_24h: Annotated[DecimalText | None, Field(alias="priceChange24h")] = None


class TokenInformation(WireModel):
    """What Jupiter knows of a mint; names and symbols are claims of whoever made it."""

    id: Address
    name: ClaimedName
    symbol: ClaimedName
    decimals: Decimals
    token_program: Address | None = None
    usd_price: UsdPrice | None = None
    is_verified: bool | None = None
    tags: Annotated[tuple[ClaimedName, ...], Field(max_length=64)] | None = None
