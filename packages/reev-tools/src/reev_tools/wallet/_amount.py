"""How tools take amounts: in UI units or ``"max"``, or in raw units, never both; of assets or of lending shares."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, Field, model_validator

from reev_types.amounts import RawAmount, format_ui, parse_ui, to_raw
from reev_types.errors import AmountError

from ._tool import Arguments

__all__ = ["AmountArguments", "SharesArguments", "require"]

_EVERYTHING = frozenset({"max", "all"})


def _as_text(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return value
    # Models write bare numbers too; repr() gives back the digits that stood in their JSON.
    return f"{Decimal(repr(value)):f}" if isinstance(value, float) else str(value)


_Text = Annotated[str, BeforeValidator(_as_text)]


class AmountArguments(Arguments):
    """The amount of a transfer, swap or loan."""

    amount: _Text | None = None
    """UI units as a decimal string, such as "0.1", or "max" for everything that can be spent."""
    amount_raw: Annotated[RawAmount, Field()] | None = None
    """The same in the smallest unit (lamports for SOL), as an integer. Give amount or amount_raw, not both."""

    @model_validator(mode="after")
    def _one_of_both(self) -> AmountArguments:
        if (self.amount is None) == (self.amount_raw is None):
            raise ValueError("give exactly one of amount and amount_raw")
        return self

    @property
    def is_everything(self) -> bool:
        """Whether everything that can be spent is meant."""
        return _is_everything(self.amount)

    def raw(self, *, spendable_raw: int, decimals: int) -> int:
        """Return the amount in raw units; raises AmountError, also for zero."""
        return _raw(self.amount, self.amount_raw, spendable_raw, decimals)


class SharesArguments(Arguments):
    """An amount of lending shares."""

    shares: _Text | None = None
    """Whole shares (not units of the asset) as a decimal string, such as "50", or "max" for as many as possible."""
    shares_raw: Annotated[RawAmount, Field()] | None = None
    """The same in the share token's smallest unit, as an integer. Give shares or shares_raw, not both."""

    @model_validator(mode="after")
    def _one_of_both(self) -> SharesArguments:
        if (self.shares is None) == (self.shares_raw is None):
            raise ValueError("give exactly one of shares and shares_raw")
        return self

    @property
    def is_everything(self) -> bool:
        """Whether as many shares as possible are meant."""
        return _is_everything(self.shares)

    def raw(self, *, spendable_raw: int, decimals: int) -> int:
        """Return the shares in raw units; raises AmountError, also for zero."""
        return _raw(self.shares, self.shares_raw, spendable_raw, decimals)


def _is_everything(text: str | None) -> bool:
    return text is not None and text.strip().lower() in _EVERYTHING


def _raw(text: str | None, given_raw: int | None, spendable_raw: int, decimals: int) -> int:
    if given_raw is None:
        given_raw = spendable_raw if _is_everything(text) else to_raw(parse_ui((text or "").strip()), decimals)
    if given_raw == 0:
        raise AmountError("zero_amount", "the amount comes to zero", suggestions=("give an amount above zero",))
    return given_raw


def require(
    available_raw: int,
    needed_raw: int,
    decimals: int,
    symbol: str,
    purpose: str,
    holder: str = "the wallet",
    beside: str = "",
) -> None:
    """Raise AmountError ``insufficient_funds`` when ``holder`` has less than ``purpose`` takes.

    ``beside`` ends the message with what ``holder`` has besides, and does not count.
    """
    if needed_raw > available_raw:
        raise AmountError(
            "insufficient_funds",
            f"{purpose} takes {format_ui(needed_raw, decimals)} {symbol}, "
            f"{holder} has {format_ui(available_raw, decimals)} {symbol}{beside}",
            suggestions=("ask for less, or call refuse with code insufficient_funds",),
            context={"available_raw": available_raw, "needed_raw": needed_raw},
        )
