"""What the server and its workers say to each other, a JSON line each."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from reev_api._model import ApiModel
from reev_api._problems import Problem
from reev_types.recovery import Answer

from ._orders import Order

__all__ = [
    "Answered",
    "Cancel",
    "Command",
    "Ended",
    "Failed",
    "Happened",
    "LandedTransaction",
    "Planned",
    "Ready",
    "Report",
    "Start",
    "Stopped",
    "line_of",
    "read_command",
    "read_report",
]


class Start(ApiModel):
    """Carry a session out, or go on with it: its journal says how far it has come."""

    kind: Literal["start"] = "start"
    session_id: str
    order: Order


class Cancel(ApiModel):
    """Stop a session's agent at once."""

    kind: Literal["cancel"] = "cancel"
    session_id: str


class Answered(ApiModel):
    """A person answered a question."""

    kind: Literal["answered"] = "answered"
    session_id: str
    question_id: str
    answer: Answer


Command = Annotated[Start | Cancel | Answered, Field(discriminator="kind")]
"""What a worker is told."""


class LandedTransaction(ApiModel):
    """A transaction that the chain processed."""

    step_id: str
    signature: str
    succeeded: bool


class Ready(ApiModel):
    """The worker can take sessions on."""

    kind: Literal["ready"] = "ready"


class Planned(ApiModel):
    """A sentence was understood."""

    kind: Literal["planned"] = "planned"
    session_id: str
    flow_id: str
    plan: str
    """The DynamicFlowPlan as JSON."""


class Happened(ApiModel):
    """An event is in the session's journal."""

    kind: Literal["happened"] = "happened"
    session_id: str
    seq: int
    type: str
    data: str
    """The event as JSON, the same line as in the journal."""


class Ended(ApiModel):
    """A session came to its end."""

    kind: Literal["ended"] = "ended"
    session_id: str
    events: int
    """How many events its journal has."""
    outcome: Literal["passed", "failed", "error"] | None
    """None for what was only planned."""
    result: str | None
    """The TrialResult as JSON."""


class Failed(ApiModel):
    """A session could not be carried out, or not to its end."""

    kind: Literal["failed"] = "failed"
    session_id: str
    events: int
    problem: Problem


class Stopped(ApiModel):
    """A session was cancelled; ``landed`` stays as it is."""

    kind: Literal["stopped"] = "stopped"
    session_id: str
    events: int
    landed: tuple[LandedTransaction, ...]


Report = Annotated[Ready | Planned | Happened | Ended | Failed | Stopped, Field(discriminator="kind")]
"""What a worker says."""

_COMMAND: TypeAdapter[Command] = TypeAdapter(Command)
_REPORT: TypeAdapter[Report] = TypeAdapter(Report)


def line_of(message: Command | Report) -> bytes:
    """Return a message as one line."""
    return message.model_dump_json().encode() + b"\n"


def read_command(line: bytes) -> Command:
    """Read what a worker is told; raises pydantic's ValidationError."""
    return _COMMAND.validate_json(line)


def read_report(line: bytes) -> Report:
    """Read what a worker says; raises pydantic's ValidationError."""
    return _REPORT.validate_json(line)
