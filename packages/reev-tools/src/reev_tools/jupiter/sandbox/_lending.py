"""Vaults and positions as the chain holds them, at the share price of its clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from reev_tools.jupiter import JupiterServiceError, LendAsset, LendPosition, LendToken, LiquiditySupply
from reev_tools.market.lend import PRICE_ONE, LendError, Vault, VaultTerms, read_vault
from reev_types.chain import Chain
from reev_types.tokens import SOL_MINT, find_token, symbol_of

__all__ = ["PricedVault", "balances_raw", "lend_position", "lend_token", "priced_vault", "vaults_in_order"]


class PricedVault(NamedTuple):
    """A vault at a moment."""

    terms: VaultTerms
    """What it started with."""
    vault: Vault
    price: int
    """Assets per share times 10¹²."""

    @property
    def share_mint(self) -> str:
        """The mint of the shares, by which positions are known."""
        return self.vault.addresses.f_token_mint

    def worth_raw(self, shares_raw: int) -> int:
        """Return the assets that so many shares redeem for."""
        return shares_raw * self.price // PRICE_ONE


async def priced_vault(chain: Chain, terms: VaultTerms) -> PricedVault:
    """Return a vault of the market as it stands; raises JupiterServiceError ``vault_out_of_order``."""
    vault = await read_vault(chain, terms.mint, terms.token_program)
    if vault is None:
        raise _out_of_order(terms, "the chain does not have it")
    price = vault.price_at((await chain.clock()).unix_timestamp)
    if isinstance(price, LendError):
        raise _out_of_order(terms, "its program refuses the share price of this moment")
    return PricedVault(terms, vault, price)


async def vaults_in_order(chain: Chain, every: Iterable[VaultTerms]) -> list[PricedVault]:
    """Return the vaults as they stand, less those out of order; raises ``vault_out_of_order`` where none is left."""
    found: list[PricedVault] = []
    fault: JupiterServiceError | None = None
    for terms in every:
        try:
            found.append(await priced_vault(chain, terms))
        except JupiterServiceError as error:
            fault = error
    if fault is not None and not found:
        raise fault
    return found


def lend_token(priced: PricedVault, usd_price: Decimal | None) -> LendToken:
    """Return what Jupiter tells of a vault; ``usd_price`` is that of its asset."""
    vault = priced.vault
    asset, share = find_token(priced.terms.mint), find_token(priced.share_mint)
    assets_raw = priced.worth_raw(vault.supply_raw)
    one_raw = 10**vault.decimals
    return LendToken(
        id=priced.terms.lending_id,
        address=share.mint,
        name=share.name,
        symbol=share.symbol,
        decimals=vault.decimals,
        asset_address=asset.mint,
        asset=LendAsset(
            address=asset.mint, name=asset.name, symbol=asset.symbol, decimals=asset.decimals, price=usd_price
        ),
        total_assets_raw=assets_raw,
        total_supply_raw=vault.supply_raw,
        convert_to_shares_raw=one_raw * PRICE_ONE // priced.price,
        convert_to_assets_raw=priced.worth_raw(one_raw),
        rewards_rate_bps=0,
        supply_rate_bps=vault.rule.rate_basis_points,
        total_rate_bps=vault.rule.rate_basis_points,
        liquidity_supply_data=LiquiditySupply(
            supply_raw=assets_raw, withdrawable_raw=min(assets_raw, vault.liquidity_raw)
        ),
    )


async def balances_raw(chain: Chain, user: str) -> Mapping[str, int]:
    """Return what a wallet holds by mint, over all its token accounts; SOL is native and wrapped together."""
    wallet = await chain.account(user)
    held = {SOL_MINT: wallet.lamports if wallet else 0}
    for account in await chain.token_accounts(user):
        held[account.mint] = held.get(account.mint, 0) + account.amount_raw
    return held


def lend_position(priced: PricedVault, token: LendToken, user: str, held: Mapping[str, int]) -> LendPosition:
    """Return what ``user``, who holds so much by mint, has in a vault."""
    shares_raw = held.get(priced.share_mint, 0)
    return LendPosition(
        token=token,
        owner_address=user,
        shares_raw=shares_raw,
        underlying_assets_raw=priced.worth_raw(shares_raw),
        underlying_balance_raw=held.get(priced.terms.mint, 0),
    )


def _out_of_order(terms: VaultTerms, reason: str) -> JupiterServiceError:
    return JupiterServiceError(
        "vault_out_of_order",
        f"the vault for {symbol_of(terms.mint)} gives no answer: {reason}",
        suggestions=("use another vault, or tell the user that this one cannot be used now",),
        context={"mint": terms.mint},
    )
