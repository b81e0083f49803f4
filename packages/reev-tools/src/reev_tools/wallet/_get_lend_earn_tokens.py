"""``get_lend_earn_tokens``: the vaults of Jupiter Lend with their rates."""

from __future__ import annotations

from typing import ClassVar

from reev_tools.jupiter import LendToken
from reev_types.tools import Observed, ToolResult

from ._market_access import jupiter_of
from ._parties import mint_of
from ._tool import Arguments, Tool, Wallet
from ._vaults import vault_row

__all__ = ["GetLendEarnTokens"]


class VaultArguments(Arguments):
    """Arguments of ``get_lend_earn_tokens``."""

    symbol: str | None = None
    """Only the vault of this asset or share token, by symbol, such as "USDC" or "jlUSDC"."""
    mint_address: str | None = None
    """Only the vault of the asset with this mint."""
    jupiter_address: str | None = None
    """Only the vault whose share token has this mint."""


class GetLendEarnTokens(Tool[VaultArguments]):
    """Reads vaults; moves nothing."""

    name: ClassVar[str] = "get_lend_earn_tokens"
    description: ClassVar[str] = (
        "List the vaults of Jupiter Lend: asset, share token, what a share is worth in the asset, interest in per cent "
        "a year, total assets, and how much can be withdrawn now. Changes nothing."
    )
    moves_funds: ClassVar[bool] = False
    arguments = VaultArguments

    async def run(self, arguments: VaultArguments, wallet: Wallet) -> ToolResult:
        """Return the vaults that fit all arguments; raises TokenError ``unknown_token`` for an unknown symbol."""
        vaults = await jupiter_of(wallet).lend_tokens()
        return Observed(data={"vaults": [vault_row(vault) for vault in vaults if _fits(vault, arguments)]})


def _fits(vault: LendToken, arguments: VaultArguments) -> bool:
    return (
        (arguments.symbol is None or mint_of(arguments.symbol) in (vault.asset_address, vault.address))
        and arguments.mint_address in (None, vault.asset_address)
        and arguments.jupiter_address in (None, vault.address)
    )
