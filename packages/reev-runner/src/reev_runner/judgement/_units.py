"""Amounts as people read them: UI units with a symbol, raw units beside what is too small to read."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from reev_types.amounts import format_ui
from reev_types.tokens import SOL_MINT, symbol_of, token_of

__all__ = ["SOL_UNIT", "USD_UNIT", "Unit", "plain", "unit_of"]

_READABLE_PARTS = 1_000
"""Below a thousandth of a UI unit, the raw number says more than a row of zeros."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What a raw number counts."""

    symbol: str
    decimals: int

    def text(self, raw: int) -> str:
        """Return ``0.1 SOL`` for 100000000 lamports, ``0.000001 USDC (1 raw)`` for a single unit."""
        ui = f"{format_ui(raw, self.decimals)} {self.symbol}"
        tiny = 0 < abs(raw) * _READABLE_PARTS < 10**self.decimals
        return f"{ui} ({raw} raw)" if tiny else ui

    def signed(self, raw: int) -> str:
        """Return a difference with its sign, such as ``+15 USDC``."""
        return f"+{self.text(raw)}" if raw > 0 else self.text(raw)


USD_UNIT = Unit("USD", 6)
"""Micro-USD, the unit of a portfolio's value."""


def unit_of(mint: str | None) -> Unit:
    """Return the unit of a mint; amounts of a mint outside the registry stay raw."""
    if mint is None:
        return Unit("raw units", 0)
    token = token_of(mint)
    return Unit(token.symbol, token.decimals) if token else Unit(f"raw units of {symbol_of(mint)}", 0)


SOL_UNIT = unit_of(SOL_MINT)


def plain(number: Decimal) -> str:
    """Return every digit of ``number`` without an exponent or trailing zeros: ``1.50`` is ``1.5``."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
