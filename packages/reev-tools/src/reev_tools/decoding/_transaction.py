"""Signed transactions in words, from nothing but their bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from solders.instruction import CompiledInstruction
from solders.message import Message, MessageV0
from solders.transaction import SanitizeError, VersionedTransaction

from reev_types.chain import AccountMeta, Instruction
from reev_types.events import InstructionView

from ._describe import describe_all

__all__ = ["describe_transaction"]


def describe_transaction(
    raw: bytes, tables: Mapping[str, Sequence[str]] | None = None
) -> tuple[InstructionView, ...] | None:
    """Describe a transaction's instructions, or return None when ``raw`` is no transaction that a node would read.

    ``tables`` holds the addresses of lookup tables; an account from a table that is not there, or is too short, is
    called by its place: ``9AKC…[3]`` with the table's full address.
    """
    try:
        transaction = VersionedTransaction.from_bytes(raw)
        transaction.sanitize()
    except (ValueError, SanitizeError):
        return None
    message = transaction.message
    if not isinstance(message, Message | MessageV0):
        return None
    keys = _keys(message, tables or {})
    return describe_all([_instruction(compiled, keys) for compiled in message.instructions])


def _keys(message: Message | MessageV0, tables: Mapping[str, Sequence[str]]) -> list[str]:
    keys = [str(key) for key in message.account_keys]
    if isinstance(message, Message):
        return keys
    lookups = [(str(lookup.account_key), lookup) for lookup in message.address_table_lookups]
    written = [_looked_up(tables, table, at) for table, lookup in lookups for at in lookup.writable_indexes]
    only_read = [_looked_up(tables, table, at) for table, lookup in lookups for at in lookup.readonly_indexes]
    return keys + written + only_read


def _looked_up(tables: Mapping[str, Sequence[str]], table: str, at: int) -> str:
    held = tables.get(table, ())
    return held[at] if at < len(held) else f"{table}[{at}]"


def _instruction(compiled: CompiledInstruction, keys: Sequence[str]) -> Instruction:
    # Unchecked, since a place in a table is no address.
    metas = tuple(AccountMeta.model_construct(pubkey=keys[at]) for at in compiled.accounts)
    return Instruction.model_construct(
        program_id=keys[compiled.program_id_index], accounts=metas, data=bytes(compiled.data)
    )
