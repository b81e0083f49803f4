"""Address lookup tables, and the accounts that a transaction names directly or through them."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from solders.account import Account
from solders.address_lookup_table_account import AddressLookupTableAccount
from solders.message import MessageV0
from solders.pubkey import Pubkey

from reev_types.errors import ChainError

from ._keys import LOOKUP_TABLE_PROGRAM, pubkey
from ._transactions import ReadTransaction

__all__ = ["NamedAccounts", "lookup_table", "named_accounts"]

Lookup = Callable[[Pubkey], Account | None]

_HEADER = struct.Struct("<IQQB")
_HEADER_BYTES = 56
_INITIALISED = 1
_NEVER = 2**64 - 1


@dataclass(frozen=True, slots=True)
class NamedAccounts:
    """All accounts that a transaction can reach: programs it calls can touch no others."""

    every: tuple[Pubkey, ...]
    """In the VM's order, with the lookup tables themselves at the end."""
    writable: tuple[Pubkey, ...]


def named_accounts(read: ReadTransaction, lookup: Lookup) -> NamedAccounts:
    """Resolve what ``read`` names; a table that cannot be read adds nothing, and the VM will refuse it."""
    message = read.message
    writable = _listed_writable(read)
    if not isinstance(message, MessageV0) or not message.address_table_lookups:
        return NamedAccounts(read.keys, writable)
    tables = message.address_table_lookups
    addresses = [_addresses(lookup(table.account_key)) for table in tables]
    written = [
        key for table, held in zip(tables, addresses, strict=True) for key in _pick(held, table.writable_indexes)
    ]
    only_read = [
        key for table, held in zip(tables, addresses, strict=True) for key in _pick(held, table.readonly_indexes)
    ]
    every = (*read.keys, *written, *only_read, *(table.account_key for table in tables))
    return NamedAccounts(every, (*writable, *written))


def _listed_writable(read: ReadTransaction) -> tuple[Pubkey, ...]:
    # A message lists signers first, and in both groups the writable accounts first.
    header = read.message.header
    signers = header.num_required_signatures
    writable_signers = read.keys[: signers - header.num_readonly_signed_accounts]
    return writable_signers + read.keys[signers : len(read.keys) - header.num_readonly_unsigned_accounts]


def lookup_table(key: Pubkey, account: Account | None, slot: int) -> AddressLookupTableAccount:
    """Return the table with the addresses that are usable in ``slot``.

    Raises ChainError ``unknown_lookup_table`` or ``inactive_lookup_table``.
    """
    if account is None or not _is_table(account):
        raise ChainError("unknown_lookup_table", f"{key} is no address lookup table")
    _, deactivation_slot, extended_slot, extended_from = _HEADER.unpack_from(account.data)
    if deactivation_slot != _NEVER:
        raise ChainError("inactive_lookup_table", f"the lookup table {key} has been deactivated")
    addresses = _addresses(account)
    # What a table gained in this very slot can be used from the next one on.
    return AddressLookupTableAccount(key, addresses if slot > extended_slot else addresses[:extended_from])


def _is_table(account: Account) -> bool:
    if account.owner != pubkey(LOOKUP_TABLE_PROGRAM) or len(account.data) < _HEADER_BYTES:
        return False
    kind: int = _HEADER.unpack_from(account.data)[0]
    return kind == _INITIALISED


def _addresses(account: Account | None) -> list[Pubkey]:
    if account is None or not _is_table(account):
        return []
    return list(_listed(account.data))


@lru_cache(maxsize=64)
def _listed(data: bytes) -> tuple[Pubkey, ...]:
    return tuple(Pubkey(data[at : at + 32]) for at in range(_HEADER_BYTES, len(data) - 31, 32))


def _pick(addresses: list[Pubkey], indexes: bytes) -> list[Pubkey]:
    return [addresses[index] for index in indexes if index < len(addresses)]
