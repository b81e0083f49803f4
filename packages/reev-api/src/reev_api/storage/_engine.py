"""Engines, and the schema brought up to date."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import QueuePool

from reev_types.errors import StorageError, UsageError

__all__ = ["migrate", "open_engine"]

_MIGRATIONS = Path(__file__).parent / "migrations"
_BUSY_MS = 10_000
_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    # A killed process loses nothing; a loss of power may take the last commits, never the database.
    "PRAGMA synchronous=NORMAL",
    f"PRAGMA busy_timeout={_BUSY_MS}",
    "PRAGMA foreign_keys=ON",
)


def open_engine(url: str) -> Engine:
    """Return an engine for SQLite or PostgreSQL; raises UsageError ``bad_database_url``."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise _bad_url("this is no database URL") from error
    match parsed.get_backend_name():
        case "sqlite":
            engine = create_engine(parsed, poolclass=QueuePool, connect_args={"check_same_thread": False})
            event.listen(engine, "connect", _prepare)
            event.listen(engine, "begin", _begin)
            return engine
        case "postgresql":
            return _postgres(parsed.set(drivername="postgresql+psycopg"))
        case other:
            raise _bad_url(f"{other[:32]!r} is no database that reev knows")


def migrate(engine: Engine) -> None:
    """Bring the schema up to date; raises StorageError ``database_failed``."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    try:
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except SQLAlchemyError as error:
        told = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise StorageError("database_failed", f"the database cannot be used: {told[:200]}") from error


def _postgres(url: URL) -> Engine:
    try:
        return create_engine(url, pool_pre_ping=True)
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise UsageError(
            "missing_extra", "PostgreSQL needs a driver", suggestions=("pip install 'reev-api[postgres]'",)
        ) from error


def _prepare(connection: DBAPIConnection, record: object) -> None:
    # The driver would begin transactions by itself, and not where savepoints need them.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin(connection: Connection) -> None:
    # A transaction that reads first and writes later would fail where another has written in between.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")


def _bad_url(message: str) -> UsageError:
    return UsageError(
        "bad_database_url", message, suggestions=("sqlite:///reev.sqlite", "postgresql://user@host/database")
    )
