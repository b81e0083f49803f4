"""A client of MCP as an agent: one connection over standard input and output, through all steps of a benchmark."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from reev_types.agents import AgentRequest, Completed, GaveUp, StepOutcome
from reev_types.errors import BackendError
from reev_types.tools import Concluded, ToolCall, ToolResult, ToolSet, ToolSpec

from ._serve import serve

__all__ = ["McpAgent"]

_OVER = "All steps are over; close the connection to see the verdict."
_NEXT = "That step is over. The next one:\n\n"


@dataclass(eq=False, slots=True)
class _Step:
    request: AgentRequest
    tools: ToolSet
    is_over: asyncio.Event = field(default_factory=asyncio.Event)
    is_followed: asyncio.Event = field(default_factory=asyncio.Event)
    """By another step, or by the end."""
    trouble: BackendError | None = None


class McpAgent:
    """Whoever is at the other end of standard input and output; made for one trial.

    The first step's prompt is in the server's instructions, that of a later one beside the result of the call that
    ended the step before. A step ends by ``answer``, ``refuse`` or the end of the input; ``on_step`` hears of each.
    """

    def __init__(self, on_step: Callable[[AgentRequest], None]) -> None:
        self._on_step = on_step
        self._visit: _Visit | None = None
        self._connection: asyncio.Task[None] | None = None

    @property
    def name(self) -> str:
        """The name it is recorded by."""
        return "mcp"

    async def run_step(self, request: AgentRequest, tools: ToolSet) -> StepOutcome:
        """Let the client act until the step is over; raises BackendError when the world behind the tools fails."""
        step = _Step(request, tools)
        self._on_step(request)
        if self._visit is None or self._connection is None:
            self._visit = _Visit(step)
            serving = serve(self._visit, instructions=request.prompt, afterword=self._visit.afterword)
            self._connection = asyncio.create_task(serving)
        elif self._connection.done():
            return GaveUp(code="client_left", reason="the client closed the connection before this step")
        else:
            self._visit.begin(step)
        await _first(step.is_over, self._connection)
        if step.trouble is not None:
            raise step.trouble
        return Completed()

    async def finish(self) -> None:
        """Tell the client that all steps are over, and wait until it closes the connection."""
        if self._visit is not None and self._connection is not None:
            self._visit.end()
            await self._connection


class _Visit:
    """The tools of whichever step is the present one; implements ``reev_types.tools.ToolSet``."""

    def __init__(self, step: _Step) -> None:
        self._step = step
        self._told_of: _Step | None = step
        self._has_ended = False

    def begin(self, step: _Step) -> None:
        before, self._step = self._step, step
        before.is_followed.set()

    def end(self) -> None:
        self._has_ended = True
        self._step.is_followed.set()

    def specs(self) -> tuple[ToolSpec, ...]:
        return self._step.tools.specs()

    async def call(self, call: ToolCall) -> ToolResult:
        step = self._step
        try:
            return await step.tools.call(call)
        except BackendError as error:
            step.trouble = error
            step.is_over.set()
            raise

    async def afterword(self, result: ToolResult) -> str:
        """End the step where ``result`` does, and return what the client has not been told yet."""
        if isinstance(result, Concluded):
            step = self._step
            step.is_over.set()
            await step.is_followed.wait()
        if self._has_ended:
            return _OVER
        if self._step is self._told_of:
            return ""
        self._told_of = self._step
        return _NEXT + self._step.request.prompt


async def _first(event: asyncio.Event, task: asyncio.Task[None]) -> None:
    """Wait for one of both; raises what ``task`` raised."""
    waiting = asyncio.ensure_future(event.wait())
    try:
        await asyncio.wait({waiting, task}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        waiting.cancel()
    if task.done():
        task.result()
