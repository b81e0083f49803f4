"""A tool set that writes down what goes through it, and serves one step at a time within its limits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from reev_runner.journal import Journal
from reev_runner.telemetry import SILENT, RunTelemetry
from reev_tools.wallet import primary_name
from reev_types.agents import AgentLimits
from reev_types.errors import ChainError
from reev_types.events import ToolCalled, ToolReturned
from reev_types.times import Clock
from reev_types.tools import Concluded, Observed, Refused, ToolCall, ToolResult, ToolSet, ToolSpec

from ._foreign import is_writable, readable
from ._memory import StepMemory
from ._ongoing import Ongoing, carrying_out
from ._recorded_chain import RecordedChain, Submission, Unsettled

__all__ = ["RecordedTools"]

_Results = list[tuple[bool, ToolResult]]
_OVER = Refused(code="step_over", message="the step is over: nothing more is carried out")
_NO_CALLS_LEFT = Refused(code="limit_tool_calls", message="no tool calls are left in this step")
_UNWRITABLE = Refused(
    code="bad_arguments",
    message="the arguments are not JSON of at most 64 KiB",
    suggestions=("correct the arguments and call the tool again",),
)


class RecordedTools:
    """``tools``, with every call and result in the journal; between steps they refuse, whoever still holds them.

    ``names`` are those that calls may use for accounts.
    """

    def __init__(
        self,
        tools: ToolSet,
        chain: RecordedChain,
        journal: Journal,
        telemetry: RunTelemetry = SILENT,
        *,
        names: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self._tools = tools
        self._names = names
        self._chain = chain
        self._journal = journal
        self._telemetry = telemetry
        self.every = tools.specs()
        """All tools there are, whether on offer in this step or not."""
        self._offer: frozenset[str] | None = None
        self._moves_funds = {spec.name: spec.moves_funds for spec in self.every}
        self._calls_left = 0
        self.is_exhausted = False
        """Whether the present step asked for more calls than it has."""
        self.conclusion: Concluded | None = None
        """How the agent ended the present step by ``answer`` or ``refuse``; nothing is carried out after it."""
        self.results: _Results = []
        """Whether the tool moves funds, and what it returned, for the present step."""
        self.reads: set[str] = set()
        """The tools that were read from with success, over all steps, by the names that they are offered under."""
        self.memory = StepMemory()
        """What the attempts of the present step have done."""
        self.broken: ChainError | None = None
        """What the chain broke down with in the present attempt, which is over with that: nobody may act on a guess."""
        self._attempt: AttemptTools | None = None
        """Who is served; nobody between two attempts."""
        self._step_id = ""
        self._part_id = ""

    def begin(
        self, step_id: str, limits: AgentLimits, memory: StepMemory | None = None, part_id: str | None = None
    ) -> AttemptTools:
        """Serve an attempt of a step from now on, through what is returned and that alone.

        ``memory`` is what earlier attempts of the step have done, ``part_id`` the part that this one is for.
        """
        self._step_id, self._part_id = step_id, part_id or step_id
        self.memory = memory or StepMemory()
        self.memory.begin_attempt(self._part_id)
        self._calls_left = limits.max_tool_calls
        self.is_exhausted = False
        self.conclusion = None
        self.broken = None
        self.results = []
        self._attempt = AttemptTools(self)
        return self._attempt

    def go_on(self, reads: Iterable[str], submissions: Sequence[Submission], unsettled: Sequence[Unsettled]) -> None:
        """Take over what an interrupted run has read and sent."""
        self.reads.update(reads)
        self._chain.go_on(submissions, unsettled)

    @property
    def submissions(self) -> Sequence[Submission]:
        """Everything that the tools have sent so far, as far as its fate is known."""
        return self._chain.submissions

    def forget_submissions(self) -> None:
        """Leave out of account what a rollback has undone."""
        self._chain.submissions.clear()

    def serves(self, attempt: AttemptTools) -> bool:
        """Tell whether ``attempt`` is the one that is under way."""
        return attempt is self._attempt

    def end(self) -> None:
        """Carry out nothing more until the next step begins."""
        self._attempt = None

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
        written = self._written(call, call.arguments)
        done = self.memory.claim(written, self._names)
        if done is not None:
            self._returned(self._step_id, self.results, written, done, repeated=True)
            return done
        return await self._carried_out(written)

    async def _carried_out(self, call: ToolCall) -> ToolResult:
        attempt, results = self._attempt, self.results
        ongoing = Ongoing(self._step_id, self._part_id, call, self.memory, lambda: self._allows(attempt))
        with carrying_out(ongoing), self._telemetry.tool(call.tool, call.call_id, call.arguments) as span:
            try:
                result = await self._tools.call(call)
            except ChainError as error:
                if self._allows(attempt):
                    self.broken = error
                    self.end()
                raise
            span.returned(result)
        if ongoing.done is not None:
            ongoing.done.result = result
        self._returned(ongoing.step_id, results, call, result)
        return result

    def _allows(self, attempt: AttemptTools | None) -> bool:
        return attempt is not None and attempt is self._attempt

    async def settle(self, clock: Clock, memory: StepMemory) -> None:
        """Learn what became of transactions that nobody answered for, and complete ``memory``.

        Raises ChainError, ``fate_unknown`` where nothing can be learned.
        """
        await self._chain.settle(clock)
        await memory.complete(self._chain)

    def refuse(self, call: ToolCall, refusal: Refused) -> Refused:
        """Record a call that is not carried out, as one without arguments; it counts like any other."""
        closed = self._closed()
        if closed is not None:
            return closed
        written = self._written(call, {})
        with self._telemetry.tool(written.tool, written.call_id, written.arguments) as span:
            span.returned(refusal)
        self._returned(self._step_id, self.results, written, refusal)
        return refusal

    def _closed(self) -> Refused | None:
        """Take one of the calls that are left; return why there is none."""
        if self._attempt is None:
            return _OVER
        if self._calls_left == 0:
            self.is_exhausted = True
            return _NO_CALLS_LEFT
        self._calls_left -= 1
        return None

    def _written(self, call: ToolCall, arguments: dict[str, Any]) -> ToolCall:
        written = ToolCall(call_id=readable(call.call_id), tool=readable(call.tool), arguments=arguments)
        self._journal.append(ToolCalled(step_id=self._step_id, **dict(written)))
        return written

    def _returned(
        self, step_id: str, results: _Results, call: ToolCall, result: ToolResult, *, repeated: bool = False
    ) -> None:
        tool = primary_name(call.tool)
        results.append((self._moves_funds.get(tool, False), result))
        if isinstance(result, Observed):
            self.reads.add(tool)
        self._journal.append(ToolReturned(step_id=step_id, call_id=call.call_id, result=result, repeated=repeated))
        if isinstance(result, Concluded) and results is self.results:
            self.conclusion = result
            self.end()


class AttemptTools:
    """The tools of one attempt: dead when it is over, whoever still holds them."""

    def __init__(self, tools: RecordedTools) -> None:
        self._tools = tools

    def specs(self) -> tuple[ToolSpec, ...]:
        """Return the tools on offer, ordered by name."""
        return self._tools.specs()

    async def call(self, call: ToolCall) -> ToolResult:
        """Carry a call out, unless the attempt is over."""
        return await self._tools.call(call) if self._tools.serves(self) else _OVER

    def refuse(self, call: ToolCall, refusal: Refused) -> Refused:
        """Record a call that is not carried out, unless the attempt is over."""
        return self._tools.refuse(call, refusal) if self._tools.serves(self) else _OVER
