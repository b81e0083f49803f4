"""Messages of ``/lend/v1/earn``: vaults, positions, earnings and instructions.

Source: captured responses of 2026-05 to 2026-10, where they differ from Jupiter's OpenAPI document.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from reev_types.addresses import Address

from ._model import Decimals, Name, Natural, RawText, UsdPrice, WireModel

__all__ = ["LendAction", "LendAsset", "LendEarnings", "LendPosition", "LendRequest", "LendToken", "LiquiditySupply"]

LendAction = Literal["deposit", "withdraw", "mint", "redeem"]
"""``deposit`` and ``withdraw`` count assets, ``mint`` and ``redeem`` shares."""


class LendAsset(WireModel):
    """The token that a vault lends."""

    address: Address
    name: Name
    symbol: Name
    decimals: Decimals
    price: UsdPrice | None = None


class LiquiditySupply(WireModel):
    """How much of a vault can be taken out."""

    supply_raw: Annotated[RawText, Field(alias="supply")]
    withdrawable_raw: Annotated[RawText, Field(alias="withdrawable")]


class LendToken(WireModel):
    """A vault by its share token. Rates are in basis points a year; ``convert_to_*`` are for one whole token."""

    id: Natural
    address: Address
    name: Name
    symbol: Name
    decimals: Decimals
    asset_address: Address
    asset: LendAsset
    total_assets_raw: Annotated[RawText, Field(alias="totalAssets")]
    total_supply_raw: Annotated[RawText, Field(alias="totalSupply")]
    convert_to_shares_raw: Annotated[RawText, Field(alias="convertToShares")]
    convert_to_assets_raw: Annotated[RawText, Field(alias="convertToAssets", ge=1)]
    rewards_rate_bps: Annotated[RawText, Field(alias="rewardsRate")]
    supply_rate_bps: Annotated[RawText, Field(alias="supplyRate")]
    total_rate_bps: Annotated[RawText, Field(alias="totalRate")]
    liquidity_supply_data: LiquiditySupply | None = None


class LendPosition(WireModel):
    """What a wallet has in one vault; there is one for each vault, empty ones too."""

    token: LendToken
    owner_address: Address
    shares_raw: Annotated[RawText, Field(alias="shares")]
    underlying_assets_raw: Annotated[RawText, Field(alias="underlyingAssets")]
    """What the shares are worth in the asset now."""
    underlying_balance_raw: Annotated[RawText, Field(alias="underlyingBalance")]
    """What the wallet holds of the asset outside the vault."""
    allowance_raw: Annotated[RawText, Field(alias="allowance")] = 0


class LendEarnings(WireModel):
    """What a position has earned; ``address`` is the share mint."""

    address: Address
    owner_address: Address
    earnings_raw: Annotated[RawText, Field(alias="earnings")]
    slot: Natural | None = None


class LendRequest(WireModel):
    """Body of the four ``*-instructions`` calls; ``amount_raw`` travels as ``amount`` or as ``shares``."""

    asset: Address
    signer: Address
    amount_raw: RawText
