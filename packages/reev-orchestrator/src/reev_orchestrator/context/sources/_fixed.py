"""Sources whose answers are given in advance."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal

from reev_types.contexts import WalletContext
from reev_types.errors import UserError
from reev_types.sources import PriceSheet, TokenFacts, TokenHolding, WalletHoldings

__all__ = ["FixedContext", "FixedPrices"]


class FixedPrices:
    """A ``PriceSource`` with US dollars for one UI unit by mint; what is no price is refused when asked for."""

    def __init__(self, prices_usd: Mapping[str, Decimal]) -> None:
        self._prices_usd = prices_usd

    async def prices(self, mints: Collection[str]) -> PriceSheet:
        """Return the given prices of ``mints``."""
        return PriceSheet.read({mint: self._prices_usd[mint] for mint in mints if mint in self._prices_usd})


class FixedContext(FixedPrices):
    """All three sources in one, out of a context that stands in a file or is a mock."""

    def __init__(self, context: WalletContext) -> None:
        super().__init__(context.token_prices)
        self._context = context

    async def holdings(self, owner: str) -> WalletHoldings:
        """Return what the context lists; raises UserError ``wallet_mismatch`` for another wallet than its own."""
        if owner != self._context.owner:
            raise UserError(
                "wallet_mismatch",
                f"the context is that of {self._context.owner}, not of {owner}",
                suggestions=(f"use the wallet {self._context.owner}", "give a context of the wallet"),
            )
        tokens = (
            TokenHolding(mint=mint, balance_raw=token.balance, decimals=token.decimals)
            for mint, token in sorted(self._context.token_balances.items())
        )
        return WalletHoldings(owner=owner, lamports=self._context.sol_balance, tokens=tuple(tokens))

    async def tokens(self, mints: Collection[str]) -> Mapping[str, TokenFacts]:
        """Return the decimals that the context states."""
        held = self._context.token_balances
        stated = {mint: held[mint].decimals for mint in mints if mint in held}
        return {
            mint: TokenFacts(mint=mint, decimals=decimals) for mint, decimals in stated.items() if decimals is not None
        }
