"""Token instructions that mean the same, brought to one form: accounts by role, data without what only restates.

``Transfer``, ``TransferChecked`` and Token-2022's ``TransferCheckedWithFee`` differ in a mint account and in numbers
that the program compares with the mint's own; what they transfer is the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from reev_types.tokens import TOKEN_2022_PROGRAM, TOKEN_PROGRAM

__all__ = ["MINT_ROLE", "by_role", "guessed_transfer_roles", "meaning", "transfer_roles"]

MINT_ROLE = "mint"

_TOKEN_PROGRAMS = frozenset({TOKEN_PROGRAM, TOKEN_2022_PROGRAM})
_PLAIN = ("source", "destination", "authority")
_CHECKED = ("source", MINT_ROLE, "destination", "authority")
_TRANSFERS: Mapping[bytes, tuple[str, ...]] = {b"\x03": _PLAIN, b"\x0c": _CHECKED, b"\x1a\x01": _CHECKED}
"""By the leading bytes of the data, which 8 bytes of amount follow: the roles of the accounts in their order."""
_AMOUNT_BYTES = 8

_Account = TypeVar("_Account")


def meaning(program_id: str, data: bytes) -> bytes:
    """Return what ``data`` asks for; equal for all encodings of a transfer of the same amount."""
    prefix = _transfer_prefix(program_id, data)
    return data if prefix is None else b"\x03" + _amount(prefix, data)


def transfer_roles(program_id: str, data: bytes) -> tuple[str, ...] | None:
    """Return the roles of a token transfer's accounts, None for anything else."""
    prefix = _transfer_prefix(program_id, data)
    return None if prefix is None else _TRANSFERS[prefix]


def guessed_transfer_roles(account_count: int) -> tuple[str, ...]:
    """Return the roles of a transfer known by its accounts alone: a fourth one means that the mint is among them."""
    return _CHECKED if account_count >= len(_CHECKED) else _PLAIN


def by_role(accounts: Sequence[_Account], roles: Sequence[str]) -> dict[str, _Account]:
    """Return accounts by role; those beyond ``roles``, such as the signers of a multisig, by position after them."""
    extra = (f"extra {position}" for position in range(len(accounts) - len(roles)))
    return dict(zip((*roles, *extra), accounts, strict=False))


def _transfer_prefix(program_id: str, data: bytes) -> bytes | None:
    if program_id not in _TOKEN_PROGRAMS:
        return None
    return next((p for p in _TRANSFERS if data.startswith(p) and len(_amount(p, data)) == _AMOUNT_BYTES), None)


def _amount(prefix: bytes, data: bytes) -> bytes:
    return data[len(prefix) : len(prefix) + _AMOUNT_BYTES]
