"""A tool set that writes down what goes through it, and serves one step at a time within its limits."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from reev_runner.journal import Journal
from reev_runner.telemetry import SILENT, RunTelemetry
from reev_tools.wallet import primary_name
from reev_types.agents import AgentLimits
from reev_types.events import ToolCalled, ToolReturned
from reev_types.tools import Concluded, Observed, Refused, ToolCall, ToolResult, ToolSet, ToolSpec

from ._foreign import is_writable, readable
from ._recorded_chain import Cursor

__all__ = ["RecordedTools"]

_OVER = Refused(code="step_over", message="the step is over: nothing more is carried out")
_NO_CALLS_LEFT = Refused(code="limit_tool_calls", message="no tool calls are left in this step")
_UNWRITABLE = Refused(
    code="bad_arguments",
    message="the arguments are not JSON of at most 64 KiB",
    suggestions=("correct the arguments and call the tool again",),
)


class RecordedTools:
    """``tools``, with every call and result in the journal; between steps they refuse, whoever still holds them."""

    def __init__(self, tools: ToolSet, journal: Journal, cursor: Cursor, telemetry: RunTelemetry = SILENT) -> None:
        self._tools = tools
        self._journal = journal
        self._cursor = cursor
        self._telemetry = telemetry
        self.every = tools.specs()
        """All tools there are, whether on offer in this step or not."""
        self._offer: frozenset[str] | None = None
        self._moves_funds = {spec.name: spec.moves_funds for spec in self.every}
        self._is_open = False
        self._calls_left = 0
        self.is_exhausted = False
        """Whether the present step asked for more calls than it has."""
        self.conclusion: Concluded | None = None
        """How the agent ended the present step by ``answer`` or ``refuse``; nothing is carried out after it."""
        self.results: list[tuple[bool, ToolResult]] = []
        """Whether the tool moves funds, and what it returned, for the present step."""
        self.reads: set[str] = set()
        """The tools that were read from with success, over all steps, by the names that they are offered under."""

    def begin(self, step_id: str, limits: AgentLimits) -> None:
        """Serve a step from now on."""
        self._cursor.step_id = step_id
        self._is_open = True
        self._calls_left = limits.max_tool_calls
        self.is_exhausted = False
        self.conclusion = None
        self.results.clear()

    def end(self) -> None:
        """Carry out nothing more until the next step begins."""
        self._is_open = False

    def specs(self) -> tuple[ToolSpec, ...]:
        """Return the tools on offer in this step, ordered by name."""
        return tuple(spec for spec in self.every if self._offer is None or spec.name in self._offer)

    def offer(self, names: Iterable[str]) -> None:
        """Tell of these tools alone from now on; the others work all the same."""
        self._offer = frozenset(names)

    async def call(self, call: ToolCall) -> ToolResult:
        """Record, call, record; what cannot be written down is refused."""
        if not is_writable(call.arguments):
            return self.refuse(call, _UNWRITABLE)
        closed = self._closed()
        if closed is not None:
            return closed
        step_id = self._cursor.step_id
        written = self._written(call, call.arguments)
        with self._telemetry.tool(written.tool, written.call_id, written.arguments) as span:
            result = await self._tools.call(written)
            span.returned(result)
        self._returned(step_id, written, result)
        return result

    def refuse(self, call: ToolCall, refusal: Refused) -> Refused:
        """Record a call that is not carried out, as one without arguments; it counts like any other."""
        closed = self._closed()
        if closed is not None:
            return closed
        step_id = self._cursor.step_id
        written = self._written(call, {})
        with self._telemetry.tool(written.tool, written.call_id, written.arguments) as span:
            span.returned(refusal)
        self._returned(step_id, written, refusal)
        return refusal

    def _closed(self) -> Refused | None:
        """Take one of the calls that are left; return why there is none."""
        if not self._is_open:
            return _OVER
        if self._calls_left == 0:
            self.is_exhausted = True
            return _NO_CALLS_LEFT
        self._calls_left -= 1
        return None

    def _written(self, call: ToolCall, arguments: dict[str, Any]) -> ToolCall:
        written = ToolCall(call_id=readable(call.call_id), tool=readable(call.tool), arguments=arguments)
        self._cursor.call_id = written.call_id
        self._journal.append(ToolCalled(step_id=self._cursor.step_id, **dict(written)))
        return written

    def _returned(self, step_id: str, call: ToolCall, result: ToolResult) -> None:
        tool = primary_name(call.tool)
        self.results.append((self._moves_funds.get(tool, False), result))
        if isinstance(result, Observed):
            self.reads.add(tool)
        self._journal.append(ToolReturned(step_id=step_id, call_id=call.call_id, result=result))
        if isinstance(result, Concluded):
            self.conclusion = result
            self.end()
