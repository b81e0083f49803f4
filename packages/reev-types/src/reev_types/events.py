"""The journal: everything that happened in a run, one typed event a line.

Results, traces and reports are derived from these events alone. ``seq`` counts from 0 without gaps;
``timing`` holds whatever may differ between equal runs.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from ._model import Model
from .addresses import Address
from .agents import AgentLimits, StepOutcome
from .alternatives import AlternativeFlow
from .amounts import DEFAULT_SOL_RESERVE_LAMPORTS, Lamports
from .benchmarks import TestCase
from .chain import Instruction, TransactionOutcome
from .models import ModelRecord
from .recovery_events import RecoveryEvent
from .results import Judgement, StepStatus
from .tools import ToolResult

__all__ = [
    "AcceptedFlow",
    "Event",
    "InstructionView",
    "ModelExchanged",
    "NamedAccount",
    "RunEnded",
    "RunJudged",
    "RunStarted",
    "StepEnded",
    "StepStarted",
    "ToolCalled",
    "ToolReturned",
    "TransactionReturned",
    "TransactionSent",
    "WorldPrepared",
    "read_event",
]


class _Event(Model):
    seq: Annotated[int, Field(ge=0)] = 0
    timing: dict[str, Any] = Field(default_factory=dict)


class AcceptedFlow(Model):
    """A flow as it is carried out, complete."""

    case: TestCase
    limits: AgentLimits
    alternatives: tuple[AlternativeFlow, ...] = ()


class RunStarted(_Event):
    """A run begins; with the seed this is all that is needed to repeat it."""

    type: Literal["run_started"] = "run_started"
    schema_version: Literal[1] = 1
    benchmark_id: str
    benchmark_hash: str
    description: str
    prompt: str
    agent: str
    seed: int
    market_hash: str
    """Identity of the world: programs, mints and everything else that a chain starts from."""
    sol_reserve_lamports: Lamports = DEFAULT_SOL_RESERVE_LAMPORTS
    """What the agent's tools keep where it sends all of its SOL."""
    flow: AcceptedFlow | None = Field(default=None, exclude_if=lambda flow: flow is None)
    """What it takes to go on with the flow after a crash; only flows that recover have it."""


class NamedAccount(Model):
    """An account of the initial state and what it starts with."""

    name: str
    address: Address
    lamports: int
    mint: Address | None = None
    owner: Address | None = None
    amount_raw: int | None = None


class WorldPrepared(_Event):
    """The initial state stands."""

    type: Literal["world_prepared"] = "world_prepared"
    accounts: tuple[NamedAccount, ...]


class StepStarted(_Event):
    """The agent is asked; ``prompt`` is the text it reads."""

    type: Literal["step_started"] = "step_started"
    step_id: str
    description: str
    critical: bool
    prompt: str
    tools: tuple[str, ...] = ()
    """The tools on offer."""
    attempt: int = 1
    """The how-manieth attempt of the step this is; only flows that recover have more than one."""
    part_id: str | None = None
    """The part of the step that is attempted, where recovery has rewritten it; or what undoes an earlier step."""


class ToolCalled(_Event):
    """The agent uses a tool."""

    type: Literal["tool_called"] = "tool_called"
    step_id: str
    call_id: str
    tool: str
    arguments: dict[str, Any]


class ModelExchanged(_Event):
    """A model was asked, answered, or did not."""

    type: Literal["model_exchanged"] = "model_exchanged"
    step_id: str
    record: ModelRecord


class InstructionView(Model):
    """An instruction in words."""

    program: str
    name: str
    arguments: dict[str, str] = {}
    accounts: dict[str, str] = {}


class TransactionSent(_Event):
    """A signed transaction is about to be sent."""

    type: Literal["transaction_sent"] = "transaction_sent"
    step_id: str
    call_id: str
    signature: str
    raw: bytes
    instructions: tuple[InstructionView, ...]
    built: tuple[Instruction, ...] | None = Field(default=None, exclude_if=lambda built: built is None)
    """The same as they were built, before they became one message; only flows that recover have it."""


class TransactionReturned(_Event):
    """The chain said what became of it."""

    type: Literal["transaction_returned"] = "transaction_returned"
    step_id: str
    call_id: str
    outcome: TransactionOutcome
    settled: bool = False
    """Whether the chain was asked again, because its first reply never came."""


class ToolReturned(_Event):
    """The tool answered."""

    type: Literal["tool_returned"] = "tool_returned"
    step_id: str
    call_id: str
    result: ToolResult
    repeated: bool = False
    """Whether this is what an equal call of an earlier attempt had done already; nothing was carried out."""


class StepEnded(_Event):
    """The step is over, or was skipped."""

    type: Literal["step_ended"] = "step_ended"
    step_id: str
    critical: bool
    status: StepStatus
    reason: str = ""
    outcome: StepOutcome | None = None
    undoes: str | None = None
    """The step that this one compensates for."""


class RunJudged(_Event):
    """The final state was compared with the ground truth."""

    type: Literal["run_judged"] = "run_judged"
    judgement: Judgement


class RunEnded(_Event):
    """The run is over; ``error`` says why there is no judgement."""

    type: Literal["run_ended"] = "run_ended"
    status: Literal["passed", "failed", "error"]
    run_hash: str
    error: str | None = None


Event = Annotated[
    RunStarted
    | WorldPrepared
    | StepStarted
    | ModelExchanged
    | ToolCalled
    | TransactionSent
    | TransactionReturned
    | ToolReturned
    | StepEnded
    | RunJudged
    | RunEnded
    | RecoveryEvent,
    Field(discriminator="type"),
]

_EVENT: TypeAdapter[Event] = TypeAdapter(Event)


def read_event(line: str | bytes) -> Event:
    """Read one line of a journal; raises pydantic's ValidationError."""
    return _EVENT.validate_json(line)
