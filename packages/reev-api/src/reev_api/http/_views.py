"""What clients see of sessions."""

from __future__ import annotations

from typing import Literal

from pydantic import TypeAdapter

from reev_api._model import ApiModel
from reev_api._problems import Problem
from reev_api.storage import SessionDetails, SessionRecord
from reev_api.workers import LandedTransaction, Order
from reev_types.executions import ExecutionStatus
from reev_types.plans import DynamicFlowPlan
from reev_types.recovery import Question
from reev_types.results import TrialResult

__all__ = [
    "Page",
    "RecordView",
    "SessionView",
    "Started",
    "StatusView",
    "details_view",
    "links_of",
    "record_view",
    "started_view",
    "status_view",
]

_ORDER: TypeAdapter[Order] = TypeAdapter(Order)
_LANDED: TypeAdapter[tuple[LandedTransaction, ...]] = TypeAdapter(tuple[LandedTransaction, ...])


class Links(ApiModel):
    """Where more is to be found about a session."""

    session: str
    status: str
    events: str
    """Server-Sent Events."""
    live: str
    """The same events over a WebSocket."""


class Started(ApiModel):
    """A session that was accepted."""

    execution_id: str
    session_id: str
    """The same id: an execution, its session and its journal have one."""
    flow_id: str | None
    """None until the sentence is planned."""
    status: ExecutionStatus
    links: Links


class StatusView(ApiModel):
    """Where a session stands."""

    execution_id: str
    session_id: str
    flow_id: str | None
    status: ExecutionStatus
    complete: bool
    """Whether it has come to its end, however it ended."""
    outcome: Literal["passed", "failed", "error"] | None
    """The verdict; None before there is one, for what was stopped, and for what was only planned."""
    updated_at: str


class RecordView(StatusView):
    """A session in a list."""

    kind: Literal["direct", "dynamic", "recovery", "static"]
    agent: str
    benchmark_id: str | None
    prompt: str | None
    wallet: str | None
    events: int | None
    """How many events its journal has, once it is complete."""
    created_at: str
    started_at: str | None
    ended_at: str | None
    links: Links


class SessionView(RecordView):
    """Everything about a session but its events."""

    order: Order
    """What was asked for."""
    plan: DynamicFlowPlan | None
    result: TrialResult | None
    problem: Problem | None
    """Why it could not be carried out."""
    landed: tuple[LandedTransaction, ...] | None
    """Of a session that was stopped, the transactions that stay."""
    question: Question | None
    """What it waits for."""


class Page(ApiModel):
    """Some sessions, newest first."""

    sessions: tuple[RecordView, ...]
    next_cursor: str | None
    """What ``cursor`` has to be for those that follow; None where there are none."""


def links_of(session_id: str) -> Links:
    """Return the links of a session."""
    own = f"/api/v1/sessions/{session_id}"
    return Links(session=own, status=f"{own}/status", events=f"{own}/events", live=f"{own}/live")


def started_view(session: SessionRecord) -> Started:
    """Return what a client is told that has started a session."""
    return Started.model_validate(_common(session, Started))


def status_view(session: SessionRecord) -> StatusView:
    """Return where a session stands."""
    return StatusView.model_validate(_common(session, StatusView))


def record_view(session: SessionRecord) -> RecordView:
    """Return a session for a list."""
    return RecordView.model_validate(_common(session, RecordView))


def details_view(session: SessionDetails, question: Question | None) -> SessionView:
    """Return everything about a session."""
    kept = {
        "order": _ORDER.validate_json(session.order),
        "plan": session.plan and DynamicFlowPlan.model_validate_json(session.plan),
        "result": session.result and TrialResult.model_validate_json(session.result),
        "problem": session.problem and Problem.model_validate_json(session.problem),
        "landed": session.landed and _LANDED.validate_json(session.landed),
        "question": question,
    }
    return SessionView.model_validate(_common(session, RecordView) | kept)


def _common(session: SessionRecord, kind: type[ApiModel]) -> dict[str, object]:
    known = {
        **dict(session),
        "execution_id": session.session_id,
        "complete": session.ended_at is not None,
        "links": links_of(session.session_id),
    }
    return {name: known[name] for name in kind.model_fields}
