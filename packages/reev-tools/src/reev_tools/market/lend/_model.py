"""Share price and amounts of a vault in exact integers, equal to the on-chain program to the unit.

Prices are assets per share times 10¹². Amounts are raw; all results are rounded in the vault's favour.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from reev_types.amounts import U64_MAX

from ._errors import LendError

__all__ = [
    "EVERYTHING",
    "PRICE_ONE",
    "SECONDS_PER_YEAR",
    "LendOperation",
    "Preview",
    "PriceRule",
    "preview",
    "preview_deposit",
    "preview_mint",
    "preview_redeem",
    "preview_withdraw",
]

PRICE_ONE = 10**12
SECONDS_PER_YEAR = 31_536_000
EVERYTHING = U64_MAX
"""As an amount: the whole balance of the account that pays."""

_BASIS_POINTS = 10_000
_MAX_ELAPSED = 2**47


class LendOperation(StrEnum):
    """What a holder can do; ``deposit`` and ``withdraw`` count assets, ``mint`` and ``redeem`` shares."""

    DEPOSIT = "deposit"
    MINT = "mint"
    WITHDRAW = "withdraw"
    REDEEM = "redeem"

    @property
    def takes_out(self) -> bool:
        """Whether shares are given for assets."""
        return self in (LendOperation.WITHDRAW, LendOperation.REDEEM)

    @property
    def counts_shares(self) -> bool:
        """Whether the amount is one of shares, and the answer one of assets."""
        return self in (LendOperation.MINT, LendOperation.REDEEM)


class Preview(NamedTuple):
    """What changes hands: assets into or out of the vault, shares minted or burned."""

    assets_raw: int
    shares_raw: int


class PriceRule(NamedTuple):
    """The share price as a function of the clock: linear from ``base_price`` at the time ``since``."""

    base_price: int
    since: int
    """Unix timestamp, counted as the chain's clock counts."""
    rate_basis_points: int
    """Interest of a year of 365 days."""

    def price_at(self, unix_timestamp: int) -> int | LendError:
        """Return the price at a time, or why the program would refuse it."""
        elapsed = unix_timestamp - self.since
        if not 0 <= elapsed < _MAX_ELAPSED:
            return LendError.F_TOKEN_LIQUIDITY_EXCHANGE_PRICE_UNEXPECTED
        growth = self.base_price * self.rate_basis_points * elapsed // (_BASIS_POINTS * SECONDS_PER_YEAR)
        price = self.base_price + growth
        fits = growth < U64_MAX and PRICE_ONE <= price <= U64_MAX
        return price if fits else LendError.F_TOKEN_LIQUIDITY_EXCHANGE_PRICE_UNEXPECTED


def preview(operation: LendOperation, amount_raw: int, price: int, held_raw: int = 0) -> Preview | LendError:
    """Return what ``operation`` comes to at ``price``, or why the program refuses the amount.

    ``held_raw`` is what EVERYTHING stands for: the assets of who deposits, the shares of who withdraws. Balances are
    not checked: whoever holds too little is refused by the token program.
    """
    everything = amount_raw == EVERYTHING
    given_raw = held_raw if everything else amount_raw
    if operation.takes_out:
        by_shares = everything or operation.counts_shares
        return preview_redeem(price, given_raw) if by_shares else preview_withdraw(price, given_raw)
    by_assets = everything or not operation.counts_shares
    return preview_deposit(price, given_raw) if by_assets else preview_mint(price, given_raw)


def preview_deposit(price: int, assets_raw: int) -> Preview | LendError:
    """Return the shares that so many assets buy."""
    if assets_raw >= U64_MAX:
        return LendError.F_TOKEN_INVALID_PARAMS
    shares_raw = assets_raw * PRICE_ONE // price
    return Preview(assets_raw, shares_raw) if shares_raw else LendError.F_TOKEN_DEPOSIT_INSIGNIFICANT


def preview_mint(price: int, shares_raw: int) -> Preview | LendError:
    """Return the assets that so many shares cost; exactly ``shares_raw`` are minted."""
    return preview_deposit(price, _divide_up(shares_raw * price, PRICE_ONE))


def preview_withdraw(price: int, assets_raw: int) -> Preview | LendError:
    """Return the shares that are burned for so many assets."""
    if not 0 < assets_raw < U64_MAX:
        return LendError.F_TOKEN_INVALID_PARAMS
    return Preview(assets_raw, _divide_up(assets_raw * PRICE_ONE, price))


def preview_redeem(price: int, shares_raw: int) -> Preview | LendError:
    """Return the assets that so many shares are worth; exactly ``shares_raw`` are burned."""
    return preview_withdraw(price, shares_raw * price // PRICE_ONE)


def _divide_up(dividend: int, divisor: int) -> int:
    return -(-dividend // divisor)
