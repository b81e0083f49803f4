"""The deterministic agent: typed intents carried out through the ordinary tools, without a model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, assert_never

from reev_types.agents import AgentRequest, Completed, GaveUp, LimitReached, RefusedByAgent, StepOutcome
from reev_types.contexts import PromptContext
from reev_types.errors import UserError
from reev_types.intents import Intent, RefuseIntent
from reev_types.recovery import Landed
from reev_types.tools import Concluded, Executed, Failed, Observed, Refused, ToolCall, ToolResult, ToolSet

from ._answers import answer
from ._calls import wish
from ._progress import after, remembered

__all__ = ["DeterministicAgent"]


class DeterministicAgent:
    """Follows ``intents``, given by step id; on a static benchmark they are its reference solution.

    Amounts count what is there when their turn comes; what the first intent of ``step_1`` brings is that of
    ``step_1.1``. A call that has landed in an earlier attempt is made again in the same words, and answered from
    memory by whoever keeps the tools.
    """

    def __init__(self, intents: Mapping[str, Sequence[Intent]], name: str = "deterministic") -> None:
        self._intents = intents
        self._name = name

    @property
    def name(self) -> str:
        """The name it is chosen and recorded by."""
        return self._name

    async def run_step(self, request: AgentRequest, tools: ToolSet) -> StepOutcome:
        """Carry the step's intents out in order; the first that does not work ends the step."""
        if request.step_id not in self._intents:
            return GaveUp(code="no_reference", reason=f"{request.benchmark_id} has no reference solution to follow")
        readings: list[dict[str, Any]] = []
        context = request.context
        landed = {call.call_id: call for call in request.failure.landed} if request.failure else {}
        intents = self._intents[request.step_id]
        for number, intent in enumerate(intents, start=1):
            if number > request.limits.max_tool_calls:
                return LimitReached(which="tool_calls")
            call_id = f"{request.step_id}.{number}"
            call = _again(landed[call_id]) if call_id in landed else _call(intent, call_id, context)
            result = call if isinstance(call, GaveUp) else await tools.call(call)
            if isinstance(result, Observed):
                readings.append(result.data)
            if isinstance(result, Executed) and number < len(intents):
                context = (remembered if call_id in landed else after)(result, call_id, context)
            ended = _ending(intent, result)
            if ended is not None:
                return ended
        return Completed(answer=answer(readings))


def _again(landed: Landed) -> ToolCall:
    return ToolCall(call_id=landed.call_id, tool=landed.tool, arguments=landed.arguments)


def _call(intent: Intent, call_id: str, context: PromptContext) -> ToolCall | GaveUp:
    try:
        wished = wish(intent, context)
    except UserError as error:
        return GaveUp(code=error.code, reason=error.message)
    return ToolCall(call_id=call_id, tool=wished.tool, arguments=wished.arguments)


def _ending(intent: Intent, result: ToolResult | GaveUp) -> StepOutcome | None:
    match result:
        case GaveUp():
            return result
        case Executed() | Observed():
            return None
        case Refused(code=code, message=message) | Failed(code=code, message=message):
            return GaveUp(code=code, reason=message)
        case Concluded(text=text):
            return RefusedByAgent(code=intent.code) if isinstance(intent, RefuseIntent) else Completed(answer=text)
        case _:
            assert_never(result)
