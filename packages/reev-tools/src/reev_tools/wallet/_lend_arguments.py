"""The asset that a lend tool is about, under every name by which models call it."""

from __future__ import annotations

from typing import Annotated

from pydantic import AliasChoices, Field

from ._amount import AmountArguments, SharesArguments

__all__ = ["LendAssetsArguments", "LendSharesArguments"]

_DESCRIPTION = (
    "The asset that the vault lends: its symbol (SOL, USDC or USDT; see get_lend_earn_tokens) or its mint's base58 "
    "address. Not the share token."
)
_AssetMint = Annotated[
    str, Field(validation_alias=AliasChoices("asset_mint", "asset", "mint"), description=_DESCRIPTION)
]
_Asset = Annotated[str, Field(validation_alias=AliasChoices("asset", "asset_mint", "mint"), description=_DESCRIPTION)]


class LendAssetsArguments(AmountArguments):
    """Arguments that count units of the asset."""

    asset_mint: _AssetMint


class LendSharesArguments(SharesArguments):
    """Arguments that count shares."""

    asset: _Asset
