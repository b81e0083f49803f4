"""What a wallet is worth: native SOL, tokens in all its accounts, and lent assets, at the market's prices.

Lending shares count as the assets they stand for. The rent that keeps token accounts alive counts as nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from reev_types.tokens import SOL_MINT, find_token, symbol_of, token_of

from ._evidence import StateView, Valuation

__all__ = ["NO_MARKET", "Unknown", "Worth", "lent_raw", "worth"]

_STABLE = frozenset(find_token(symbol).mint for symbol in ("USDC", "USDT", "PYUSD"))
_MICRO = 10**6
NO_MARKET = "this run has no market to tell prices and lending positions"


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value that cannot be told, and why."""

    note: str


class Worth(NamedTuple):
    """A wallet's value in micro-USD, exact; ``stable`` is what it holds itself in stable tokens."""

    total: Fraction
    stable: Fraction


class _Asset(NamedTuple):
    mint: str
    raw: int
    lent: bool


def worth(wallet: str, view: StateView, valuation: Valuation | None) -> Worth | Unknown:
    """Return what ``wallet`` holds and has lent, or why that cannot be told."""
    if valuation is None:
        return Unknown(NO_MARKET)
    if wallet not in view.held_raw:
        return Unknown("the wallet's token accounts were not recorded")
    total = stable = Fraction(0)
    for asset in _assets(wallet, view, valuation):
        value = _micro_usd(asset, valuation)
        if value is None:
            return Unknown(f"no price is known for {symbol_of(asset.mint)}")
        total += value
        stable += value if asset.mint in _STABLE and not asset.lent else 0
    return Worth(total, stable)


def lent_raw(wallet: str, valuation: Valuation | None) -> Mapping[str, int] | Unknown:
    """Return the assets that ``wallet`` has lent, by mint, zero positions left out."""
    if valuation is None:
        return Unknown(NO_MARKET)
    return {mint: raw for mint, raw in valuation.lent_raw(wallet).items() if raw}


def _assets(wallet: str, view: StateView, valuation: Valuation) -> Iterator[_Asset]:
    yield _Asset(SOL_MINT, view.lamports.get(wallet, 0), lent=False)
    for mint, raw in view.held_raw[wallet].items():
        token = token_of(mint)
        if token is None or token.underlying is None:
            yield _Asset(mint, raw, lent=False)
    for mint, raw in valuation.lent_raw(wallet).items():
        yield _Asset(mint, raw, lent=True)


def _micro_usd(asset: _Asset, valuation: Valuation) -> Fraction | None:
    if asset.raw == 0:
        return Fraction(0)
    token, price = token_of(asset.mint), valuation.price_usd(asset.mint)
    if token is None or price is None:
        return None
    return Fraction(price) * Fraction(asset.raw * _MICRO, 10**token.decimals)
