"""The market's address lookup table: what swaps and lend calls name, so that they fit into a packet."""

from __future__ import annotations

import struct
from collections.abc import Iterable

from solders.pubkey import Pubkey

from reev_types.chain import AccountState

from ._holdings import rent_lamports

__all__ = ["TABLE_CAPACITY", "table_account", "table_address"]

TABLE_CAPACITY = 256

_PROGRAM = "AddressLookupTab1e1111111111111111111111111"
_HEADER = struct.Struct("<IQQBB32sH")
_INITIALISED = 1
_NEVER = 2**64 - 1


def table_address(authority: str) -> str:
    """Return where the program puts a table that ``authority`` makes in slot 0."""
    seeds = [bytes(Pubkey.from_string(authority)), bytes(8)]
    return str(Pubkey.find_program_address(seeds, Pubkey.from_string(_PROGRAM))[0])


def table_account(address: str, entries: Iterable[str]) -> AccountState:
    """Return a table that nobody can change, filled in slot 0: usable from slot 1 on.

    Raises ValueError for more entries than a table can hold.
    """
    keys = [bytes(Pubkey.from_string(entry)) for entry in dict.fromkeys(entries)]
    if len(keys) > TABLE_CAPACITY:
        raise ValueError(f"a lookup table holds {TABLE_CAPACITY} addresses, not {len(keys)}")
    data = _HEADER.pack(_INITIALISED, _NEVER, 0, 0, 0, bytes(32), 0) + b"".join(keys)
    return AccountState(address=address, owner=_PROGRAM, lamports=rent_lamports(len(data)), data=data)
