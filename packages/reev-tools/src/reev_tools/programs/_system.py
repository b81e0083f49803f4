"""The System program: native SOL and the creation of accounts."""

from __future__ import annotations

import struct

from reev_types.chain import AccountMeta, Instruction

from ._layout import Program, layouts_in

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


_TABLE = """
0 CreateAccount(lamports: u64, space: u64, program: pubkey) funder account
1 Assign(program: pubkey) account
2 Transfer(lamports: u64) source destination
3 CreateAccountWithSeed(base: pubkey, seed: seed, lamports: u64, space: u64, program: pubkey) funder account base
4 AdvanceNonceAccount nonce recent_blockhashes authority
5 WithdrawNonceAccount(lamports: u64) source destination recent_blockhashes rent authority
6 InitializeNonceAccount(authority: pubkey) nonce recent_blockhashes rent
7 AuthorizeNonceAccount(new_authority: pubkey) nonce authority
8 Allocate(space: u64) account
9 AllocateWithSeed(base: pubkey, seed: seed, space: u64, program: pubkey) account base
10 AssignWithSeed(base: pubkey, seed: seed, program: pubkey) account base
11 TransferWithSeed(lamports: u64, seed: seed, program: pubkey) source base destination
12 UpgradeNonceAccount nonce
13 CreateAccountAllowPrefund(lamports: u64, space: u64, program: pubkey) account funder
"""

SYSTEM = Program("System", layouts_in(_TABLE, lambda number: struct.pack("<I", int(number))), tag_sizes=(4,))
