"""The scripted agent: says and does exactly what it is given, for tests and for replaying a conversation by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from reev_types.agents import AgentRequest, Completed, LimitReached, StepOutcome
from reev_types.tools import ToolCall, ToolSet

__all__ = ["ScriptedAgent", "ScriptedStep"]


class ScriptedStep(NamedTuple):
    """Tool calls as pairs of tool and arguments, and how the step then ends."""

    calls: Sequence[tuple[str, Mapping[str, Any]]] = ()
    outcome: StepOutcome = Completed()


class ScriptedAgent:
    """Makes each step's calls in order, whatever they return; a step without a script plays ``otherwise``."""

    def __init__(
        self,
        steps: Mapping[str, ScriptedStep],
        name: str = "scripted",
        otherwise: ScriptedStep = ScriptedStep(),  # noqa: B008 - a NamedTuple cannot be changed
    ) -> None:
        self._steps = steps
        self._name = name
        self._otherwise = otherwise

    @property
    def name(self) -> str:
        """The name it is recorded by."""
        return self._name

    async def run_step(self, request: AgentRequest, tools: ToolSet) -> StepOutcome:
        """Play the step's script."""
        script = self._steps.get(request.step_id, self._otherwise)
        for number, (tool, arguments) in enumerate(script.calls, start=1):
            if number > request.limits.max_tool_calls:
                return LimitReached(which="tool_calls")
            call_id = f"{request.step_id}.{number}"
            await tools.call(ToolCall(call_id=call_id, tool=tool, arguments=dict(arguments)))
        return script.outcome
