"""What an agent is asked, and how a step may end.

A request has no field for ground truth or a reference solution. An agent acts through its tools alone.
"""

from __future__ import annotations

from typing import Annotated, Literal, Protocol

from pydantic import Field

from ._model import Model
from .contexts import PromptContext
from .intents import RefusalCode
from .recovery import StepFailure
from .tools import ToolSet

__all__ = [
    "Agent",
    "AgentLimits",
    "AgentRequest",
    "Completed",
    "GaveUp",
    "LimitReached",
    "PromptRenderer",
    "RefusedByAgent",
    "StepOutcome",
]


class AgentLimits(Model):
    """What a step may use up; None means no limit. Turns, tokens and cost concern agents that ask a model."""

    max_tool_calls: Annotated[int, Field(ge=1)] = 20
    timeout_s: Annotated[float, Field(gt=0)] | None = None
    max_turns: Annotated[int, Field(ge=1)] = 24
    """Exchanges with the model."""
    max_tokens: Annotated[int, Field(ge=1)] | None = None
    """Input and output tokens over all turns."""
    max_cost_micro_usd: Annotated[int, Field(ge=0)] | None = None


class AgentRequest(Model):
    """One step to carry out."""

    benchmark_id: str
    step_id: str
    prompt: str
    """The rendered text: the request itself and what is known of the wallet."""
    context: PromptContext
    limits: AgentLimits = AgentLimits()
    attempt: Annotated[int, Field(ge=1)] = 1
    """The how-manieth attempt of the step this is."""
    failure: StepFailure | None = None
    """Why the attempt before this one failed, and what has landed: that is done and not to be repeated."""


class Completed(Model):
    """The agent says that it is done; plain text without a tool call counts as this."""

    kind: Literal["completed"] = "completed"
    answer: str = ""


class RefusedByAgent(Model):
    """The agent declined explicitly."""

    kind: Literal["refused"] = "refused"
    code: RefusalCode
    reason: str = ""


class GaveUp(Model):
    """The agent could not do it and says so; ``code`` is stable, such as ``tool_failed``."""

    kind: Literal["gave_up"] = "gave_up"
    code: str
    reason: str


class LimitReached(Model):
    """A limit ended the step."""

    kind: Literal["limit"] = "limit"
    which: Literal["tool_calls", "timeout", "turns", "tokens", "cost"]


StepOutcome = Annotated[Completed | RefusedByAgent | GaveUp | LimitReached, Field(discriminator="kind")]


class Agent(Protocol):
    """Carries out steps. Contract suite: ``reev_types.testing.AgentContract``."""

    @property
    def name(self) -> str:
        """The name it is chosen and recorded by."""

    async def run_step(self, request: AgentRequest, tools: ToolSet) -> StepOutcome:
        """Carry a step out; everything it does to a chain, it does through ``tools``."""


class PromptRenderer(Protocol):
    """Turns a step and its context into the text that an agent reads."""

    def render_step(self, prompt: str, context: PromptContext) -> str:
        """Return the text of a step; what ``context`` holds appears as data, never as markup."""
