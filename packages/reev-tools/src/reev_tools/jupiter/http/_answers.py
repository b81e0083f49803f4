"""Answers read by the wire models, in each of the shapes that Jupiter is known to send."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final, Generic, TypeVar

from pydantic import BeforeValidator, TypeAdapter, ValidationError
from pydantic_core import from_json

from reev_tools.jupiter import (
    LendEarnings,
    LendPosition,
    LendToken,
    Price,
    Quote,
    SwapInstructions,
    TokenInformation,
    WireInstruction,
)

__all__ = [
    "EARNINGS",
    "INSTRUCTIONS",
    "POSITIONS",
    "PRICES",
    "QUOTE",
    "SWAP_INSTRUCTIONS",
    "TOKENS",
    "VAULTS",
    "Misread",
    "Shape",
]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Misread:
    """An answer lacks its promised shape: ``place`` is the field, empty for the whole."""

    place: str
    reason: str


class Shape(Generic[T]):
    """What an answer has to look like."""

    def __init__(self, adapter: TypeAdapter[T]) -> None:
        self._adapter = adapter

    def read(self, body: bytes) -> T | Misread:
        """Return the message that ``body`` is."""
        try:
            return self._adapter.validate_python(from_json(body, allow_inf_nan=False))
        except ValidationError as error:
            problem = error.errors(include_url=False, include_input=False, include_context=False)[0]
            return Misread(".".join(map(str, problem["loc"])), problem["msg"])
        except ValueError as error:
            return Misread("", f"not JSON: {error}")


def _without_unknown(value: object) -> object:
    return {mint: price for mint, price in value.items() if price is not None} if isinstance(value, dict) else value


def _as_list(value: object) -> object:
    # The OpenAPI document promises one object where the service sends a list.
    return [value] if isinstance(value, dict) else value


def _unwrapped(value: object) -> object:
    return value["instructions"] if isinstance(value, dict) and "instructions" in value else _as_list(value)


QUOTE: Final = Shape(TypeAdapter(Quote))
SWAP_INSTRUCTIONS: Final = Shape(TypeAdapter(SwapInstructions))
PRICES: Final = Shape[dict[str, Price]](TypeAdapter(Annotated[dict[str, Price], BeforeValidator(_without_unknown)]))
TOKENS: Final = Shape(TypeAdapter(tuple[TokenInformation, ...]))
VAULTS: Final = Shape(TypeAdapter(tuple[LendToken, ...]))
POSITIONS: Final = Shape(TypeAdapter(tuple[LendPosition, ...]))
EARNINGS: Final = Shape[tuple[LendEarnings, ...]](
    TypeAdapter(Annotated[tuple[LendEarnings, ...], BeforeValidator(_as_list)])
)
INSTRUCTIONS: Final = Shape[tuple[WireInstruction, ...]](
    TypeAdapter(Annotated[tuple[WireInstruction, ...], BeforeValidator(_unwrapped)])
)
