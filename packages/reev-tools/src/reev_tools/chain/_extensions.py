"""Token-2022 extensions: the typed, length-prefixed records behind a mint or a token account."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping
from enum import IntEnum

__all__ = [
    "ACCOUNT",
    "BASE_BYTES",
    "MINT",
    "Extension",
    "append_extensions",
    "holder_extensions",
    "is_extended",
    "read_extensions",
]

MINT = 1
ACCOUNT = 2

BASE_BYTES = 165
"""Both kinds are padded to this size; the byte after it says which kind it is."""

_MULTISIG_BYTES = 355
_HEADER = struct.Struct("<HH")


class Extension(IntEnum):
    """The extensions that reev reads or writes, by the numbers of the Token-2022 program."""

    TRANSFER_FEE_CONFIG = 1
    TRANSFER_FEE_AMOUNT = 2
    MINT_CLOSE_AUTHORITY = 3
    CONFIDENTIAL_TRANSFER_MINT = 4
    DEFAULT_ACCOUNT_STATE = 6
    IMMUTABLE_OWNER = 7
    NON_TRANSFERABLE = 9
    INTEREST_BEARING = 10
    PERMANENT_DELEGATE = 12
    NON_TRANSFERABLE_ACCOUNT = 13
    TRANSFER_HOOK = 14
    TRANSFER_HOOK_ACCOUNT = 15
    CONFIDENTIAL_TRANSFER_FEE = 16
    METADATA_POINTER = 18
    TOKEN_METADATA = 19
    GROUP_POINTER = 20
    TOKEN_GROUP = 21
    GROUP_MEMBER_POINTER = 22
    TOKEN_GROUP_MEMBER = 23
    CONFIDENTIAL_MINT_BURN = 24
    SCALED_UI_AMOUNT = 25
    PAUSABLE = 26
    PAUSABLE_ACCOUNT = 27


def is_extended(data: bytes, kind: int) -> bool:
    """Tell whether ``data`` has the shape of an extended mint or account."""
    return len(data) > BASE_BYTES and len(data) != _MULTISIG_BYTES and data[BASE_BYTES] == kind


def read_extensions(data: bytes) -> dict[int, bytes]:
    """Return the extensions of a mint or account, number to content; none when it is a plain one.

    Raises ValueError when a record runs past the end.
    """
    found: dict[int, bytes] = {}
    at = BASE_BYTES + 1
    while at + _HEADER.size <= len(data):
        number, size = _HEADER.unpack_from(data, at)
        if number == 0:
            break
        at += _HEADER.size
        if at + size > len(data):
            raise ValueError(f"extension {number} runs past the end of the account")
        found[number] = data[at : at + size]
        at += size
    return found


def append_extensions(base: bytes, kind: int, extensions: Iterable[tuple[int, bytes]]) -> bytes:
    """Return ``base`` followed by the records, or ``base`` alone when there are none."""
    records = b"".join(_HEADER.pack(number, len(content)) + content for number, content in extensions)
    if not records:
        return base
    data = base.ljust(BASE_BYTES, b"\0") + bytes([kind]) + records
    # The program tells a multisig by its size alone, so it pads whatever would have that size.
    return data + bytes(2) if len(data) == _MULTISIG_BYTES else data


_NEEDED_BY_HOLDERS = {
    Extension.TRANSFER_FEE_CONFIG: (Extension.TRANSFER_FEE_AMOUNT, bytes(8)),
    Extension.NON_TRANSFERABLE: (Extension.NON_TRANSFERABLE_ACCOUNT, b""),
    Extension.TRANSFER_HOOK: (Extension.TRANSFER_HOOK_ACCOUNT, bytes(1)),
    Extension.PAUSABLE: (Extension.PAUSABLE_ACCOUNT, b""),
}


def holder_extensions(mint_extensions: Mapping[int, bytes]) -> list[tuple[int, bytes]]:
    """Return what the program puts into an associated token account of a mint with these extensions."""
    needed = [_NEEDED_BY_HOLDERS[Extension(number)] for number in mint_extensions if number in _NEEDED_BY_HOLDERS]
    return [(Extension.IMMUTABLE_OWNER, b""), *needed]
