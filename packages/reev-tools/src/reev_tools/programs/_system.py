"""The System program: native SOL and the creation of accounts."""

from __future__ import annotations

import struct

from reev_types.chain import AccountMeta, Instruction

from ._layout import InstructionLayout, Program

__all__ = ["LAMPORTS_PER_SIGNATURE", "SYSTEM", "SYSTEM_PROGRAM", "transfer_lamports"]

SYSTEM_PROGRAM = "11111111111111111111111111111111"
LAMPORTS_PER_SIGNATURE = 5_000
"""The base fee that a transaction pays for each of its signatures."""

_TRANSFER = 2


def transfer_lamports(source: str, destination: str, lamports: int) -> Instruction:
    """Build a transfer of native SOL; ``source`` signs."""
    return Instruction(
        program_id=SYSTEM_PROGRAM,
        accounts=(
            AccountMeta(pubkey=source, is_signer=True, is_writable=True),
            AccountMeta(pubkey=destination, is_writable=True),
        ),
        data=struct.pack("<IQ", _TRANSFER, lamports),
    )


def _tag(number: int) -> bytes:
    return struct.pack("<I", number)


SYSTEM = Program(
    "System",
    {
        _tag(0): InstructionLayout("CreateAccount", (("lamports", "Q"), ("space", "Q")), ("funder", "account")),
        _tag(1): InstructionLayout("Assign", (), ("account",)),
        _tag(_TRANSFER): InstructionLayout("Transfer", (("lamports", "Q"),), ("source", "destination")),
        _tag(4): InstructionLayout("AdvanceNonceAccount", (), ("nonce", "recent_blockhashes", "authority")),
        _tag(8): InstructionLayout("Allocate", (("space", "Q"),), ("account",)),
    },
    tag_sizes=(4,),
)
