"""The Token program and Token-2022, which share their first instructions."""

from __future__ import annotations

import struct
from hashlib import sha256

from reev_types.chain import AccountMeta, Instruction

from ._layout import Program, layouts_in
from ._token_2022 import EXTENSIONS, INTERFACES

__all__ = ["TOKEN", "TOKEN_2022", "close_account", "sync_native", "transfer_checked", "transfer_checked_with_fee"]

_CLOSE_ACCOUNT = 9
_TRANSFER_CHECKED = 12
_SYNC_NATIVE = 17
_TRANSFER_FEE_EXTENSION = 26
_TRANSFER_CHECKED_WITH_FEE = 1


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


def close_account(program: str, account: str, destination: str, owner: str) -> Instruction:
    """Build the removal of a token account; its lamports go to ``destination``, wrapped SOL with them."""
    metas = (
        AccountMeta(pubkey=account, is_writable=True),
        AccountMeta(pubkey=destination, is_writable=True),
        AccountMeta(pubkey=owner, is_signer=True),
    )
    return Instruction(program_id=program, accounts=metas, data=bytes([_CLOSE_ACCOUNT]))


def sync_native(program: str, account: str) -> Instruction:
    """Build what makes lamports sent to an account of wrapped SOL count as its tokens."""
    metas = (AccountMeta(pubkey=account, is_writable=True),)
    return Instruction(program_id=program, accounts=metas, data=bytes([_SYNC_NATIVE]))


def _transfer_metas(source: str, mint: str, destination: str, authority: str) -> tuple[AccountMeta, ...]:
    return (
        AccountMeta(pubkey=source, is_writable=True),
        AccountMeta(pubkey=mint),
        AccountMeta(pubkey=destination, is_writable=True),
        AccountMeta(pubkey=authority, is_signer=True),
    )


_SHARED = """
0 InitializeMint(decimals: u8, mint_authority: pubkey, freeze_authority: pubkey?) mint rent
1 InitializeAccount account mint owner rent
2 InitializeMultisig(required_signers: u8) multisig rent signer…
3 Transfer(amount_raw: u64) source destination authority
4 Approve(amount_raw: u64) source delegate owner
5 Revoke source owner
6 SetAuthority(authority_type: authority, new_authority: pubkey?) account authority
7 MintTo(amount_raw: u64) mint account authority
8 Burn(amount_raw: u64) account mint authority
9 CloseAccount account destination owner
10 FreezeAccount account mint authority
11 ThawAccount account mint authority
12 TransferChecked(amount_raw: u64, decimals: u8) source mint destination authority
13 ApproveChecked(amount_raw: u64, decimals: u8) source mint delegate owner
14 MintToChecked(amount_raw: u64, decimals: u8) mint account authority
15 BurnChecked(amount_raw: u64, decimals: u8) account mint authority
16 InitializeAccount2(owner: pubkey) account mint rent
17 SyncNative account
18 InitializeAccount3(owner: pubkey) account mint
19 InitializeMultisig2(required_signers: u8) multisig signer…
20 InitializeMint2(decimals: u8, mint_authority: pubkey, freeze_authority: pubkey?) mint
21 GetAccountDataSize(extensions: extensions) mint
22 InitializeImmutableOwner account
23 AmountToUiAmount(amount_raw: u64) mint
24 UiAmountToAmount(ui_amount: text) mint
38 WithdrawExcessLamports source destination authority
45 UnwrapLamports(lamports: u64?) source destination authority
255 Batch(data: hex) account…
"""


def _tag(number: str) -> bytes:
    return bytes(map(int, number.split(".")))


def _interface_tag(name: str) -> bytes:
    return sha256(name.encode()).digest()[:8]


TOKEN = Program("Token", layouts_in(_SHARED, _tag), further="signer")
TOKEN_2022 = Program(
    "Token-2022",
    {**layouts_in(INTERFACES, _interface_tag), **layouts_in(_SHARED, _tag), **layouts_in(EXTENSIONS, _tag)},
    tag_sizes=(8, 2, 1),
)
