"""The tables, the same for every database."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, MetaData, String, Table, Text, UniqueConstraint

__all__ = ["METADATA", "SESSIONS", "TOKENS"]

METADATA = MetaData()

SESSIONS = Table(
    "sessions",
    METADATA,
    Column("session_id", String(100), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("agent", Text, nullable=False),
    Column("prompt", Text),
    Column("wallet", Text),
    Column("benchmark_id", Text),
    Column("flow_id", Text),
    Column("order", Text, nullable=False),
    Column("owner", String(64), nullable=False),
    Column("idempotency_key", String(255)),
    Column("fingerprint", String(64)),
    Column("status", String(16), nullable=False),
    Column("outcome", String(16)),
    Column("events", Integer),
    Column("plan", Text),
    Column("result", Text),
    Column("problem", Text),
    Column("landed", Text),
    Column("created_at", String(24), nullable=False),
    Column("updated_at", String(24), nullable=False),
    Column("started_at", String(24)),
    Column("ended_at", String(24)),
    UniqueConstraint("owner", "idempotency_key", name="uq_sessions_owner_key"),
    Index("ix_sessions_flow", "flow_id", "session_id"),
    Index("ix_sessions_benchmark", "benchmark_id", "session_id"),
    Index("ix_sessions_status", "status", "session_id"),
)

TOKENS = Table(
    "tokens",
    METADATA,
    Column("token_id", String(32), primary_key=True),
    Column("name", Text, nullable=False),
    Column("secret_hash", String(64), nullable=False),
    Column("scope", String(16), nullable=False),
    Column("created_at", String(24), nullable=False),
    Column("revoked_at", String(24)),
)
