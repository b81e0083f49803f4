"""Money: raw units as int, UI amounts as Decimal, and amounts that depend on what a wallet holds.

``to_raw`` and ``to_ui`` convert exactly or raise; ``Amount`` is the closed union of what an intent may say;
``resolve_amount`` turns one into raw units. Nothing here rounds up, and nothing uses float.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import ROUND_DOWN, Context, Decimal, localcontext
from typing import Annotated, Literal, assert_never

from pydantic import BeforeValidator, Field, PlainSerializer

from ._model import Model
from .errors import AmountError

__all__ = [
    "DEFAULT_SLIPPAGE_BPS",
    "DEFAULT_SOL_RESERVE_LAMPORTS",
    "U64_MAX",
    "AllAmount",
    "Amount",
    "ExactAmount",
    "Holding",
    "Lamports",
    "RawAmount",
    "ShareAmount",
    "StepAmount",
    "UiAmount",
    "UsdAmount",
    "format_decimal",
    "format_ui",
    "parse_ui",
    "part_of",
    "resolve_amount",
    "to_raw",
    "to_ui",
]

U64_MAX = 2**64 - 1

DEFAULT_SLIPPAGE_BPS = 50
"""How much worse than quoted a swap may come out, in basis points, unless something else is asked for."""
DEFAULT_SOL_RESERVE_LAMPORTS = 10_000_000
"""What "everything" of SOL leaves behind, so that the wallet stays rent-exempt and can pay fees."""

RawAmount = Annotated[int, Field(strict=True, ge=0, le=U64_MAX)]
"""An on-chain amount in a mint's smallest unit, 0 to 2⁶⁴ − 1."""

Lamports = RawAmount
"""Native SOL in lamports; 10⁹ lamports are 1 SOL."""

# 2⁶⁴ has 20 digits; a share or a price adds its own, and nothing may be rounded before the last step.
_EXACT = Context(prec=120)
_PLAIN_NUMBER = re.compile(r"\d{1,20}(\.\d{1,20})?|\.\d{1,20}", re.ASCII)


def _as_decimal(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal | float):
        raise ValueError("expected a decimal number")
    # A float reaches this point only from JSON or YAML text, whose digits repr() gives back.
    return Decimal(repr(value)) if isinstance(value, float) else value


UiAmount = Annotated[
    Decimal,
    BeforeValidator(_as_decimal),
    Field(ge=0, allow_inf_nan=False, max_digits=40),
    PlainSerializer(lambda value: f"{value:f}", return_type=str, when_used="json"),
]
"""A non-negative amount or price as people write it; a string in JSON."""


def parse_ui(text: str) -> Decimal:
    """Read ``0.1``, ``15`` or ``.5``; raises AmountError for anything else, signs and exponents included."""
    if not _PLAIN_NUMBER.fullmatch(text):
        raise AmountError(
            "not_a_number",
            f"{text[:40]!r} is not a plain decimal number",
            suggestions=("write digits with an optional point, such as 0.1",),
        )
    return Decimal(text)


def to_raw(ui: Decimal, decimals: int) -> int:
    """Convert a UI amount to raw units exactly.

    Raises AmountError: ``negative``; ``too_precise`` for more places than the mint has; ``too_large`` above 2⁶⁴ − 1.
    """
    with localcontext(_EXACT):
        scaled = ui.scaleb(decimals)
        if not scaled.is_finite() or scaled < 0:
            raise AmountError("negative", f"{ui} is not an amount", suggestions=("give an amount above zero",))
        if scaled > U64_MAX:
            raise AmountError("too_large", f"{ui:f} exceeds what an account can hold", suggestions=("give less",))
        if scaled != scaled.to_integral_value():
            raise AmountError(
                "too_precise",
                f"{ui:f} has more than {decimals} decimal places",
                suggestions=(f"round it to {decimals} decimal places",),
            )
        return int(scaled)


def to_ui(raw: int, decimals: int) -> Decimal:
    """Convert raw units to a UI amount exactly; negative differences are allowed."""
    return _EXACT.scaleb(Decimal(raw), -decimals)


def format_ui(raw: int, decimals: int) -> str:
    """Return raw units as people read them: ``1500000`` at 6 decimals is ``1.5``."""
    return format_decimal(to_ui(raw, decimals))


