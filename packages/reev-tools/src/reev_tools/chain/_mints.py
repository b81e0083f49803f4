"""Mints of the Token and Token-2022 programs, to and from bytes."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from reev_types.chain import MintInfo, TransferFee
from reev_types.tokens import TOKEN_2022_PROGRAM, TOKEN_PROGRAM

from ._extensions import MINT, Extension, append_extensions, is_extended, read_extensions
from ._keys import pubkey

__all__ = ["decode_mint", "encode_mint", "is_mint"]

_LAYOUT = struct.Struct("<I32sQBBI32s")
_FEE = struct.Struct("<QQH")
_OLDER_FEE_AT = 72
_NEWER_FEE_AT = 90
_INITIALISED_AT = 45
_ONE = struct.pack("<d", 1.0)


def encode_mint(
    *,
    decimals: int,
    supply_raw: int,
    mint_authority: str | None = None,
    freeze_authority: str | None = None,
    extensions: Iterable[tuple[int, bytes]] = (),
) -> bytes:
    """Return an initialised mint's data; extensions, in Token-2022's numbers, come in the given order."""
    base = _LAYOUT.pack(*_optional(mint_authority), supply_raw, decimals, 1, *_optional(freeze_authority))
    return append_extensions(base, MINT, extensions)


def decode_mint(address: str, program: str, data: bytes, epoch: int) -> MintInfo | None:
    """Return the mint in ``data``, with the transfer fee of ``epoch``; None when it holds none."""
    return _decoded(address, program, data, epoch) if is_mint(program, data) else None


@lru_cache(maxsize=512)
def _decoded(address: str, program: str, data: bytes, epoch: int) -> MintInfo:
    _, _, supply_raw, decimals, _, _, _ = _LAYOUT.unpack_from(data)
    fee: TransferFee | None = None
    try:
        extensions = read_extensions(data)
        fee = _transfer_fee(extensions.get(Extension.TRANSFER_FEE_CONFIG), epoch)
        blocking = _blocking(extensions)
    except (ValueError, struct.error):
        blocking = ("malformed_extensions",)
    return MintInfo(
        address=address,
        program=program,
        decimals=decimals,
        supply_raw=supply_raw,
        transfer_fee=fee,
        blocking_extensions=blocking,
    )


def is_mint(program: str, data: bytes) -> bool:
    """Tell whether ``data``, owned by ``program``, is an initialised mint."""
    if program == TOKEN_2022_PROGRAM:
        shaped = len(data) == _LAYOUT.size or is_extended(data, MINT)
    else:
        shaped = program == TOKEN_PROGRAM and len(data) == _LAYOUT.size
    return shaped and data[_INITIALISED_AT] == 1


def _optional(address: str | None) -> tuple[int, bytes]:
    return (0, bytes(32)) if address is None else (1, bytes(pubkey(address)))


def _transfer_fee(config: bytes | None, epoch: int) -> TransferFee | None:
    if config is None:
        return None
    since, maximum_raw, basis_points = _FEE.unpack_from(config, _NEWER_FEE_AT)
    if epoch < since:
        _, maximum_raw, basis_points = _FEE.unpack_from(config, _OLDER_FEE_AT)
    return TransferFee(basis_points=basis_points, maximum_raw=maximum_raw)


# Content of an unexpected size counts as blocking: each of these must see the harmless value to let it pass.


def _is_frozen(content: bytes) -> bool:
    return content not in (b"\0", b"\1")


def _accrues(content: bytes) -> bool:
    return content[40:42] != bytes(2) or content[50:52] != bytes(2)


def _has_hook(content: bytes) -> bool:
    return content[32:64] != bytes(32)


def _is_scaled(content: bytes) -> bool:
    return content[32:40] != _ONE or content[48:56] != _ONE


def _is_paused(content: bytes) -> bool:
    return content[32:33] != b"\0"


# What an extension does to a transfer, or to the reading of an amount, depends on its content.
_BLOCKING_WHEN: Mapping[int, Callable[[bytes], bool]] = {
    Extension.DEFAULT_ACCOUNT_STATE: _is_frozen,
    Extension.NON_TRANSFERABLE: lambda _: True,
    Extension.INTEREST_BEARING: _accrues,
    Extension.TRANSFER_HOOK: _has_hook,
    Extension.SCALED_UI_AMOUNT: _is_scaled,
    Extension.PAUSABLE: _is_paused,
}
_HARMLESS = frozenset(
    {
        Extension.TRANSFER_FEE_CONFIG,
        Extension.MINT_CLOSE_AUTHORITY,
        Extension.CONFIDENTIAL_TRANSFER_MINT,
        Extension.PERMANENT_DELEGATE,
        Extension.CONFIDENTIAL_TRANSFER_FEE,
        Extension.METADATA_POINTER,
        Extension.TOKEN_METADATA,
        Extension.GROUP_POINTER,
        Extension.TOKEN_GROUP,
        Extension.GROUP_MEMBER_POINTER,
        Extension.TOKEN_GROUP_MEMBER,
        Extension.CONFIDENTIAL_MINT_BURN,
    }
)


def _blocking(extensions: Mapping[int, bytes]) -> tuple[str, ...]:
    return tuple(_name(number) for number, content in sorted(extensions.items()) if _blocks(number, content))


def _blocks(number: int, content: bytes) -> bool:
    decide = _BLOCKING_WHEN.get(number)
    return decide(content) if decide else number not in _HARMLESS


def _name(number: int) -> str:
    return Extension(number).name.lower() if number in _BLOCKING_WHEN else f"unknown_{number}"
