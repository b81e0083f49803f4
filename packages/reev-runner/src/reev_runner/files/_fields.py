"""The field types of a benchmark file: tolerant in form, strict in value.

An amount may be written as a number or as text, as in the original files, but never as a fraction. Each type tells
an editor's JSON schema what it accepts.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, WithJsonSchema
from pydantic_core import PydanticCustomError

from reev_types.amounts import U64_MAX
from reev_types.intents import AccountName

__all__ = ["AmountField", "ChangeField", "FileModel", "Flag", "Name", "Numeric", "Text"]


class FileModel(BaseModel):
    """A section of a benchmark file: frozen, with unknown keys kept."""

    model_config = ConfigDict(frozen=True, extra="allow", use_attribute_docstrings=True)


def _whole_number(value: object, lowest: int) -> int:
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(text, str) or not re.fullmatch(r"-?(0|[1-9][0-9]*)", text, re.ASCII):
        raise PydanticCustomError("not_an_amount", "expected a whole number of raw units")
    # The length first: converting a hundred thousand digits takes seconds.
    number = int(text) if len(text) <= len(str(-U64_MAX)) else U64_MAX + 1
    if number < 0 and lowest == 0 or text.startswith("-") and lowest == 0:
        raise PydanticCustomError("negative_amount", "expected an amount of 0 or more")
    if not lowest <= number <= U64_MAX:
        raise PydanticCustomError("amount_too_large", "expected an amount of at most 2⁶⁴ − 1")
    return number


def _amount(value: object) -> int:
    return _whole_number(value, 0)


def _change(value: object) -> int:
    return _whole_number(value, -U64_MAX)


def _whole_number_schema(lowest: int) -> dict[str, Any]:
    sign = "-?" if lowest < 0 else ""
    return {
        "anyOf": [
            {"type": "integer", "minimum": lowest, "maximum": U64_MAX},
            {"type": "string", "pattern": f"^{sign}(0|[1-9][0-9]{{0,19}})$"},
        ]
    }


AmountField = Annotated[int, BeforeValidator(_amount), WithJsonSchema(_whole_number_schema(0))]
"""Raw units, 0 to 2⁶⁴ − 1, as a number or as text."""

ChangeField = Annotated[int, BeforeValidator(_change), WithJsonSchema(_whole_number_schema(-U64_MAX))]
"""A difference in raw units, −(2⁶⁴ − 1) to 2⁶⁴ − 1, as a number or as text."""


def _number(value: object) -> Decimal:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return Decimal(value)
    raise PydanticCustomError("not_a_number", "expected a number")


Numeric = Annotated[
    Decimal,
    BeforeValidator(_number),
    Field(max_digits=40, allow_inf_nan=False),
    WithJsonSchema({"type": "number"}),
]
"""A number that is no money: a weight, a share, a time."""

Flag = StrictBool
Name = AccountName
Text = Annotated[str, Field(strict=True)]
