"""The Address Lookup Table program: lists of addresses that transactions name by their place."""

from __future__ import annotations

import struct

from ._layout import Program, layouts_in

__all__ = ["LOOKUP_TABLE", "LOOKUP_TABLE_PROGRAM"]

LOOKUP_TABLE_PROGRAM = "AddressLookupTab1e1111111111111111111111111"

_TABLE = """
0 CreateLookupTable(recent_slot: u64, bump: u8) lookup_table authority payer system_program
1 FreezeLookupTable lookup_table authority
2 ExtendLookupTable(new_addresses: pubkeys) lookup_table authority payer system_program
3 DeactivateLookupTable lookup_table authority
4 CloseLookupTable lookup_table authority recipient
"""

LOOKUP_TABLE = Program(
    "Address Lookup Table", layouts_in(_TABLE, lambda number: struct.pack("<I", int(number))), tag_sizes=(4,)
)
