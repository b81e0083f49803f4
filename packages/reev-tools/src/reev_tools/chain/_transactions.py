"""Transactions from bytes: the checks that a node makes before it executes anything."""

from __future__ import annotations

from dataclasses import dataclass

from solders.message import Message, MessageV0, to_bytes_versioned
from solders.pubkey import Pubkey
from solders.transaction import SanitizeError, VersionedTransaction

from reev_types.chain import SignedTransaction
from reev_types.errors import ChainError

from ._keyring import Keyring
from ._refusal import RefusalError

__all__ = ["PACKET_BYTES", "ReadTransaction", "TransactionReader", "signed_transaction"]

PACKET_BYTES = 1232
"""The largest transaction that fits into one packet of Solana's network."""

_REMEMBERED = 64


@dataclass(frozen=True, slots=True)
class ReadTransaction:
    """A well-formed transaction whose signatures are valid."""

    transaction: VersionedTransaction
    message: Message | MessageV0
    signature: str
    keys: tuple[Pubkey, ...]
    """The accounts that the message itself lists; the fee payer comes first."""

    @classmethod
    def of(cls, transaction: VersionedTransaction, message: Message | MessageV0) -> ReadTransaction:
        """Wrap a transaction that is known to be valid."""
        return cls(transaction, message, str(transaction.signatures[0]), tuple(message.account_keys))


class TransactionReader:
    """Decodes and checks transactions; what it has seen to be valid lately is not checked again."""

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring
        self._valid: dict[bytes, ReadTransaction] = {}

    def remember(self, raw: bytes, transaction: ReadTransaction) -> None:
        """Take ``transaction`` for valid: it was signed here a moment ago."""
        if len(self._valid) == _REMEMBERED:
            del self._valid[next(iter(self._valid))]
        self._valid[raw] = transaction

    def read(self, raw: bytes) -> ReadTransaction:
        """Return the transaction; raises RefusalError when no node would take it."""
        if len(raw) > PACKET_BYTES:
            raise RefusalError("too_large", f"{len(raw)} bytes exceed the limit of {PACKET_BYTES} for a transaction")
        known = self._valid.get(raw)
        if known is not None:
            return known
        transaction = _decode(raw)
        message = transaction.message
        if not isinstance(message, Message | MessageV0):
            raise RefusalError("invalid_transaction", "only legacy and version 0 transactions are supported")
        read = ReadTransaction.of(transaction, message)
        self._check_signatures(read)
        self.remember(raw, read)
        return read

    def _check_signatures(self, read: ReadTransaction) -> None:
        signed = to_bytes_versioned(read.message)
        for signer, signature in zip(read.keys, read.transaction.signatures, strict=False):
            if not self._keyring.verify(signer, signature, signed):
                raise RefusalError("missing_signature", f"{signer} has not signed the transaction")


def signed_transaction(raw: bytes) -> SignedTransaction:
    """Return a transaction that was signed before, from its bytes, as ready to be sent as it was then.

    Raises ChainError ``invalid_transaction``.
    """
    try:
        transaction = _decode(raw)
    except RefusalError as refusal:
        raise ChainError("invalid_transaction", refusal.failure.message) from refusal
    blockhash = transaction.message.recent_blockhash
    return SignedTransaction(raw=raw, signature=str(transaction.signatures[0]), blockhash=str(blockhash))


def _decode(raw: bytes) -> VersionedTransaction:
    try:
        transaction = VersionedTransaction.from_bytes(raw)
    except ValueError as failure:
        raise RefusalError("invalid_transaction", f"the bytes are no transaction: {failure}") from failure
    try:
        transaction.sanitize()
    except SanitizeError as failure:
        raise RefusalError("invalid_transaction", f"the transaction contradicts itself: {failure}") from failure
    if bytes(transaction) != raw:
        raise RefusalError("invalid_transaction", "bytes follow the transaction")
    return transaction