def format_decimal(value: Decimal) -> str:
    """Return a decimal without exponent and without trailing zeros: ``50.0`` is ``50``."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _is_whole(of: Decimal) -> bool:
    return of == 1


class ExactAmount(Model):
    """So many raw units."""

    kind: Literal["exact"] = "exact"
    raw: RawAmount


class ShareAmount(Model):
    """A part of the balance, above 0 and up to 1; rounded down to a raw unit."""

    kind: Literal["share"] = "share"
    of: Annotated[UiAmount, Field(gt=0, le=1)]


class AllAmount(Model):
    """Everything that can be spent, less ``keep_raw``."""

    kind: Literal["all"] = "all"
    keep_raw: RawAmount = 0


class UsdAmount(Model):
    """What so many US dollars buy at the price in the context; rounded down to a raw unit."""

    kind: Literal["usd"] = "usd"
    value: Annotated[UiAmount, Field(gt=0)]


class StepAmount(Model):
    """What an earlier step really produced, or a part of it; rounded down to a raw unit."""

    kind: Literal["from_step"] = "from_step"
    step_id: str
    of: Annotated[UiAmount, Field(gt=0, le=1, exclude_if=_is_whole)] = Decimal(1)
    """Above 0 and up to 1; left out of the JSON form where it is all of it."""


Amount = Annotated[ExactAmount | ShareAmount | AllAmount | UsdAmount | StepAmount, Field(discriminator="kind")]


class Holding(Model):
    """What a wallet has of one mint when an amount is resolved."""

    balance_raw: RawAmount
    """Everything there is."""
    spendable_raw: RawAmount
    """What may be spent: for SOL the balance less the fee reserve, for a token all of it."""
    decimals: Annotated[int, Field(ge=0, le=18)]
    price_usd: UiAmount | None = None
    """US dollars for one UI unit; None where no price is known."""


def resolve_amount(amount: Amount, holding: Holding, produced_raw: Mapping[str, int]) -> int:
    """Return ``amount`` in raw units.

    ``produced_raw`` maps a step id to what that step produced. Raises AmountError: ``zero_amount``,
    ``nothing_spendable``, ``unknown_price``, ``unknown_step``. Whether the wallet can afford an exact
    amount is not decided here: the tool that spends it says so, with the numbers.
    """
    raw = _resolve(amount, holding, produced_raw)
    if raw == 0:
        raise AmountError("zero_amount", "the amount comes to zero raw units")
    return raw


def _resolve(amount: Amount, holding: Holding, produced_raw: Mapping[str, int]) -> int:
    match amount:
        case ExactAmount(raw=raw):
            return raw
        case ShareAmount(of=of):
            return holding.spendable_raw if of == 1 else part_of(holding.balance_raw, of)
        case AllAmount(keep_raw=keep_raw):
            return _all_but(keep_raw, holding)
        case UsdAmount(value=value):
            return _usd_in_raw(value, holding)
        case StepAmount(step_id=step_id, of=of):
            if step_id not in produced_raw:
                raise AmountError("unknown_step", f"no earlier step {step_id!r} produced an amount")
            return part_of(produced_raw[step_id], of)
        case _:
            assert_never(amount)


def _all_but(keep_raw: int, holding: Holding) -> int:
    left = min(holding.spendable_raw, holding.balance_raw - keep_raw)
    if left <= 0:
        raise AmountError("nothing_spendable", f"nothing is left to spend of {holding.balance_raw} raw units")
    return left


def _usd_in_raw(value: Decimal, holding: Holding) -> int:
    if not holding.price_usd:
        raise AmountError(
            "unknown_price",
            "no price is known, so an amount in dollars cannot be converted",
            suggestions=("give the amount in the token itself",),
        )
    with localcontext(_EXACT):
        raw = _floor((value / holding.price_usd).scaleb(holding.decimals))
    if raw > U64_MAX:
        raise AmountError("too_large", f"${value:f} exceeds what an account can hold")
    return raw


def part_of(raw: int, of: Decimal) -> int:
    """Return the part ``of`` (0 to 1) of raw units, rounded down."""
    with localcontext(_EXACT):
        return _floor(of * raw)


def _floor(value: Decimal) -> int:
    with localcontext(_EXACT):
        return int(value.to_integral_value(rounding=ROUND_DOWN))
