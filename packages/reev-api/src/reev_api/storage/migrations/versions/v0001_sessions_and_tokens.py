"""Sessions and tokens."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "sessions",
        sa.Column("session_id", sa.String(100), primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("agent", sa.Text, nullable=False),
        sa.Column("prompt", sa.Text),
        sa.Column("wallet", sa.Text),
        sa.Column("benchmark_id", sa.Text),
        sa.Column("flow_id", sa.Text),
        sa.Column("order", sa.Text, nullable=False),
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("idempotency_key", sa.String(255)),
        sa.Column("fingerprint", sa.String(64)),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("outcome", sa.String(16)),
        sa.Column("events", sa.Integer),
        sa.Column("plan", sa.Text),
        sa.Column("result", sa.Text),
        sa.Column("problem", sa.Text),
        sa.Column("landed", sa.Text),
        sa.Column("created_at", sa.String(24), nullable=False),
        sa.Column("updated_at", sa.String(24), nullable=False),
        sa.Column("started_at", sa.String(24)),
        sa.Column("ended_at", sa.String(24)),
        sa.UniqueConstraint("owner", "idempotency_key", name="uq_sessions_owner_key"),
    )
    for name, column in (("flow", "flow_id"), ("benchmark", "benchmark_id"), ("status", "status")):
        op.create_index(f"ix_sessions_{name}", "sessions", [column, "session_id"])
    op.create_table(
        "tokens",
        sa.Column("token_id", sa.String(32), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("secret_hash", sa.String(64), nullable=False),
        sa.Column("scope", sa.String(16), nullable=False),
        sa.Column("created_at", sa.String(24), nullable=False),
        sa.Column("revoked_at", sa.String(24)),
    )


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("tokens")
    op.drop_table("sessions")
