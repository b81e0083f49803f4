"""``jupiter_earn``: what the wallet has lent, and what that has earned."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AliasChoices, Field

from reev_tools.jupiter import LendPosition
from reev_tools.wallet._market_access import jupiter_of
from reev_tools.wallet._parties import mint_of
from reev_tools.wallet._positions import earnings_row, position_of, position_row
from reev_tools.wallet._tool import Arguments, Tool, Wallet
from reev_types.tools import Observed, ToolResult

__all__ = ["JupiterEarn"]


class EarnArguments(Arguments):
    """Arguments of ``jupiter_earn``."""

    operation: Literal["positions", "earnings", "both"] = "both"
    """positions: what is lent and worth now. earnings: what the shares still held have earned. both: both."""
    position_address: Annotated[
        str | None,
        Field(
            validation_alias=AliasChoices("position_address", "position"),
            description='Only this position: symbol or mint of its asset or share token, such as "USDC" or "jlUSDC".',
        ),
    ] = None


class JupiterEarn(Tool[EarnArguments]):
    """Reads positions and earnings; moves nothing."""

    name: ClassVar[str] = "jupiter_earn"
    description: ClassVar[str] = (
        "Read the wallet's lending positions on Jupiter Lend and what the shares still held have earned so far, in UI "
        "and raw units of the asset. Positions without shares are left out. Changes nothing."
    )
    moves_funds: ClassVar[bool] = False
    arguments = EarnArguments

    async def run(self, arguments: EarnArguments, wallet: Wallet) -> ToolResult:
        """Return positions, earnings or both, none for who has lent nothing; raises TokenError ``no_vault``."""
        positions = await _positions(arguments.position_address, wallet)
        data: dict[str, Any] = {"operation": arguments.operation, "wallet": wallet.address}
        if arguments.operation != "earnings":
            data["positions"] = [position_row(position) for position in positions]
        if arguments.operation != "positions":
            data["earnings"] = await _earnings(positions, wallet)
        return Observed(data=data)


async def _positions(address: str | None, wallet: Wallet) -> tuple[LendPosition, ...]:
    if address is not None:
        return (await position_of(mint_of(address), wallet),)
    every = await jupiter_of(wallet).lend_positions([wallet.address])
    return tuple(position for position in every if position.shares_raw)


async def _earnings(positions: Sequence[LendPosition], wallet: Wallet) -> list[dict[str, Any]]:
    if not positions:
        return []
    addresses = {position.token.address: position for position in positions}
    earnings = await jupiter_of(wallet).lend_earnings(wallet.address, tuple(addresses))
    return [earnings_row(addresses[each.address], each) for each in earnings if each.address in addresses]
