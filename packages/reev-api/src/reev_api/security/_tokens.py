"""Tokens: ``reev_<id>_<secret>``, of which the server keeps the id and a hash of the secret."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
from enum import StrEnum

from reev_api.storage import TokenRecord
from reev_types.times import Clock

__all__ = ["Scope", "is_secret_of", "new_token", "parts"]

_TOKEN = re.compile(r"reev_([0-9a-f]{16})_([0-9a-f]{64})", re.ASCII)


class Scope(StrEnum):
    """What a token is good for; each scope has what those before it have."""

    READ = "read"
    EXECUTE = "execute"
    ADMIN = "admin"

    def covers(self, wanted: Scope) -> bool:
        """Tell whether this scope is enough for what ``wanted`` stands for."""
        order = list(Scope)
        return order.index(self) >= order.index(wanted)


def new_token(name: str, scope: Scope, clock: Clock) -> tuple[TokenRecord, str]:
    """Return what is kept of a new token, and the token, which nobody can learn again.

    The secret has 256 random bits, so that one round of SHA-256 is enough to hide it.
    """
    token_id, secret = os.urandom(8).hex(), os.urandom(32).hex()
    record = TokenRecord(
        token_id=token_id,
        name=name,
        secret_hash=_hash(secret),
        scope=scope.value,
        created_at=clock.now_iso(),
        revoked_at=None,
    )
    return record, f"reev_{token_id}_{secret}"


def parts(token: str) -> tuple[str, str] | None:
    """Return a token's id and secret, or None for what is no token."""
    found = _TOKEN.fullmatch(token)
    return None if found is None else (found[1], found[2])


def is_secret_of(record: TokenRecord, secret: str) -> bool:
    """Tell whether a secret is the token's, in the same time for every wrong one."""
    return hmac.compare_digest(_hash(secret), record.secret_hash)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
