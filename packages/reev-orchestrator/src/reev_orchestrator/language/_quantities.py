"""How much a sentence says, before it is known of which token."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, Context, Decimal
from fractions import Fraction
from typing import NamedTuple, assert_never

from reev_types.amounts import (
    AllAmount,
    Amount,
    ExactAmount,
    ShareAmount,
    StepAmount,
    UsdAmount,
    to_raw,
)
from reev_types.errors import AmountError, TextPlace
from reev_types.tokens import Token

from ._questions import ask_which_amount, ask_which_reading, refusal

__all__ = [
    "Asset",
    "Dollars",
    "Everything",
    "Number",
    "Part",
    "Produce",
    "Quantity",
    "amount_of",
    "check_pointed",
    "share_of",
]


@dataclass(frozen=True, slots=True)
class Number:
    """So many units; ``lamports`` counts in billionths of a SOL, ``maybe_milli`` is ``1m``."""

    value: Decimal | Fraction
    place: TextPlace
    lamports: bool = False
    maybe_milli: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A part of what is held."""

    fraction: Fraction
    place: TextPlace


@dataclass(frozen=True, slots=True)
class Everything:
    """All that is held, but for ``keep``."""

    place: TextPlace
    keep: Number | None = None


@dataclass(frozen=True, slots=True)
class Dollars:
    """What so many US dollars are worth."""

    value: Decimal
    place: TextPlace


@dataclass(frozen=True, slots=True)
class Produce:
    """What an earlier step brings, or a part of it; ``pointed`` when the sentence only says ``it``."""

    step_id: str
    place: TextPlace
    pointed: bool = False
    part: Fraction = Fraction(1)


Quantity = Number | Part | Everything | Dollars | Produce


class Asset(NamedTuple):
    """A quantity of a token; either may be missing. ``shares`` counts lending shares of the token."""

    quantity: Quantity | None
    token: Token | None
    place: TextPlace
    shares: bool = False


def check_pointed(asset: Asset) -> None:
    """Raise ``ask_which_reading`` when ``it`` would move lending shares, which is rarely what is meant."""
    pointed = isinstance(asset.quantity, Produce) and asset.quantity.pointed
    if pointed and asset.token is not None and asset.token.underlying is not None:
        symbol = asset.token.symbol
        raise ask_which_reading(
            asset.place, f"the {symbol} shares, or the tokens that were lent?", f"say the {symbol}", "redeem the shares"
        )


# Rounded up in the 38th digit, so that the share of a balance, rounded down, is what the fraction itself would give.
_SHARE_DIGITS = Context(prec=38, rounding=ROUND_CEILING)
_MOST_SHARE_DENOMINATOR = 10**6


def amount_of(quantity: Quantity, token: Token) -> Amount:
    """Return the typed amount of ``token``; raises UserError when no such amount exists or it is in doubt."""
    match quantity:
        case Number():
            return ExactAmount(raw=_raw(quantity, token))
        case Part(fraction=fraction, place=place):
            return ShareAmount(of=_share(fraction, place))
        case Everything(keep=keep):
            return AllAmount() if keep is None else AllAmount(keep_raw=_raw(keep, token))
        case Dollars(value=value, place=place):
            _check_positive(value, place)
            return UsdAmount(value=value)
        case Produce(step_id=step_id, place=place, part=part):
            return StepAmount(step_id=step_id, of=_share(part, place))
        case _:
            assert_never(quantity)


def share_of(fraction: Fraction) -> Decimal:
    """Return a fraction as the share whose floor of any balance is exact."""
    return _SHARE_DIGITS.divide(Decimal(fraction.numerator), Decimal(fraction.denominator))


def _raw(number: Number, token: Token) -> int:
    if number.lamports and token.symbol != "SOL":
        raise ask_which_reading(
            number.place, f"lamports count SOL, not {token.symbol}", f"give the amount in {token.symbol}"
        )
    if number.maybe_milli and token.symbol == "SOL":
        raise ask_which_reading(
            number.place, "is this a million SOL, or an amount of mSOL?", "write 1 mSOL, or 0.001 SOL"
        )
    _check_positive(number.value, number.place)
    return _exact_raw(number, 0 if number.lamports else token.decimals, token)


def _exact_raw(number: Number, decimals: int, token: Token) -> int:
    if isinstance(number.value, Decimal):
        try:
            return to_raw(number.value, decimals)
        except AmountError as error:
            raise error.at(number.place) from None
    scaled = number.value * 10**decimals
    if scaled.denominator != 1:
        raise refusal("too_precise", f"{number.value} {token.symbol} is no whole number of raw units", number.place)
    return to_raw(Decimal(scaled.numerator), 0)


def _share(fraction: Fraction, place: TextPlace) -> Decimal:
    _check_positive(fraction, place)
    if fraction > 1:
        raise refusal("share_too_large", "a share of more than everything", place, "give a share of at most 100%")
    if fraction.denominator > _MOST_SHARE_DENOMINATOR:
        raise ask_which_amount(place, "a share with at most six digits after the point can be given")
    return share_of(fraction)


def _check_positive(value: Decimal | Fraction, place: TextPlace) -> None:
    if value == 0:
        raise refusal("zero_amount", "an amount of zero moves nothing", place, "give an amount above 0")
