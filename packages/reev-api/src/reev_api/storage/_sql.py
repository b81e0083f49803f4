"""Storage in an SQL database."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from sqlalchemy import BindParameter, ColumnElement, Connection, Engine, Row, and_, bindparam, insert, select, update
from sqlalchemy.exc import SQLAlchemyError

from reev_types.executions import ExecutionStatus
from reev_types.times import Clock

from ._engine import migrate, open_engine
from ._records import (
    Accepted,
    NewSession,
    SessionDetails,
    SessionEnding,
    SessionFilter,
    SessionRecord,
    TokenRecord,
)
from ._tables import SESSIONS, TOKENS
from ._writer import Writer, database_failed

__all__ = ["SqlStorage", "open_storage"]

T = TypeVar("T")
_READERS = 2
_S = SESSIONS.c
_RECORD = [SESSIONS.c[name] for name in SessionRecord.model_fields]
_DETAILS = [SESSIONS.c[name] for name in SessionDetails.model_fields]
_UNFINISHED = (ExecutionStatus.QUEUED.value, ExecutionStatus.RUNNING.value)
_SOON_S = 0.05

# What happens to every session is put together once; to do so takes longer than to execute it.
_NOW: BindParameter[str] = bindparam("now")
_INSERT = insert(SESSIONS)
_STARTED = (
    update(SESSIONS)
    .where(_S.session_id == bindparam("key"), _S.status == ExecutionStatus.QUEUED.value)
    .values(status=ExecutionStatus.RUNNING.value, started_at=_NOW, updated_at=_NOW)
)
_PLANNED = (
    update(SESSIONS)
    .where(_S.session_id == bindparam("key"))
    .values(flow_id=bindparam("new_flow_id"), plan=bindparam("new_plan"), updated_at=_NOW)
)
_ENDED = (
    update(SESSIONS)
    .where(_S.session_id == bindparam("key"), _S.status.in_(_UNFINISHED))
    .values({name: bindparam(f"new_{name}") for name in SessionEnding.model_fields})
    .values(ended_at=_NOW, updated_at=_NOW)
)


def open_storage(url: str, clock: Clock) -> SqlStorage:
    """Open a database and bring its schema up to date; raises UsageError and StorageError."""
    engine = open_engine(url)
    migrate(engine)
    return SqlStorage(engine, clock)


class SqlStorage:
    """Implements ``Storage`` with SQLAlchemy Core: one thread writes, few read, the event loop never waits."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock
        self._writer = Writer(engine)
        self._readers = ThreadPoolExecutor(_READERS, thread_name_prefix="reev-reader")

    async def accept(self, session: NewSession) -> Accepted:
        """Keep a new session, or return the one of its key."""
        return await self._write(lambda connection: self._accept(connection, session))

    async def session(self, session_id: str) -> SessionDetails | None:
        """Return a session."""
        query = select(*_DETAILS).where(_S.session_id == session_id)
        return await self._read(lambda connection: _first(connection.execute(query).first(), SessionDetails))

    async def by_key(self, owner: str, key: str) -> SessionRecord | None:
        """Return the session of an idempotency key."""
        return await self._read(lambda connection: _by_key(connection, owner, key))

    async def sessions(self, wanted: SessionFilter, limit: int, before: str | None = None) -> Sequence[SessionRecord]:
        """Return sessions, newest first."""
        conditions: list[ColumnElement[bool]] = [
            _S[name] == value for name, value in wanted.model_dump(mode="json").items() if value is not None
        ]
        if before is not None:
            conditions.append(_S.session_id < before)
        query = select(*_RECORD).where(and_(True, *conditions)).order_by(_S.session_id.desc()).limit(limit)
        return await self._read(lambda connection: [_record(row) for row in connection.execute(query)])

    async def unfinished(self) -> Sequence[SessionDetails]:
        """Return the sessions that have no end."""
        query = select(*_DETAILS).where(_S.status.in_(_UNFINISHED)).order_by(_S.session_id)
        return await self._read(
            lambda connection: [SessionDetails.model_validate(row._asdict()) for row in connection.execute(query)]
        )

    async def started(self, session_id: str) -> None:
        """Note that a worker has the session."""
        values = {"key": session_id, "now": self._clock.now_iso()}
        await self._write_soon(lambda connection: connection.execute(_STARTED, values))

    async def planned(self, session_id: str, flow_id: str, plan: str) -> None:
        """Keep a session's plan."""
        values = {"key": session_id, "now": self._clock.now_iso(), "new_flow_id": flow_id, "new_plan": plan}
        await self._write_soon(lambda connection: connection.execute(_PLANNED, values))

    async def ended(self, session_id: str, ending: SessionEnding) -> bool:
        """Keep how a session ended, unless it has."""
        new = {f"new_{name}": value for name, value in ending.model_dump(mode="json").items()}
        values = {"key": session_id, "now": self._clock.now_iso(), **new}
        return await self._write(lambda connection: connection.execute(_ENDED, values).rowcount > 0)

    async def add_token(self, token: TokenRecord) -> None:
        """Keep a token."""
        statement = insert(TOKENS).values(token.model_dump())
        await self._write(lambda connection: connection.execute(statement))

    async def tokens(self) -> Sequence[TokenRecord]:
        """Return all tokens."""
        query = select(TOKENS).order_by(TOKENS.c.created_at, TOKENS.c.token_id)
        return await self._read(
            lambda connection: [TokenRecord.model_validate(row._asdict()) for row in connection.execute(query)]
        )

    async def revoke_token(self, token_id: str) -> bool:
        """Make a token worthless."""
        statement = (
            update(TOKENS)
            .where(TOKENS.c.token_id == token_id, TOKENS.c.revoked_at.is_(None))
            .values(revoked_at=self._clock.now_iso())
        )
        return await self._write(lambda connection: connection.execute(statement).rowcount > 0)

    async def close(self) -> None:
        """Finish what was asked for and let the database go."""
        await asyncio.to_thread(self._close)

    def _close(self) -> None:
        self._writer.close()
        self._readers.shutdown()
        self._engine.dispose()

    def _accept(self, connection: Connection, new: NewSession) -> Accepted:
        if new.idempotency_key is not None:
            known = _by_key(connection, new.owner, new.idempotency_key)
            if known is not None:
                return Accepted(known, is_new=False)
        now = self._clock.now_iso()
        row = {**new.model_dump(), "status": ExecutionStatus.QUEUED.value, "created_at": now, "updated_at": now}
        connection.execute(_INSERT, row)
        absent = dict.fromkeys(SessionRecord.model_fields)
        return Accepted(SessionRecord.model_validate(absent | {k: row[k] for k in absent.keys() & row.keys()}), True)

    async def _write(self, work: Callable[[Connection], T]) -> T:
        # A request that is given up does not take back what the writer may be doing already.
        return await asyncio.shield(asyncio.wrap_future(self._writer.submit(work)))

    async def _write_soon(self, work: Callable[[Connection], object]) -> None:
        """Write what nobody waits for together with what somebody does, or after a moment."""
        done = asyncio.wrap_future(self._writer.put_off(work))
        asyncio.get_running_loop().call_later(_SOON_S, self._writer.submit, _nothing)
        await asyncio.shield(done)

    async def _read(self, work: Callable[[Connection], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._reading, work)

    def _reading(self, work: Callable[[Connection], T]) -> T:
        try:
            with self._engine.connect() as connection:
                return work(connection)
        except SQLAlchemyError as error:
            raise database_failed(error) from error


def _nothing(connection: Connection) -> None:
    """Have the writer do what was put off."""


def _by_key(connection: Connection, owner: str, key: str) -> SessionRecord | None:
    query = select(*_RECORD).where(_S.owner == owner, _S.idempotency_key == key)
    return _first(connection.execute(query).first(), SessionRecord)


M = TypeVar("M", bound=SessionRecord)


def _first(row: Row[Any] | None, kind: type[M]) -> M | None:
    return None if row is None else kind.model_validate(row._asdict())


def _record(row: Row[Any]) -> SessionRecord:
    return SessionRecord.model_validate(row._asdict())
