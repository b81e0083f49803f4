"""``get_lend_earn_tokens``: the vaults of Jupiter Lend with their rates."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from reev_tools.jupiter import LendToken
from reev_tools.wallet._market_access import jupiter_of
from reev_tools.wallet._parties import mint_of
from reev_tools.wallet._tool import Arguments, Tool, Wallet
from reev_tools.wallet._vaults import no_vault, vault_row
from reev_types.tools import Observed, ToolResult

__all__ = ["GetLendEarnTokens"]


class VaultArguments(Arguments):
    """Arguments of ``get_lend_earn_tokens``."""

    symbol: str | None = None
    """Only the vault of this asset or share token, by symbol, such as "USDC" or "jlUSDC"."""
    mint_address: str | None = None
    """Only the vault of the asset with this mint (or symbol)."""
    jupiter_address: str | None = None
    """Only the vault whose share token has this mint (or symbol)."""


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
        """Return the vaults that fit all arguments; raises TokenError ``unknown_token``, ``no_vault`` for none."""
        wanted = _Wanted.by(arguments)
        vaults = await jupiter_of(wallet).lend_tokens()
        fitting = [vault for vault in vaults if wanted.fits(vault)]
        if not fitting:
            raise no_vault("no vault fits what was asked for", vaults)
        return Observed(data={"vaults": [vault_row(vault) for vault in fitting]})


class _Wanted(NamedTuple):
    """Mints; None where anything will do."""

    either: str | None
    asset: str | None
    share: str | None

    @classmethod
    def by(cls, arguments: VaultArguments) -> _Wanted:
        said = (arguments.symbol, arguments.mint_address, arguments.jupiter_address)
        return cls(*(None if text is None else mint_of(text) for text in said))

    def fits(self, vault: LendToken) -> bool:
        return (
            self.either in (None, vault.asset_address, vault.address)
            and self.asset in (None, vault.asset_address)
            and self.share in (None, vault.address)
        )
