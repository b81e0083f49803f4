"""Token instructions that mean the same, brought to one form: accounts by role, data without what only restates.

``Transfer``, ``TransferChecked`` and Token-2022's ``TransferCheckedWithFee`` differ in a mint account and in numbers
that the program compares with the mint's own; what they transfer is the same.
"""

from __future__ import annotations

from collections.abc import Mapping

from reev_types.chain import AccountMeta, Instruction
from reev_types.tokens import TOKEN_2022_PROGRAM, TOKEN_PROGRAM

__all__ = ["MINT_ROLE", "is_transfer", "meaning", "named_roles", "role_names"]

MINT_ROLE = "mint"

_TOKEN_PROGRAMS = frozenset({TOKEN_PROGRAM, TOKEN_2022_PROGRAM})
_PLAIN = ("source", "destination", "authority")
_CHECKED = ("source", MINT_ROLE, "destination", "authority")
_AMOUNT_BYTES = 8
_TRANSFERS: Mapping[bytes, tuple[str, ...]] = {b"\x03": _PLAIN, b"\x0c": _CHECKED, b"\x1a\x01": _CHECKED}
"""By the leading bytes of the data: the roles of the accounts in their order."""
