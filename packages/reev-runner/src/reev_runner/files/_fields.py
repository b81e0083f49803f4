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

__all__ = [
    "AmountField",
    "ChangeField",
    "FileModel",
    "Flag",
    "Name",
    "Numeric",
    "Seconds",
    "Share",
    "Text",
    "read_amount",
]


_LONGEST_AMOUNT = len(f"-{U64_MAX}")


class FileModel(BaseModel):
    """A section of a benchmark file: frozen, with unknown keys kept."""

    model_config = ConfigDict(frozen=True, extra="allow", use_attribute_docstrings=True)


def _whole_number(value: object, lowest: int) -> int:
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(text, str) or not re.fullmatch(r"-?(0|[1-9][0-9]*)", text, re.ASCII):
        raise PydanticCustomError("not_an_amount", "expected a whole number of raw units")
    if text.startswith("-") and lowest == 0:
        raise PydanticCustomError("negative_amount", "expected an amount of 0 or more")
    # The length first: Python refuses to convert thousands of digits.
    if len(text) > _LONGEST_AMOUNT or not lowest <= int(text) <= U64_MAX:
        raise PydanticCustomError("amount_too_large", "expected an amount of at most 2⁶⁴ − 1")
    return int(text)


def read_amount(value: object) -> int:
    """Return raw units; raises PydanticCustomError, a ValueError."""
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


AmountField = Annotated[int, BeforeValidator(read_amount), WithJsonSchema(_whole_number_schema(0))]
"""Raw units, 0 to 2⁶⁴ − 1, as a number or as text."""

ChangeField = Annotated[int, BeforeValidator(_change), WithJsonSchema(_whole_number_schema(-U64_MAX))]
"""A difference in raw units, −(2⁶⁴ − 1) to 2⁶⁴ − 1, as a number or as text."""


def _number(value: object) -> Decimal:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return Decimal(value)
    raise PydanticCustomError("not_a_number", "expected a number")


_DIGITS = Field(max_digits=40, allow_inf_nan=False)

# The schema of a number is written out, since pydantic's own for Decimal would let text pass.
Numeric = Annotated[Decimal, BeforeValidator(_number), _DIGITS, WithJsonSchema({"type": "number"})]
"""A number that is no money, such as a weight."""

Share = Annotated[Numeric, Field(ge=0, le=1), WithJsonSchema({"type": "number", "minimum": 0, "maximum": 1})]
"""A number from 0 to 1."""

Seconds = Annotated[
    Numeric, Field(gt=0, le=86_400), WithJsonSchema({"type": "number", "exclusiveMinimum": 0, "maximum": 86_400})
]
"""A time of at most a day."""

Flag = StrictBool
Name = AccountName
Text = Annotated[str, Field(strict=True)]
