"""Prices and lending positions at one moment, for judgement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from reev_tools.jupiter import JupiterClient, LendToken

__all__ = ["MarketValuation", "appraise", "share_prices"]


@dataclass(frozen=True, slots=True)
class MarketValuation:
    """Implements ``reev_runner.judgement.Valuation``."""

    prices_usd: Mapping[str, Decimal]
    lent: Mapping[str, Mapping[str, int]]
    earned: Mapping[str, Mapping[str, int]]

    def price_usd(self, mint: str) -> Decimal | None:
        """Return US dollars for one UI unit, or None where no price is known."""
        return self.prices_usd.get(mint)

    def lent_raw(self, owner: str) -> Mapping[str, int]:
        """Return the assets that a wallet has lent, by mint."""
        return self.lent.get(owner, {})

    def earned_raw(self, owner: str) -> Mapping[str, int]:
        """Return what its positions have gained, by mint."""
        return self.earned.get(owner, {})


def share_prices(vaults: Iterable[LendToken], prices_usd: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Return US dollars for one UI share of each vault whose asset has a price, at the rates that ``vaults`` tell."""
    return {
        vault.address: (prices_usd[vault.asset_address] * vault.convert_to_assets_raw).scaleb(-vault.asset.decimals)
        for vault in vaults
        if vault.asset_address in prices_usd
    }


async def appraise(
    jupiter: JupiterClient, prices_usd: Mapping[str, Decimal], wallets: Iterable[str]
) -> MarketValuation:
    """Return what is known of ``wallets`` now, with the shares that they hold at the prices of this moment."""
    prices_now = dict(prices_usd)
    lent: dict[str, dict[str, int]] = {}
    earned: dict[str, dict[str, int]] = {}
    for wallet in wallets:
        held = [position for position in await jupiter.lend_positions([wallet]) if position.shares_raw]
        prices_now |= share_prices([position.token for position in held], prices_usd)
        lent[wallet] = {position.token.asset_address: position.underlying_assets_raw for position in held}
        asset_of = {position.token.address: position.token.asset_address for position in held}
        gains = await jupiter.lend_earnings(wallet, list(asset_of)) if asset_of else ()
        earned[wallet] = {asset_of[gain.address]: gain.earnings_raw for gain in gains}
    return MarketValuation(prices_now, lent, earned)
