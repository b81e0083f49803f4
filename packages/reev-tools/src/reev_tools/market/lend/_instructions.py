"""The instructions of the lend program, built as a wallet would and read back from any transaction."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from hashlib import sha256
from typing import NamedTuple

from reev_tools.chain import associated_token_address
from reev_tools.programs import ASSOCIATED_TOKEN_PROGRAM, SYSTEM_PROGRAM
from reev_types.chain import AccountMeta, Instruction

from ._addresses import LEND_PROGRAM, LENDING_ADMIN, LIQUIDITY, LIQUIDITY_PROGRAM, VaultAddresses
from ._model import LendOperation

__all__ = [
    "LEND_INSTRUCTIONS",
    "LendCall",
    "LendInstruction",
    "decode_lend_instruction",
    "lend_instruction",
]

_LIQUIDITY_ROLES = (
    "supply_token_reserves_liquidity",
    "lending_supply_position_on_liquidity",
    "rate_model",
    "vault",
)
_LAST_ROLES = (
    "liquidity",
    "liquidity_program",
    "rewards_rate_model",
    "token_program",
    "associated_token_program",
    "system_program",
)
_DEPOSIT_ROLES = (
    *("signer", "depositor_token_account", "recipient_token_account"),
    *("mint", "lending_admin", "lending", "f_token_mint"),
    *_LIQUIDITY_ROLES,
    *_LAST_ROLES,
)
_WITHDRAW_ROLES = (
    *("signer", "owner_token_account", "recipient_token_account"),
    *("lending_admin", "lending", "mint", "f_token_mint"),
    *_LIQUIDITY_ROLES,
    "claim_account",
    *_LAST_ROLES,
)
_READ_ONLY = frozenset(
    {
        "mint",
        "lending_admin",
        "rate_model",
        "liquidity_program",
        "rewards_rate_model",
        "token_program",
        "associated_token_program",
        "system_program",
    }
)


class LendInstruction(NamedTuple):
    """The shape of one instruction."""

    name: str
    operation: LendOperation
    arguments: tuple[str, ...]
    """Names of its u64 arguments."""

    @property
    def discriminator(self) -> bytes:
        """The eight bytes that its data starts with."""
        return sha256(f"global:{self.name}".encode()).digest()[:8]

    @property
    def roles(self) -> tuple[str, ...]:
        """What its accounts are, in order."""
        return _WITHDRAW_ROLES if self.operation.takes_out else _DEPOSIT_ROLES


LEND_INSTRUCTIONS: tuple[LendInstruction, ...] = (
    LendInstruction("deposit", LendOperation.DEPOSIT, ("assets",)),
    LendInstruction("deposit_with_min_amount_out", LendOperation.DEPOSIT, ("assets", "min_amount_out")),
    LendInstruction("mint", LendOperation.MINT, ("shares",)),
    LendInstruction("mint_with_max_assets", LendOperation.MINT, ("shares", "max_assets")),
    LendInstruction("withdraw", LendOperation.WITHDRAW, ("amount",)),
    LendInstruction("withdraw_with_max_shares_burn", LendOperation.WITHDRAW, ("amount", "max_shares_burn")),
    LendInstruction("redeem", LendOperation.REDEEM, ("shares",)),
    LendInstruction("redeem_with_min_amount_out", LendOperation.REDEEM, ("shares", "min_amount_out")),
)
_BY_DISCRIMINATOR = {shape.discriminator: shape for shape in LEND_INSTRUCTIONS}
_BY_USE = {(shape.operation, len(shape.arguments) == 2): shape for shape in LEND_INSTRUCTIONS}


class LendCall(NamedTuple):
    """A decoded instruction."""

    shape: LendInstruction
    arguments: Mapping[str, int]
    accounts: Mapping[str, str]
    """Addresses by role; accounts beyond the interface are left out."""


def lend_instruction(
    operation: LendOperation,
    vault: VaultAddresses,
    owner: str,
    amount_raw: int,
    *,
    bound_raw: int | None = None,
    accounts: Mapping[str, str] | None = None,
) -> Instruction:
    """Build a call that ``owner`` signs, from and to its associated token accounts, which must exist.

    ``bound_raw`` chooses the guarded form: the least that may come out of a deposit (shares) or redeem (assets), the
    most that a mint may cost (assets) or a withdraw burn (shares). ``accounts`` replaces accounts by role.
    """
    shape = _BY_USE[operation, bound_raw is not None]
    values = [amount_raw] if bound_raw is None else [amount_raw, bound_raw]
    addresses = {**_addresses(operation, vault, owner), **(accounts or {})}
    return Instruction(
        program_id=LEND_PROGRAM,
        accounts=tuple(
            AccountMeta(pubkey=addresses[role], is_signer=role == "signer", is_writable=role not in _READ_ONLY)
            for role in shape.roles
        ),
        data=shape.discriminator + struct.pack(f"<{len(values)}Q", *values),
    )


def decode_lend_instruction(instruction: Instruction) -> LendCall | None:
    """Return what an instruction asks of the lend program, or None when it is not a well-formed call of it."""
    shape = _BY_DISCRIMINATOR.get(instruction.data[:8])
    body = instruction.data[8:]
    if instruction.program_id != LEND_PROGRAM or shape is None or len(body) != 8 * len(shape.arguments):
        return None
    if len(instruction.accounts) < len(shape.roles):
        return None
    values = struct.unpack(f"<{len(shape.arguments)}Q", body)
    return LendCall(
        shape=shape,
        arguments=dict(zip(shape.arguments, values, strict=True)),
        accounts=dict(zip(shape.roles, (meta.pubkey for meta in instruction.accounts), strict=False)),
    )


def _addresses(operation: LendOperation, vault: VaultAddresses, owner: str) -> dict[str, str]:
    assets = associated_token_address(owner, vault.mint, vault.token_program)
    shares = associated_token_address(owner, vault.f_token_mint, vault.token_program)
    return {
        "signer": owner,
        "depositor_token_account": assets,
        "owner_token_account": shares,
        "recipient_token_account": assets if operation.takes_out else shares,
        "mint": vault.mint,
        "lending_admin": LENDING_ADMIN,
        "lending": vault.lending,
        "f_token_mint": vault.f_token_mint,
        "supply_token_reserves_liquidity": vault.reserve,
        "lending_supply_position_on_liquidity": vault.position,
        "rate_model": vault.rate_model,
        "vault": vault.vault,
        "claim_account": vault.claim,
        "liquidity": LIQUIDITY,
        "liquidity_program": LIQUIDITY_PROGRAM,
        "rewards_rate_model": vault.rewards_rate_model,
        "token_program": vault.token_program,
        "associated_token_program": ASSOCIATED_TOKEN_PROGRAM,
        "system_program": SYSTEM_PROGRAM,
    }
