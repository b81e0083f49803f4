"""``get_position_info``: everything about one lending position."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import AliasChoices, Field

from reev_tools.jupiter import LendPosition
from reev_types.amounts import format_ui
from reev_types.errors import TokenError
from reev_types.tokens import symbol_of
from reev_types.tools import Observed, ToolResult

from ._market_access import jupiter_of
from ._parties import mint_of
from ._positions import earnings_row, position_row
from ._tool import Arguments, Tool, Wallet

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
        "interest in per cent a year, what it has earned, and what the wallet holds of the asset outside. Changes "
        "nothing."
    )
    moves_funds: ClassVar[bool] = False
    arguments = PositionArguments

    async def run(self, arguments: PositionArguments, wallet: Wallet) -> ToolResult:
        """Return the position, also an empty one; raises TokenError ``no_vault`` where there can be none."""
        jupiter = jupiter_of(wallet)
        position = _meant(mint_of(arguments.position), await jupiter.lend_positions([wallet.address]))
        earned = await jupiter.lend_earnings(wallet.address, (position.token.address,))
        held_raw = position.underlying_balance_raw
        return Observed(
            data={
                **position_row(position),
                "earned_raw": 0,
                "earned": "0",
                **{name: value for row in earned for name, value in earnings_row(position, row).items()},
                "asset_balance_raw": held_raw,
                "asset_balance": format_ui(held_raw, position.token.asset.decimals),
            }
        )


def _meant(mint: str, positions: tuple[LendPosition, ...]) -> LendPosition:
    for position in positions:
        if mint in (position.token.address, position.token.asset_address):
            return position
    known = ", ".join(symbol_of(position.token.asset_address) for position in positions)
    raise TokenError("no_vault", f"no vault lends {symbol_of(mint)}", suggestions=(f"the vaults lend {known}",))
