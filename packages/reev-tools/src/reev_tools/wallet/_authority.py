"""What must not outlast a transaction: power over the wallet or its tokens in other hands.

Balances do not show it, so it could not be judged by them.
"""

from __future__ import annotations

from collections.abc import Iterable

from reev_tools.programs import SYSTEM_PROGRAM
from reev_types.chain import Instruction
from reev_types.errors import UsageError
from reev_types.tokens import TOKEN_2022_PROGRAM, TOKEN_PROGRAM

__all__ = ["check_authority"]

_ASSIGN, _ALLOCATE, _ALLOCATE_WITH_SEED, _ASSIGN_WITH_SEED = 1, 8, 9, 10
_APPROVE, _SET_AUTHORITY, _APPROVE_CHECKED = 4, 6, 13

_OF_SYSTEM = {n.to_bytes(4, "little") for n in (_ASSIGN, _ALLOCATE, _ALLOCATE_WITH_SEED, _ASSIGN_WITH_SEED)}
_OF_TOKEN = {bytes([n]) for n in (_APPROVE, _SET_AUTHORITY, _APPROVE_CHECKED)}


def check_authority(instructions: Iterable[Instruction], wallet: str) -> None:
    """Raise UsageError ``lasting_authority`` where an instruction gives away the wallet or power over its tokens."""
    for instruction in instructions:
        if _gives_wallet_away(instruction, wallet) or _empowers(instruction):
            raise UsageError(
                "lasting_authority",
                f"an instruction of {instruction.program_id} would leave somebody else with power over the wallet",
                suggestions=("transfer what has to be transferred, and nothing more",),
            )


def _gives_wallet_away(instruction: Instruction, wallet: str) -> bool:
    if instruction.program_id != SYSTEM_PROGRAM or instruction.data[:4] not in _OF_SYSTEM:
        return False
    return bool(instruction.accounts) and instruction.accounts[0].pubkey == wallet


def _empowers(instruction: Instruction) -> bool:
    return instruction.program_id in (TOKEN_PROGRAM, TOKEN_2022_PROGRAM) and instruction.data[:1] in _OF_TOKEN
