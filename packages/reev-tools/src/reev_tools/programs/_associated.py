"""The Associated Token Account program: where a wallet keeps a mint by convention."""

from __future__ import annotations

from reev_types.chain import AccountMeta, Instruction

from ._layout import Program, layouts_in
from ._system import SYSTEM_PROGRAM

__all__ = ["ASSOCIATED_TOKEN", "ASSOCIATED_TOKEN_PROGRAM", "create_associated_token_account"]

ASSOCIATED_TOKEN_PROGRAM = "ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL"

_CREATE_IDEMPOTENT = bytes([1])


def create_associated_token_account(payer: str, account: str, owner: str, mint: str, token_program: str) -> Instruction:
    """Build the idempotent creation of ``owner``'s account for ``mint``; ``payer`` signs and pays its rent."""
    return Instruction(
        program_id=ASSOCIATED_TOKEN_PROGRAM,
        accounts=(
            AccountMeta(pubkey=payer, is_signer=True, is_writable=True),
            AccountMeta(pubkey=account, is_writable=True),
            AccountMeta(pubkey=owner),
            AccountMeta(pubkey=mint),
            AccountMeta(pubkey=SYSTEM_PROGRAM),
            AccountMeta(pubkey=token_program),
        ),
        data=_CREATE_IDEMPOTENT,
    )


_TABLE = """
- Create payer account owner mint system_program token_program rent
0 Create payer account owner mint system_program token_program rent
1 CreateIdempotent payer account owner mint system_program token_program rent
2 RecoverNested nested_account nested_mint destination owner_account owner_mint owner token_program
"""


def _tag(number: str) -> bytes:
    return b"" if number == "-" else bytes([int(number)])


ASSOCIATED_TOKEN = Program("Associated Token", layouts_in(_TABLE, _tag))
