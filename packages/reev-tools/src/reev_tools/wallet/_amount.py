"""How tools take amounts: ``amount`` in UI units or ``"max"``, or ``amount_raw``, never both."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, Field, model_validator

from reev_types.amounts import RawAmount, format_ui, parse_ui, to_raw
from reev_types.errors import AmountError

from ._tool import Arguments

__all__ = ["AmountArguments", "require"]

_EVERYTHING = frozenset({"max", "all"})


def _as_text(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return value
    # Models write bare numbers too; repr() gives back the digits that stood in their JSON.
    return f"{Decimal(repr(value)):f}" if isinstance(value, float) else str(value)


class AmountArguments(Arguments):
    """The amount of a transfer."""

    amount: Annotated[str, BeforeValidator(_as_text)] | None = None
    """UI units as a decimal string, such as "0.1", or "max" for everything that can be spent."""
    amount_raw: Annotated[RawAmount, Field()] | None = None
    """The same in the smallest unit (lamports for SOL), as an integer. Give amount or amount_raw, not both."""

    @model_validator(mode="after")
    def _one_of_both(self) -> AmountArguments:
        if (self.amount is None) == (self.amount_raw is None):
            raise ValueError("give exactly one of amount and amount_raw")
        return self

    def raw(self, *, spendable_raw: int, decimals: int) -> int:
        """Return the amount in raw units; raises AmountError, also for zero."""
        raw = self._raw(spendable_raw, decimals)
        if raw == 0:
            raise AmountError("zero_amount", "the amount comes to zero", suggestions=("give an amount above zero",))
        return raw

    def _raw(self, spendable_raw: int, decimals: int) -> int:
        if self.amount_raw is not None:
            return self.amount_raw
        text = (self.amount or "").strip().lower()
        return spendable_raw if text in _EVERYTHING else to_raw(parse_ui(text), decimals)


def require(available_raw: int, needed_raw: int, decimals: int, symbol: str, purpose: str) -> None:
    """Raise AmountError ``insufficient_funds`` when less is there than ``purpose`` takes."""
    if needed_raw > available_raw:
        raise AmountError(
            "insufficient_funds",
            f"{purpose} takes {format_ui(needed_raw, decimals)} {symbol}, "
            f"the wallet has {format_ui(available_raw, decimals)} {symbol}",
            suggestions=("ask for less, or call refuse with code insufficient_funds",),
            context={"available_raw": available_raw, "needed_raw": needed_raw},
        )
