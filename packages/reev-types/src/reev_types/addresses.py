"""Solana addresses as text: base58, 32 bytes.

``Address`` is the type of every field that holds one; ``is_address`` and ``decode_base58`` check and read them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated

from pydantic import AfterValidator

__all__ = ["Address", "decode_base58", "encode_base58", "is_address"]

_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_VALUES = {character: value for value, character in enumerate(_ALPHABET)}
_ADDRESS_BYTES = 32
_MAX_ADDRESS_TEXT = 44


def decode_base58(text: str) -> bytes:
    """Return the bytes that ``text`` stands for; raises ValueError on a character outside the alphabet.

    The time grows with the square of the length, so bound what comes from outside before calling.
    """
    number = 0
    for character in text:
        if character not in _VALUES:
            raise ValueError(f"{character!r} is not a base58 character")
        number = number * 58 + _VALUES[character]
    leading_zeros = len(text) - len(text.lstrip("1"))
    return bytes(leading_zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")


def encode_base58(data: bytes) -> str:
    """Return the base58 text of ``data``."""
    number = int.from_bytes(data, "big")
    digits = []
    while number:
        number, digit = divmod(number, 58)
        digits.append(_ALPHABET[digit])
    leading_zeros = len(data) - len(data.lstrip(b"\0"))
    return "1" * leading_zeros + "".join(reversed(digits))


@lru_cache(maxsize=4096)
def is_address(text: str) -> bool:
    """Tell whether ``text`` is base58 of exactly 32 bytes, on the curve or not."""
    if len(text) > _MAX_ADDRESS_TEXT:
        return False
    try:
        return len(decode_base58(text)) == _ADDRESS_BYTES
    except ValueError:
        return False


def _checked(text: str) -> str:
    if not is_address(text):
        raise ValueError("expected a base58 address of 32 bytes")
    return text


Address = Annotated[str, AfterValidator(_checked)]
"""A base58 address of 32 bytes: a wallet, a mint, a program or any other account."""
