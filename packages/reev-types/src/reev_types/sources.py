"""What a wallet's context is made from: Protocols of the sources, and what they answer.

Every source may raise ``SourceError``. An answer is complete or says what it leaves out: nothing is made up for what
a source does not know, and a price that cannot be one never leaves it as a price.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Annotated, Protocol, Self

from pydantic import Field, TypeAdapter, ValidationError

from ._model import Model
from .addresses import Address
from .amounts import U64_MAX, Lamports, RawAmount, UiAmount

__all__ = [
    "BalanceSource",
    "PriceSheet",
    "PriceSource",
    "TokenFacts",
    "TokenHolding",
    "TokenSource",
    "UsdPrice",
    "WalletHoldings",
]

UsdPrice = Annotated[UiAmount, Field(gt=0)]
"""US dollars for one UI unit of a token: finite and above zero."""

_PRICE: TypeAdapter[object] = TypeAdapter(UsdPrice)
_LONGEST_QUOTE = 40


class TokenHolding(Model):
    """What a wallet holds of one mint, summed over its token accounts."""

    mint: Address
    balance_raw: RawAmount
    decimals: Annotated[int, Field(ge=0, le=255)] | None = None
    """None where the source does not say."""
    frozen_raw: RawAmount = 0
    """The part of the balance that lies in frozen accounts and cannot be moved."""


class WalletHoldings(Model):
    """Everything that a source found in a wallet, each mint once."""

    owner: Address
    lamports: Lamports
    tokens: tuple[TokenHolding, ...] = ()
    left_out: Annotated[int, Field(ge=0)] = 0
    """How many further mints are held but not listed."""


class PriceSheet(Model):
    """Prices by mint; what is not listed is not known."""

    prices: dict[Address, UsdPrice] = {}
    refused: dict[str, str] = {}
    """By mint, why what was offered is no price."""

    @classmethod
    def read(cls, offered: Mapping[str, object]) -> Self:
        """Sort what somebody offers as prices into prices and refusals; never raises for bad ones."""
        prices: dict[str, object] = {}
        refused: dict[str, str] = {}
        for mint, value in offered.items():
            try:
                prices[mint] = _PRICE.validate_python(value)
            except ValidationError:
                refused[mint] = f"{_quoted(value)} is not a price"
        return cls.model_validate({"prices": prices, "refused": refused})


class TokenFacts(Model):
    """What a source knows of a mint."""

    mint: Address
    decimals: Annotated[int, Field(ge=0, le=255)]


class BalanceSource(Protocol):
    """Knows what wallets hold."""

    async def holdings(self, owner: str) -> WalletHoldings:
        """Return what ``owner`` holds; a wallet that does not exist holds nothing."""


class PriceSource(Protocol):
    """Knows prices."""

    async def prices(self, mints: Collection[str]) -> PriceSheet:
        """Return the prices known of ``mints``."""


class TokenSource(Protocol):
    """Knows mints."""

    async def tokens(self, mints: Collection[str]) -> Mapping[str, TokenFacts]:
        """Return what is known, by mint; a mint that the source does not know is absent."""


def _quoted(value: object) -> str:
    match value:
        case str():
            text = value
        case float() | Decimal():
            text = str(value)
        case int() if abs(value) <= U64_MAX:
            text = str(value)
        case _:
            return f"a value of type {type(value).__name__}"
    return repr(text[:_LONGEST_QUOTE])
