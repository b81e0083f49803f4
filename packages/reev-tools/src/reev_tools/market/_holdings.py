"""Token accounts that the market owns, as their programs would have made them."""

from __future__ import annotations

from reev_tools.chain import associated_token_address, encode_token_account
from reev_types.chain import AccountState
from reev_types.tokens import SOL_MINT, TOKEN_2022_PROGRAM

__all__ = ["holding", "rent_lamports"]

_RENT_LAMPORTS_PER_BYTE = 6_960
_ACCOUNT_OVERHEAD_BYTES = 128
_PLAIN_BYTES = 165
_IMMUTABLE_OWNER = (7, b"")


def holding(owner: str, mint: str, program: str, amount_raw: int) -> AccountState:
    """Return the associated token account of ``owner``; wrapped SOL is backed by lamports."""
    native = mint == SOL_MINT
    data = encode_token_account(
        mint=mint,
        owner=owner,
        amount_raw=amount_raw,
        native_reserve=rent_lamports(_PLAIN_BYTES) if native else None,
        extensions=[_IMMUTABLE_OWNER] if program == TOKEN_2022_PROGRAM else [],
    )
    lamports = rent_lamports(len(data)) + (amount_raw if native else 0)
    address = associated_token_address(owner, mint, program)
    return AccountState(address=address, owner=program, lamports=lamports, data=data)


def rent_lamports(size: int) -> int:
    """Return the lamports that keep ``size`` bytes rent-exempt."""
    return (_ACCOUNT_OVERHEAD_BYTES + size) * _RENT_LAMPORTS_PER_BYTE
