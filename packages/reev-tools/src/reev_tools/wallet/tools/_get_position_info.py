"""``get_position_info``: everything about one lending position."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import AliasChoices, Field

from reev_tools.jupiter import LendPosition
from reev_tools.wallet._holdings import lamports_of
from reev_tools.wallet._market_access import jupiter_of
from reev_tools.wallet._parties import mint_of
from reev_tools.wallet._positions import earnings_row, position_of, position_row
from reev_tools.wallet._tool import Arguments, Tool, Wallet
from reev_types.amounts import format_ui
from reev_types.tokens import SOL_MINT
from reev_types.tools import Observed, ToolResult

__all__ = ["GetPositionInfo"]


class PositionArguments(Arguments):
    """Arguments of ``get_position_info``."""

    position: Annotated[
        str,
        Field(
            validation_alias=AliasChoices("position", "position_address", "asset_mint", "asset", "mint"),
            description='Which position: symbol or mint of its asset or its share token, such as "USDC" or "jlUSDC".',
        ),
    ]


class GetPositionInfo(Tool[PositionArguments]):
    """Reads one position; moves nothing."""

    name: ClassVar[str] = "get_position_info"
    description: ClassVar[str] = (
        "Read one lending position of the wallet in full: shares, what they are worth in the asset, share price, "
        "interest in per cent a year, what the shares still held have earned, and what the wallet holds of the asset "
        "outside the vault (of SOL the native balance, and wrapped SOL apart from it). Changes nothing."
    )
    moves_funds: ClassVar[bool] = False
    arguments = PositionArguments

    async def run(self, arguments: PositionArguments, wallet: Wallet) -> ToolResult:
        """Return the position, also an empty one; raises TokenError ``no_vault`` where there can be none."""
        position = await position_of(mint_of(arguments.position), wallet)
        earned = await jupiter_of(wallet).lend_earnings(wallet.address, (position.token.address,))
        return Observed(
            data={
                **position_row(position),
                "earned_raw": 0,
                "earned": "0",
                **{name: value for row in earned for name, value in earnings_row(position, row).items()},
                **await _outside(position, wallet),
            }
        )


async def _outside(position: LendPosition, wallet: Wallet) -> dict[str, Any]:
    decimals, held_raw = position.token.asset.decimals, position.underlying_balance_raw
    wrapped: dict[str, Any] = {}
    if position.token.asset_address == SOL_MINT:
        # Jupiter adds native and wrapped SOL up, and the tools spend the native alone.
        held_raw = min(held_raw, await lamports_of(wallet))
        wrapped_raw = position.underlying_balance_raw - held_raw
        wrapped = {"wrapped_balance_raw": wrapped_raw, "wrapped_balance": format_ui(wrapped_raw, decimals)}
    return {"asset_balance_raw": held_raw, "asset_balance": format_ui(held_raw, decimals), **wrapped}
