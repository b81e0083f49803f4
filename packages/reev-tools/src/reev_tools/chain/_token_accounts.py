"""Token accounts of the Token and Token-2022 programs, to and from bytes."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from functools import lru_cache

from solders.pubkey import Pubkey

from reev_types.chain import TokenAccount
from reev_types.tokens import TOKEN_2022_PROGRAM, TOKEN_PROGRAM

from ._extensions import ACCOUNT, append_extensions, is_extended
from ._keys import pubkey

__all__ = ["decode_token_account", "encode_token_account", "token_owner"]

_LAYOUT = struct.Struct("<32s32sQ36sBIQQ36s")
_OWNER = slice(32, 64)
_INITIALISED = 1
_FROZEN = 2


def encode_token_account(
    *,
    mint: str,
    owner: str,
    amount_raw: int,
    frozen: bool = False,
    native_reserve: int | None = None,
    extensions: Iterable[tuple[int, bytes]] = (),
) -> bytes:
    """Return a token account's data.

    ``native_reserve`` marks an account of the native mint: the lamports in it that are rent, not tokens.
    """
    base = _LAYOUT.pack(
        bytes(pubkey(mint)),
        bytes(pubkey(owner)),
        amount_raw,
        bytes(36),
        _FROZEN if frozen else _INITIALISED,
        0 if native_reserve is None else 1,
        native_reserve or 0,
        0,
        bytes(36),
    )
    return append_extensions(base, ACCOUNT, extensions)


def decode_token_account(address: str, program: str, data: bytes) -> TokenAccount | None:
    """Return the token account in ``data``, or None when it holds none."""
    return _decoded(address, program, data) if _is_token_account(program, data) else None


# Most accounts are read again and again between two transactions that change them.
@lru_cache(maxsize=2048)
def _decoded(address: str, program: str, data: bytes) -> TokenAccount | None:
    mint, owner, amount_raw, _, state, *_ = _LAYOUT.unpack_from(data)
    if state not in (_INITIALISED, _FROZEN):
        return None
    return TokenAccount(
        address=address,
        mint=str(Pubkey(mint)),
        owner=str(Pubkey(owner)),
        amount_raw=amount_raw,
        program=program,
        frozen=state == _FROZEN,
    )


def token_owner(program: str, data: bytes) -> bytes | None:
    """Return the 32 bytes of a token account's owner without decoding the rest, or None."""
    return data[_OWNER] if _is_token_account(program, data) else None


def _is_token_account(program: str, data: bytes) -> bool:
    if len(data) == _LAYOUT.size:
        return program in (TOKEN_PROGRAM, TOKEN_2022_PROGRAM)
    return program == TOKEN_2022_PROGRAM and is_extended(data, ACCOUNT)
