"""Borsh, as far as Jupiter's instructions and events need it: fixed-size numbers, options and vectors."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from typing import TypeVar

__all__ = ["DecodeError", "Reader"]

T = TypeVar("T")


class DecodeError(ValueError):
    """The bytes are not what they should be: cut off, too long, or a tag that does not exist."""


class Reader:
    """Takes values off the front of ``data``; every method raises DecodeError when they are not there."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, size: int) -> bytes:
        """Return the next ``size`` bytes."""
        if self._at + size > len(self._data):
            raise DecodeError(f"{size} bytes expected at {self._at} of {len(self._data)}")
        self._at += size
        return self._data[self._at - size : self._at]

    def number(self, code: str) -> int:
        """Return the next number; ``code`` is the format character of ``struct``."""
        packing = _NUMBERS[code]
        (value,) = packing.unpack(self.take(packing.size))
        return int(value)

    def choice(self, *options: T) -> T:
        """Return the option whose number comes next."""
        chosen = self.number("B")
        if chosen >= len(options):
            raise DecodeError(f"{chosen} is none of {len(options)} options")
        return options[chosen]

    def vector(self, item: Callable[[], T]) -> tuple[T, ...]:
        """Return as many items as the next four bytes say."""
        return tuple(item() for _ in range(self.number("I")))

    def typed(self, kind: str) -> object:
        """Return a value of the type that Jupiter's interface calls ``kind``."""
        if kind in _CODES:
            return self.number(_CODES[kind])
        return _COMPOSITES[kind](self)

    def finish(self) -> None:
        """Raise DecodeError unless everything was taken."""
        if self._at != len(self._data):
            raise DecodeError(f"{len(self._data) - self._at} bytes too many")


def _bool(reader: Reader) -> bool:
    return reader.choice(False, True)


def _side(reader: Reader) -> str:
    return reader.choice("Bid", "Ask")


def _slice(reader: Reader) -> dict[str, int]:
    return {"accounts_type": reader.number("B"), "length": reader.number("B")}


def _remaining_accounts(reader: Reader) -> dict[str, object]:
    return {"slices": reader.vector(lambda: _slice(reader))}


def _optional_remaining_accounts(reader: Reader) -> dict[str, object] | None:
    return _remaining_accounts(reader) if _bool(reader) else None


def _candidate_swap(reader: Reader) -> dict[str, object]:
    if reader.choice("HumidiFi", "TesseraV") == "TesseraV":
        return {"TesseraV": {"side": _side(reader)}}
    return {"HumidiFi": {"swap_id": reader.number("Q"), "is_base_to_quote": _bool(reader)}}


_NUMBERS = {code: struct.Struct("<" + code) for code in "BHIQ"}
_CODES = {"u8": "B", "u16": "H", "u32": "I", "u64": "Q"}
_COMPOSITES: Mapping[str, Callable[[Reader], object]] = {
    "bool": _bool,
    "Side": _side,
    "RemainingAccountsInfo": _remaining_accounts,
    "Option<RemainingAccountsInfo>": _optional_remaining_accounts,
    "Vec<CandidateSwap>": lambda reader: reader.vector(lambda: _candidate_swap(reader)),
}
