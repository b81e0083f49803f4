"""The application."""

from __future__ import annotations

from importlib.metadata import version

from fastapi import APIRouter, Depends, FastAPI

from reev_api.security import Guard
from reev_api.settings import ServerSettings

from . import _events, _execute, _sessions, _system
from ._access import BEARER
from ._errors import documented, report_as_problems

__all__ = ["create_app"]

_PREFIX = "/api/v1"
_ABOUT = "Benchmarks and sentences, carried out by agents in an in-process Solana VM, judged and journalled."


def create_app(settings: ServerSettings) -> FastAPI:
    """Return the application of a server, which finds its services at ``app.state.services``."""
    app = FastAPI(
        title="reev",
        version=version("reev-api"),
        description=_ABOUT,
        openapi_url=f"{_PREFIX}/openapi.json",
        docs_url=None,
        redoc_url=None,
        responses=documented(500),
    )
    report_as_problems(app)
    secured = APIRouter(prefix=_PREFIX, dependencies=[Depends(BEARER)] if settings.auth else [])
    for router in (_execute.router, _sessions.router, _events.router):
        secured.include_router(router)
    app.include_router(secured)
    app.include_router(_system.router, prefix=_PREFIX)
    app.include_router(_events.live_router, prefix=_PREFIX)
    app.add_middleware(Guard, max_body_bytes=settings.max_body_bytes, local_only=not settings.auth)
    return app
