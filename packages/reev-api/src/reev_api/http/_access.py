"""Which scope a route takes."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends
from fastapi.security import HTTPBearer
from starlette.requests import HTTPConnection

from reev_api._problems import ProblemError
from reev_api.security import Caller, Scope, check_scope

from ._services import Served

__all__ = ["BEARER", "Administrator", "Executor", "Reader"]

BEARER = HTTPBearer(auto_error=False, description="A token that `reev tokens create` has printed.")
"""Says in the document how callers are known; who they are is found out below, for WebSockets too."""


async def _caller(connection: HTTPConnection, services: Served) -> Caller:
    address = connection.client.host if connection.client else ""
    try:
        caller = await services.authority.caller(connection.headers.get("authorization"))
    except ProblemError:
        services.rates.take(address)
        raise
    services.rates.take(caller.token_id or address)
    return caller


_Known = Annotated[Caller, Depends(_caller)]


class _Allowed:
    """A dependency that lets callers with a scope pass."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    async def __call__(self, caller: _Known) -> Caller:
        check_scope(caller, self._scope)
        return caller


Reader = Annotated[Caller, Depends(_Allowed(Scope.READ))]
Executor = Annotated[Caller, Depends(_Allowed(Scope.EXECUTE))]
Administrator = Annotated[Caller, Depends(_Allowed(Scope.ADMIN))]
