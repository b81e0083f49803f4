"""Looking at sessions, stopping them, answering their questions."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from pydantic import Field

from reev_api._model import ApiModel
from reev_api._problems import ProblemError
from reev_api.storage import SessionDetails, SessionFilter
from reev_types.executions import ExecutionStatus
from reev_types.recovery import Answer

from ._access import Executor, Reader
from ._errors import documented
from ._services import Served, Services
from ._texts import SessionId
from ._views import Page, SessionView, StatusView, details_view, record_view, status_view

__all__ = ["known_session", "router"]

router = APIRouter(tags=["sessions"])
_ANSWERS = documented(401, 403, 404, 422, 429, 503)
_LIMIT = Query(ge=1, le=200, description="How many at most.")
_CURSOR = Query(pattern=r"^[0-9A-Za-z][0-9A-Za-z_-]{0,99}$", description="`next_cursor` of the page before.")
_TEXT = Query(max_length=200, pattern=r"^[^\x00]*$")

_FLOW_ID = Path(max_length=200, pattern=r"^[^\x00]*$")

Limit = Annotated[int, _LIMIT]
Cursor = Annotated[str | None, _CURSOR]
FilterText = Annotated[str | None, _TEXT]


class QuestionReply(ApiModel):
    """What a person says to a question."""

    question_id: Annotated[str, Field(max_length=200)]
    answer: Answer


@router.get("/sessions", responses=documented(401, 403, 422, 429, 503))
async def list_sessions(
    caller: Reader,
    services: Served,
    flow_id: FilterText = None,
    benchmark_id: FilterText = None,
    agent: FilterText = None,
    kind: FilterText = None,
    status: ExecutionStatus | None = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page:
    """List sessions, newest first."""
    wanted = SessionFilter(flow_id=flow_id, benchmark_id=benchmark_id, agent=agent, kind=kind, status=status)
    return await _page(services, wanted, limit, cursor)


@router.get("/flows/{flow_id}/sessions", responses=documented(401, 403, 422, 429, 503))
async def list_flow_sessions(
    flow_id: Annotated[str, _FLOW_ID],
    caller: Reader,
    services: Served,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page:
    """List the sessions of a flow: of a sentence on a wallet as it was planned, or of a benchmark."""
    return await _page(services, SessionFilter(flow_id=flow_id), limit, cursor)


@router.get("/sessions/{session_id}", responses=_ANSWERS)
async def get_session(session_id: SessionId, caller: Reader, services: Served) -> SessionView:
    """Return everything about a session but its events."""
    session = await known_session(services, session_id)
    return details_view(session, services.executions.questions.of(session_id))


@router.get("/sessions/{session_id}/status", responses=_ANSWERS)
async def get_status(session_id: SessionId, caller: Reader, services: Served) -> StatusView:
    """Return where a session stands."""
    return status_view(await known_session(services, session_id))


@router.delete(
    "/sessions/{session_id}",
    responses=_ANSWERS | documented(409) | {202: {"model": SessionView, "description": "It is about to stop"}},
)
async def stop_session(session_id: SessionId, caller: Executor, services: Served, response: Response) -> SessionView:
    """Stop a session: its agent does nothing more, and `landed` says which transactions stay."""
    await services.executions.stop(await known_session(services, session_id))
    stopped = await known_session(services, session_id)
    if stopped.ended_at is None:
        response.status_code = 202
    elif stopped.status is not ExecutionStatus.STOPPED:
        raise ProblemError(409, "already_ended", f"the session {session_id} ended before it could be stopped")
    return details_view(stopped, None)


@router.post("/sessions/{session_id}/answers", status_code=202, responses=_ANSWERS | documented(400, 409, 413))
async def answer_question(
    session_id: SessionId, reply: QuestionReply, caller: Executor, services: Served
) -> StatusView:
    """Answer the question that a session waits for."""
    session = await known_session(services, session_id)
    services.executions.answer(session_id, reply.question_id, reply.answer)
    return status_view(session)


async def known_session(services: Services, session_id: str) -> SessionDetails:
    """Return a session; raises ProblemError 404 ``unknown_session``."""
    session = await services.storage.session(session_id)
    if session is None:
        raise ProblemError(404, "unknown_session", f"there is no session {session_id}")
    return session


async def _page(services: Services, wanted: SessionFilter, limit: int, cursor: str | None) -> Page:
    found = await services.storage.sessions(wanted, limit + 1, cursor)
    shown = tuple(record_view(session) for session in found[:limit])
    return Page(sessions=shown, next_cursor=shown[-1].session_id if len(found) > limit else None)
