"""Arguments off the front of an instruction's data, as text that is safe to keep and show.

A layout names the kind of each argument; ``KINDS`` reads one. What a chain holds is data: text is escaped, so that
one argument is one line of printable characters.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping

from reev_types.addresses import encode_base58

__all__ = ["KINDS", "Body", "UnreadableError", "printable"]


class UnreadableError(ValueError):
    """The data ends before the argument does, or holds what the argument cannot be."""


class Body:
    """The data of an instruction, taken from the front."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, size: int) -> bytes:
        """Return the next ``size`` bytes; raises UnreadableError when there are fewer."""
        end = self._at + size
        if end > len(self._data):
            raise UnreadableError(f"{size} bytes expected at {self._at} of {len(self._data)}")
        taken, self._at = self._data[self._at : end], end
        return taken

    def rest(self) -> bytes:
        """Return everything that is left."""
        return self.take(len(self._data) - self._at)


Reading = Callable[[Body], str]


def printable(data: bytes) -> str:
    """Return UTF-8 text with everything else escaped: controls, format characters, stray bytes, and the backslash."""
    return "".join(_printable(character) for character in data.decode("utf-8", "surrogateescape"))


def _printable(character: str) -> str:
    if "\udc80" <= character <= "\udcff":
        return f"\\x{ord(character) - 0xDC00:02x}"
    if character.isprintable() and character != "\\":
        return character
    return character.encode("unicode_escape").decode("ascii")


def _number(code: str) -> Reading:
    packing = struct.Struct("<" + code)
    return lambda body: str(packing.unpack(body.take(packing.size))[0])


def _pubkey(body: Body) -> str:
    return encode_base58(body.take(32))


def _pubkey_or_zeros(body: Body) -> str:
    data = body.take(32)
    return encode_base58(data) if any(data) else "none"


def _bool(body: Body) -> str:
    return "true" if _flag(body) else "false"


def _flag(body: Body) -> bool:
    (value,) = body.take(1)
    if value > 1:
        raise UnreadableError(f"{value} is neither 0 nor 1")
    return bool(value)


def _optional(reading: Reading) -> Reading:
    return lambda body: reading(body) if _flag(body) else "none"


def _text(length: str) -> Reading:
    packing = struct.Struct("<" + length)
    return lambda body: printable(body.take(packing.unpack(body.take(packing.size))[0]))


def _pubkeys(body: Body) -> str:
    (count,) = struct.unpack("<Q", body.take(8))
    # As much as there can be: a count that promises more must not keep anybody busy.
    data = body.take(32 * count)
    return ", ".join(encode_base58(data[at : at + 32]) for at in range(0, len(data), 32))


def _named(names: str) -> Reading:
    table = names.split()
    return lambda body: _name(table, body.take(1)[0])


def _all_named(names: str) -> Reading:
    table = names.split()

    def read(body: Body) -> str:
        data = body.rest()
        if len(data) % 2:
            raise UnreadableError("each takes two bytes")
        return ", ".join(_name(table, number) for (number,) in struct.iter_unpack("<H", data))

    return read


def _name(table: list[str], number: int) -> str:
    return table[number] if number < len(table) else str(number)


def _metadata_field(body: Body) -> str:
    (number,) = body.take(1)
    names = ("name", "symbol", "uri")
    return names[number] if number < len(names) else f"key {_text('I')(body)}"


_EXTENSIONS = """
    Uninitialized TransferFeeConfig TransferFeeAmount MintCloseAuthority ConfidentialTransferMint
    ConfidentialTransferAccount DefaultAccountState ImmutableOwner MemoTransfer NonTransferable InterestBearingConfig
    CpiGuard PermanentDelegate NonTransferableAccount TransferHook TransferHookAccount ConfidentialTransferFeeConfig
    ConfidentialTransferFeeAmount MetadataPointer TokenMetadata GroupPointer TokenGroup GroupMemberPointer
    TokenGroupMember ConfidentialMintBurn ScaledUiAmount Pausable PausableAccount PermissionedBurn
"""
_AUTHORITIES = """
    MintTokens FreezeAccount AccountOwner CloseAccount TransferFeeConfig WithheldWithdraw CloseMint InterestRate
    PermanentDelegate ConfidentialTransferMint TransferHookProgramId ConfidentialTransferFeeConfig MetadataPointer
    GroupPointer GroupMemberPointer ScaledUiAmount Pause PermissionedBurn
"""

KINDS: Mapping[str, Reading] = {
    "u8": _number("B"),
    "u16": _number("H"),
    "u32": _number("I"),
    "u64": _number("Q"),
    "i16": _number("h"),
    "i64": _number("q"),
    "f64": _number("d"),
    "bool": _bool,
    "pubkey": _pubkey,
    "pubkey?": _optional(_pubkey),
    "pubkey0": _pubkey_or_zeros,
    "pubkeys": _pubkeys,
    "u64?": _optional(_number("Q")),
    "string": _text("I"),
    "seed": _text("Q"),
    "text": lambda body: printable(body.rest()),
    "hex": lambda body: body.rest().hex(),
    "authority": _named(_AUTHORITIES),
    "state": _named("Uninitialized Initialized Frozen"),
    "extensions": _all_named(_EXTENSIONS),
    "field": _metadata_field,
}
"""How each kind is read. ``?`` follows a flag byte, ``pubkey0`` means none by zeros, ``seed`` counts in eight bytes."""
