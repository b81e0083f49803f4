"""The Compute Budget program: how much a transaction may compute, and what it bids for that."""

from __future__ import annotations

import struct

from reev_types.chain import Instruction

from ._layout import Program, layouts_in

__all__ = [
    "COMPUTE_BUDGET",
    "COMPUTE_BUDGET_PROGRAM",
    "MAX_COMPUTE_UNITS",
    "set_compute_unit_limit",
    "set_compute_unit_price",
]

COMPUTE_BUDGET_PROGRAM = "ComputeBudget111111111111111111111111111111"
MAX_COMPUTE_UNITS = 1_400_000
"""The most that a transaction may ask for."""

_SET_COMPUTE_UNIT_LIMIT = 2
_SET_COMPUTE_UNIT_PRICE = 3


def set_compute_unit_limit(units: int) -> Instruction:
    """Build the limit of the whole transaction, in compute units."""
    return _instruction(struct.pack("<BI", _SET_COMPUTE_UNIT_LIMIT, units))


def set_compute_unit_price(micro_lamports: int) -> Instruction:
    """Build the bid for priority: micro-lamports for each unit of the limit, used or not."""
    return _instruction(struct.pack("<BQ", _SET_COMPUTE_UNIT_PRICE, micro_lamports))


def _instruction(data: bytes) -> Instruction:
    return Instruction(program_id=COMPUTE_BUDGET_PROGRAM, accounts=(), data=data)


_TABLE = """
0 RequestUnits(units: u32, additional_fee_lamports: u32)
1 RequestHeapFrame(bytes: u32)
2 SetComputeUnitLimit(units: u32)
3 SetComputeUnitPrice(micro_lamports: u64)
4 SetLoadedAccountsDataSizeLimit(bytes: u32)
"""

COMPUTE_BUDGET = Program("Compute Budget", layouts_in(_TABLE, lambda number: bytes([int(number)])))
