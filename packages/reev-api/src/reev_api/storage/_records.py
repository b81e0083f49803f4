"""What is kept of sessions and tokens, apart from journals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from reev_api._model import ApiModel
from reev_types.executions import ExecutionStatus

__all__ = [
    "Accepted",
    "NewSession",
    "SessionDetails",
    "SessionEnding",
    "SessionFilter",
    "SessionRecord",
    "Storage",
    "TokenRecord",
]


class NewSession(ApiModel):
    """A session that is about to be accepted."""

    session_id: str
    kind: str
    """``direct``, ``dynamic``, ``recovery`` or ``static``."""
    agent: str
    prompt: str | None
    wallet: str | None
    benchmark_id: str | None
    flow_id: str | None
    order: str
    """What a worker is told, as JSON."""
    owner: str = ""
    """The token that asked for it."""
    idempotency_key: str | None = None
    fingerprint: str | None = None
    """SHA-256 over what was asked for under the key."""


class SessionRecord(ApiModel):
    """Where a session stands."""

    session_id: str
    kind: str
    agent: str
    prompt: str | None
    wallet: str | None
    benchmark_id: str | None
    flow_id: str | None
    status: ExecutionStatus
    outcome: str | None
    events: int | None
    """How many events the journal has, once the session is over."""
    created_at: str
    updated_at: str
    started_at: str | None
    ended_at: str | None
    fingerprint: str | None


class SessionDetails(SessionRecord):
    """Everything that is kept of a session; what is JSON stays JSON."""

    order: str
    plan: str | None
    result: str | None
    problem: str | None
    landed: str | None


class SessionEnding(ApiModel):
    """How a session ended."""

    status: ExecutionStatus
    events: int
    outcome: str | None = None
    result: str | None = None
    problem: str | None = None
    landed: str | None = None


class Accepted(NamedTuple):
    """A session that is kept; not a new one where its owner's key had been used before."""

    session: SessionRecord
    is_new: bool


class SessionFilter(ApiModel):
    """Which sessions are meant; what is None does not matter."""

    flow_id: str | None = None
    benchmark_id: str | None = None
    agent: str | None = None
    kind: str | None = None
    status: ExecutionStatus | None = None


class TokenRecord(ApiModel):
    """A token without its secret."""

    token_id: str
    name: str
    secret_hash: str
    scope: str
    created_at: str
    revoked_at: str | None


class Storage(Protocol):
    """Where sessions and tokens are kept. Every method may raise StorageError ``database_failed``."""

    async def accept(self, session: NewSession) -> Accepted:
        """Keep a new session as queued, or return the one that its owner's idempotency key stands for already."""

    async def session(self, session_id: str) -> SessionDetails | None:
        """Return a session."""

    async def by_key(self, owner: str, key: str) -> SessionRecord | None:
        """Return the session that an owner's idempotency key stands for."""

    async def sessions(self, wanted: SessionFilter, limit: int, before: str | None = None) -> Sequence[SessionRecord]:
        """Return sessions, newest first, at most ``limit`` and only those whose ids sort before ``before``."""

    async def unfinished(self) -> Sequence[SessionDetails]:
        """Return the sessions that have no end, oldest first."""

    async def started(self, session_id: str) -> None:
        """Note that a worker has the session."""

    async def planned(self, session_id: str, flow_id: str, plan: str) -> None:
        """Keep a session's plan."""

    async def ended(self, session_id: str, ending: SessionEnding) -> bool:
        """Keep how a session ended; returns False where it had ended before, which then stands."""

    async def add_token(self, token: TokenRecord) -> None:
        """Keep a token."""

    async def tokens(self) -> Sequence[TokenRecord]:
        """Return all tokens, revoked ones too, oldest first."""

    async def revoke_token(self, token_id: str) -> bool:
        """Make a token worthless; returns False where there is none."""

    async def close(self) -> None:
        """Finish what was asked for and let the database go."""
