"""The few instructions that a contract suite needs, written out byte by byte."""

from __future__ import annotations

import struct

from reev_types.addresses import decode_base58
from reev_types.chain import AccountMeta, Instruction

__all__ = [
    "LOOKUP_TABLE_PROGRAM",
    "SYSTEM_PROGRAM",
    "create_token_account",
    "lookup_table_data",
    "transfer_lamports",
    "transfer_tokens",
]

SYSTEM_PROGRAM = "11111111111111111111111111111111"
LOOKUP_TABLE_PROGRAM = "AddressLookupTab1e1111111111111111111111111"
_ASSOCIATED_TOKEN_PROGRAM = "ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL"
_SYSTEM_TRANSFER = 2
_TOKEN_TRANSFER_CHECKED = 12
_ACTIVE = 2**64 - 1


def transfer_lamports(source: str, target: str, lamports: int) -> Instruction:
    """Return the System program's transfer."""
    return Instruction(
        program_id=SYSTEM_PROGRAM,
        accounts=(
            AccountMeta(pubkey=source, is_signer=True, is_writable=True),
            AccountMeta(pubkey=target, is_writable=True),
        ),
        data=struct.pack("<IQ", _SYSTEM_TRANSFER, lamports),
    )


def transfer_tokens(
    program: str, source: str, mint: str, target: str, *, owner: str, amount_raw: int, decimals: int
) -> Instruction:
    """Return a token program's TransferChecked between two token accounts."""
    return Instruction(
        program_id=program,
        accounts=(
            AccountMeta(pubkey=source, is_writable=True),
            AccountMeta(pubkey=mint),
            AccountMeta(pubkey=target, is_writable=True),
            AccountMeta(pubkey=owner, is_signer=True),
        ),
        data=struct.pack("<BQB", _TOKEN_TRANSFER_CHECKED, amount_raw, decimals),
    )


def create_token_account(payer: str, account: str, owner: str, mint: str, program: str) -> Instruction:
    """Return the idempotent creation of ``owner``'s associated token account."""
    return Instruction(
        program_id=_ASSOCIATED_TOKEN_PROGRAM,
        accounts=(
            AccountMeta(pubkey=payer, is_signer=True, is_writable=True),
            AccountMeta(pubkey=account, is_writable=True),
            AccountMeta(pubkey=owner),
            AccountMeta(pubkey=mint),
            AccountMeta(pubkey=SYSTEM_PROGRAM),
            AccountMeta(pubkey=program),
        ),
        data=b"\1",
    )


def lookup_table_data(*addresses: str) -> bytes:
    """Return the data of an active lookup table without an authority."""
    header = struct.pack("<IQQBB32sH", 1, _ACTIVE, 0, 0, 0, bytes(32), 0)
    return header + b"".join(map(decode_base58, addresses))
