"""How Jupiter's REST API writes JSON: camelCase keys, amounts as decimal strings, and fields that come and go."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer
from pydantic.alias_generators import to_camel

from reev_types.amounts import U64_MAX

__all__ = ["Bps", "ClaimedName", "DecimalText", "Decimals", "Name", "Natural", "RawText", "UsdPrice", "WireModel"]

_MOST_DIGITS = 40
_MOST_NAME = 64


class WireModel(BaseModel):
    """A frozen message: keys in camelCase, and unknown ones kept, since a quote has to be handed back unchanged."""

    model_config = ConfigDict(
        frozen=True, extra="allow", alias_generator=to_camel, validate_by_name=True, validate_by_alias=True
    )


def _as_integer(value: object) -> object:
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() else value


RawText = Annotated[
    int,
    BeforeValidator(_as_integer),
    Field(strict=True, ge=0, le=U64_MAX),
    PlainSerializer(str, return_type=str, when_used="json"),
]
"""Raw units, 0 to 2⁶⁴ − 1: a decimal string in JSON."""


def _as_decimal(value: object) -> object:
    # A float comes from JSON text, whose digits repr() gives back.
    return Decimal(repr(value)) if isinstance(value, float) else value


def _in_range(value: Decimal) -> Decimal:
    # An exponent of some millions is a few bytes to read and as many megabytes to write.
    if abs(value.adjusted()) > _MOST_DIGITS:
        raise ValueError("the number is out of range")
    return value


DecimalText = Annotated[
    Decimal,
    BeforeValidator(_as_decimal),
    Field(allow_inf_nan=False),
    AfterValidator(_in_range),
    PlainSerializer(lambda value: f"{value:f}", return_type=str, when_used="json"),
]
"""A decimal number: a string in JSON, a number is read as well."""

UsdPrice = Annotated[DecimalText, Field(ge=0)]
"""US dollars for one UI unit."""

Natural = Annotated[int, Field(strict=True, ge=0, le=U64_MAX)]
"""A number, slot or id."""

Decimals = Annotated[int, Field(strict=True, ge=0, le=18)]
"""Decimal places of a mint."""

Bps = Annotated[int, Field(strict=True, ge=0, le=10_000)]
"""Basis points of a whole."""


def _printable(text: str) -> str:
    if not text.isprintable():
        raise ValueError("a name is printable")
    return text


def _tidied(value: object) -> object:
    if not isinstance(value, str):
        return value
    return "".join(character for character in value if character.isprintable())[:_MOST_NAME]


Name = Annotated[str, Field(max_length=_MOST_NAME), AfterValidator(_printable)]
"""A name that Jupiter itself gives: one line."""

ClaimedName = Annotated[str, BeforeValidator(_tidied)]
"""A name that anybody may have chosen: cut to one line, since it must not make a whole answer unreadable."""
