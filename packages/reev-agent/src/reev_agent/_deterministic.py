"""The deterministic agent: typed intents carried out through the ordinary tools, without a model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, assert_never

from reev_types.agents import AgentRequest, Completed, GaveUp, LimitReached, RefusedByAgent, StepOutcome
from reev_types.errors import UserError
from reev_types.intents import Intent, RefuseIntent
from reev_types.tools import Concluded, Executed, Failed, Observed, Refused, ToolCall, ToolResult, ToolSet

from ._answers import answer
from ._calls import wish

__all__ = ["DeterministicAgent"]


class DeterministicAgent:
    """Follows ``intents``, given by step id; on a static benchmark they are its reference solution."""

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
        for number, intent in enumerate(self._intents[request.step_id], start=1):
            if number > request.limits.max_tool_calls:
                return LimitReached(which="tool_calls")
            result = await _carry_out(intent, f"{request.step_id}.{number}", request, tools)
            if isinstance(result, Observed):
                readings.append(result.data)
            ended = _ending(intent, result)
            if ended is not None:
                return ended
        return Completed(answer=answer(readings))


async def _carry_out(intent: Intent, call_id: str, request: AgentRequest, tools: ToolSet) -> ToolResult | GaveUp:
    try:
        wished = wish(intent, request.context)
    except UserError as error:
        return GaveUp(code=error.code, reason=error.message)
    return await tools.call(ToolCall(call_id=call_id, tool=wished.tool, arguments=wished.arguments))


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
