"""Instructions into signed transactions."""

from __future__ import annotations

from collections.abc import Sequence

from solders.address_lookup_table_account import AddressLookupTableAccount
from solders.hash import Hash
from solders.instruction import AccountMeta, Instruction
from solders.message import CompileError, MessageV0, to_bytes_versioned
from solders.transaction import VersionedTransaction

from reev_types import chain
from reev_types.errors import ChainError

from ._keyring import Keyring
from ._keys import pubkey
from ._transactions import ReadTransaction

__all__ = ["compile_message", "sign"]


def compile_message(
    payer: str,
    instructions: Sequence[chain.Instruction],
    tables: Sequence[AddressLookupTableAccount],
    blockhash: Hash,
) -> MessageV0:
    """Return the version 0 message; raises ChainError ``cannot_compile`` when it names too many accounts."""
    try:
        return MessageV0.try_compile(pubkey(payer), [_native(each) for each in instructions], tables, blockhash)
    except CompileError as failure:
        raise ChainError("cannot_compile", f"the instructions do not fit into one message: {failure}") from failure


def sign(message: MessageV0, keyring: Keyring) -> ReadTransaction:
    """Return the transaction with every required signature; raises ChainError ``unknown_signer``."""
    signed = to_bytes_versioned(message)
    signers = message.account_keys[: message.header.num_required_signatures]
    signatures = [keyring.sign(signer, signed) for signer in signers]
    return ReadTransaction.of(VersionedTransaction.populate(message, signatures), message)


def _native(instruction: chain.Instruction) -> Instruction:
    accounts = [AccountMeta(pubkey(meta.pubkey), meta.is_signer, meta.is_writable) for meta in instruction.accounts]
    return Instruction(pubkey(instruction.program_id), instruction.data, accounts)
