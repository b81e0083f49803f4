"""What a transaction costs, from its bytes: surfpool leaves priority fees out of what it says."""

from __future__ import annotations

from solders.message import Message, MessageV0

from reev_tools.programs import LAMPORTS_PER_SIGNATURE, SYSTEM_PROGRAM

__all__ = ["foreseen_fee"]

_COMPUTE_BUDGET = "ComputeBudget111111111111111111111111111111"
_BUILTIN = frozenset({SYSTEM_PROGRAM, _COMPUTE_BUDGET})
_SET_LIMIT, _SET_PRICE = 2, 3
_DEFAULT_UNITS = 200_000
_DEFAULT_BUILTIN_UNITS = 3_000
_MAXIMUM_UNITS = 1_400_000
_MICRO = 10**6


def foreseen_fee(message: Message | MessageV0) -> int:
    """Return the lamports that landing costs: signatures, and compute units asked for times their price."""
    programs = [str(message.account_keys[each.program_id_index]) for each in message.instructions]
    settings = {
        each.data[0]: int.from_bytes(each.data[1:], "little")
        for program, each in zip(programs, message.instructions, strict=True)
        if program == _COMPUTE_BUDGET and each.data
    }
    limit = settings.get(_SET_LIMIT, _default_limit(programs))
    priority = -(-min(limit, _MAXIMUM_UNITS) * settings.get(_SET_PRICE, 0) // _MICRO)
    return LAMPORTS_PER_SIGNATURE * message.header.num_required_signatures + priority


def _default_limit(programs: list[str]) -> int:
    return sum(_DEFAULT_BUILTIN_UNITS if program in _BUILTIN else _DEFAULT_UNITS for program in programs)
