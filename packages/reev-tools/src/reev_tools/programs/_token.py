"""The Token program and Token-2022, which share their first instructions."""

from __future__ import annotations

import struct

from reev_types.chain import AccountMeta, Instruction

from ._layout import InstructionLayout, Program

__all__ = ["TOKEN", "TOKEN_2022", "transfer_checked", "transfer_checked_with_fee"]

_TRANSFER_CHECKED = 12
_TRANSFER_FEE_EXTENSION = 26
_TRANSFER_CHECKED_WITH_FEE = 1

_AMOUNT = (("amount_raw", "Q"),)
_CHECKED = (("amount_raw", "Q"), ("decimals", "B"))
_TRANSFER_ROLES = ("source", "mint", "destination", "authority")


def transfer_checked(
    program: str, source: str, mint: str, destination: str, authority: str, amount_raw: int, decimals: int
) -> Instruction:
    """Build a transfer that the program refuses when mint or decimals are not those of the accounts."""
    data = struct.pack("<BQB", _TRANSFER_CHECKED, amount_raw, decimals)
    return Instruction(program_id=program, accounts=_transfer_metas(source, mint, destination, authority), data=data)


def transfer_checked_with_fee(
    program: str, source: str, mint: str, destination: str, authority: str, amount_raw: int, decimals: int, fee_raw: int
) -> Instruction:
    """Build a Token-2022 transfer that the program refuses when it would withhold another fee than ``fee_raw``."""
    data = struct.pack("<BBQBQ", _TRANSFER_FEE_EXTENSION, _TRANSFER_CHECKED_WITH_FEE, amount_raw, decimals, fee_raw)
    return Instruction(program_id=program, accounts=_transfer_metas(source, mint, destination, authority), data=data)


def _transfer_metas(source: str, mint: str, destination: str, authority: str) -> tuple[AccountMeta, ...]:
    return (
        AccountMeta(pubkey=source, is_writable=True),
        AccountMeta(pubkey=mint),
        AccountMeta(pubkey=destination, is_writable=True),
        AccountMeta(pubkey=authority, is_signer=True),
    )


_SHARED: dict[bytes, InstructionLayout] = {
    bytes([1]): InstructionLayout("InitializeAccount", (), ("account", "mint", "owner", "rent")),
    bytes([3]): InstructionLayout("Transfer", _AMOUNT, ("source", "destination", "authority")),
    bytes([4]): InstructionLayout("Approve", _AMOUNT, ("source", "delegate", "owner")),
    bytes([5]): InstructionLayout("Revoke", (), ("source", "owner")),
    bytes([6]): InstructionLayout("SetAuthority", (("authority_type", "B"),), ("account", "authority")),
    bytes([7]): InstructionLayout("MintTo", _AMOUNT, ("mint", "account", "authority")),
    bytes([8]): InstructionLayout("Burn", _AMOUNT, ("account", "mint", "authority")),
    bytes([9]): InstructionLayout("CloseAccount", (), ("account", "destination", "owner")),
    bytes([_TRANSFER_CHECKED]): InstructionLayout("TransferChecked", _CHECKED, _TRANSFER_ROLES),
    bytes([13]): InstructionLayout("ApproveChecked", _CHECKED, ("source", "mint", "delegate", "owner")),
    bytes([14]): InstructionLayout("MintToChecked", _CHECKED, ("mint", "account", "authority")),
    bytes([15]): InstructionLayout("BurnChecked", _CHECKED, ("account", "mint", "authority")),
    bytes([17]): InstructionLayout("SyncNative", (), ("account",)),
    bytes([18]): InstructionLayout("InitializeAccount3", (), ("account", "mint")),
    bytes([20]): InstructionLayout("InitializeMint2", (("decimals", "B"),), ("mint",)),
}

TOKEN = Program("Token", _SHARED)
TOKEN_2022 = Program(
    "Token-2022",
    {
        **_SHARED,
        bytes([_TRANSFER_FEE_EXTENSION, _TRANSFER_CHECKED_WITH_FEE]): InstructionLayout(
            "TransferCheckedWithFee", (*_CHECKED, ("fee_raw", "Q")), _TRANSFER_ROLES
        ),
    },
    tag_sizes=(2, 1),
)
