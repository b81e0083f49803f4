"""What the routes of one server share."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from reev_api.executions import Executions
from reev_api.journals import FileJournals
from reev_api.live import Live
from reev_api.security import Authority, Rates
from reev_api.settings import ServerSettings
from reev_api.storage import Storage, open_storage
from reev_runner.system import SystemClock, SystemIds
from reev_types.errors import StorageError
from reev_types.times import Clock, IdSource

__all__ = ["Served", "Services", "opened_services"]


@dataclass(frozen=True, slots=True)
class Services:
    """Everything that a route may need."""

    settings: ServerSettings
    storage: Storage
    live: Live
    executions: Executions
    authority: Authority
    rates: Rates
    clock: Clock
    ids: IdSource


@asynccontextmanager
async def opened_services(settings: ServerSettings) -> AsyncIterator[Services]:
    """Yield the services of a server, with its workers running. Raises UsageError and StorageError."""
    try:
        settings.journals.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError("storage_failed", f"cannot create {settings.journals}: {error.strerror}") from error
    clock = SystemClock()
    storage = open_storage(settings.database, clock)
    journals = FileJournals(settings.journals)
    live = Live(journals, storage, settings.heartbeat_s)
    executions = Executions(storage, journals, live, settings)
    try:
        await executions.open()
        yield Services(
            settings=settings,
            storage=storage,
            live=live,
            executions=executions,
            authority=Authority(storage, clock, enabled=settings.auth),
            rates=Rates(settings.requests_per_second, settings.request_burst, clock),
            clock=clock,
            ids=SystemIds(clock),
        )
    finally:
        live.release()
        await executions.close()
        await storage.close()


async def _services(connection: HTTPConnection) -> Services:
    services: Services = connection.app.state.services
    return services


Served = Annotated[Services, Depends(_services)]
