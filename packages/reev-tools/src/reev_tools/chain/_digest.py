"""SHA-256 over parts that cannot run into one another."""

from __future__ import annotations

import hashlib

__all__ = ["Digest"]


class Digest:
    """A hash of a sequence of byte strings, each with its length, under a domain of its own."""

    def __init__(self, domain: str) -> None:
        self._hash = hashlib.sha256()
        self.add(domain.encode())

    def add(self, *parts: bytes) -> Digest:
        """Append ``parts`` and return this digest."""
        for part in parts:
            self._hash.update(len(part).to_bytes(8, "little"))
            self._hash.update(part)
        return self

    def digest(self) -> bytes:
        """Return the 32 bytes."""
        return self._hash.digest()

    def hexdigest(self) -> str:
        """Return 64 hexadecimal digits."""
        return self._hash.hexdigest()
