"""Vaults as a chain holds them."""

from __future__ import annotations

from dataclasses import dataclass

from reev_types.chain import Chain
from reev_types.tokens import TOKEN_PROGRAM

from ._addresses import VaultAddresses, vault_addresses
from ._errors import LendError
from ._layouts import LENDING, RATE_MODEL, TOKEN_RESERVE
from ._model import PriceRule

__all__ = ["Vault", "read_vault"]


@dataclass(frozen=True)
class Vault:
    """A vault as a chain holds it."""

    addresses: VaultAddresses
    decimals: int
    rule: PriceRule
    last_price: int
    """The price at the last operation, below which the program refuses to go."""
    supply_raw: int
    liquidity_raw: int

    def price_at(self, unix_timestamp: int) -> int | LendError:
        """Return assets per share times 10¹² at a time, or why the program would refuse every call then."""
        price = self.rule.price_at(unix_timestamp)
        falls = not isinstance(price, LendError) and price < self.last_price
        return LendError.F_TOKEN_LIQUIDITY_EXCHANGE_PRICE_UNEXPECTED if falls else price


async def read_vault(chain: Chain, mint: str, token_program: str = TOKEN_PROGRAM) -> Vault | None:
    """Return the vault for an asset as it stands now, or None when the chain has none."""
    addresses = vault_addresses(mint, token_program)
    lending = LENDING.decode(await _data(chain, addresses.lending))
    reserve = TOKEN_RESERVE.decode(await _data(chain, addresses.reserve))
    curve = RATE_MODEL.decode(await _data(chain, addresses.rate_model))
    shares = await chain.mint(addresses.f_token_mint)
    held = await chain.token_account(addresses.vault)
    if lending is None or reserve is None or curve is None or shares is None or held is None:
        return None
    rule = PriceRule(reserve.supply_exchange_price, reserve.last_update_timestamp, curve.rate_at_zero)
    price = lending.token_exchange_price
    return Vault(addresses, lending.decimals, rule, price, shares.supply_raw, held.amount_raw)


async def _data(chain: Chain, address: str) -> bytes:
    account = await chain.account(address)
    return account.data if account else b""
