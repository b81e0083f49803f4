"""Watching sessions: the same events over Server-Sent Events and a WebSocket."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import Annotated, Literal

from fastapi import APIRouter, Header, Query, Response, WebSocket
from starlette.responses import StreamingResponse
from starlette.websockets import WebSocketDisconnect

from reev_api.live import Frame

from ._access import Reader
from ._errors import documented
from ._services import Served
from ._sessions import known_session
from ._texts import SessionId

__all__ = ["live_router", "router"]

router = APIRouter(tags=["live"])
live_router = APIRouter()

_STREAM = "text/event-stream"
_MESSAGE = {
    "type": "object",
    "properties": {
        "id": {"type": "string", "description": "The event's number, for `Last-Event-ID`."},
        "event": {"type": "string", "description": "The event's type."},
        "data": {"type": "string", "description": "The event as JSON."},
    },
    "required": ["id", "event", "data"],
}
_HEARTBEAT = b": nothing new\n\n"
_MOST = 2**31 - 1
_EVERYTHING_SAID = 1000
_COME_BACK = 1012

Start = Annotated[int, Query(ge=0, le=_MOST, description="The number of the first event wanted.")]
Limit = Annotated[int | None, Query(ge=1, le=_MOST, description="End after so many events.")]
Until = Annotated[
    Literal["end", "now"], Query(description="Whether to wait for the session's end, or send what has happened by now.")
]
LastEventId = Annotated[
    int | None,
    Header(alias="Last-Event-ID", ge=0, le=_MOST, description="The number of the last event received."),
]


@router.get(
    "/sessions/{session_id}/events",
    response_class=Response,
    responses=documented(401, 403, 404, 422, 429, 503)
    | {
        200: {
            "description": "The journal's events, and last `session_ended`; `id` counts them from 0.",
            "content": {_STREAM: {"schema": _MESSAGE}},
        },
        204: {"description": "Everything has been received already: do not come back."},
    },
)
async def stream_events(
    session_id: SessionId,
    caller: Reader,
    services: Served,
    start: Start = 0,
    limit: Limit = None,
    until: Until = "end",
    last_event_id: LastEventId = None,
) -> Response:
    """Stream a session's events, each once and in order, through any number of reconnections."""
    session = await known_session(services, session_id)
    first = start if last_event_id is None else last_event_id + 1
    if session.events is not None and first > session.events:
        return Response(status_code=204)
    frames = services.live.follow(session_id, first, waits=until == "end")
    return StreamingResponse(_messages(frames, limit), media_type=_STREAM)


@live_router.websocket("/sessions/{session_id}/live")
async def watch(
    socket: WebSocket,
    session_id: SessionId,
    caller: Reader,
    services: Served,
    start: Start = 0,
) -> None:
    """Send a session's events from number ``start`` on, one JSON message each, then close the connection."""
    await known_session(services, session_id)
    await socket.accept()
    is_complete = False
    try:
        async with aclosing(services.live.follow(session_id, start)) as frames:
            async for frame in frames:
                if frame is not None:
                    await socket.send_text(frame.line.data)
                    is_complete = frame.is_last
        await socket.close(_EVERYTHING_SAID if is_complete else _COME_BACK)
    except WebSocketDisconnect:
        return


async def _messages(frames: AsyncGenerator[Frame | None], limit: int | None) -> AsyncIterator[bytes]:
    sent = 0
    async with aclosing(frames):
        async for frame in frames:
            yield _HEARTBEAT if frame is None else frame.sse
            sent += frame is not None
            if sent == limit:
                return
