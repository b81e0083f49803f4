"""One step: ask, carry out what the model wants, tell it the truth, until something ends it."""

from __future__ import annotations

from typing import Any

from reev_agent.models import SystemMessage, ToolMessage, ToolRequest, UserMessage
from reev_types.agents import AgentRequest, Completed, GaveUp, LimitReached, RefusedByAgent, StepOutcome
from reev_types.tools import Concluded, RefusalRecord, Refused, ToolCall, ToolResult, ToolSet

from ._arguments import read_arguments
from ._budget import Budget
from ._earlier_attempts import asked
from ._interview import Heard, Interview, Setting
from ._results import result_text

__all__ = ["Step"]

_FILTERED = frozenset({"content_filter", "sensitive"})
_CUT_OFF = Refused(
    code="reply_cut_off",
    message="your reply was cut off at its largest length, so nothing in it was carried out",
    suggestions=("call one tool at a time, with less text",),
)


class Step:
    """Carries ``request`` out with ``tools``."""

    def __init__(self, setting: Setting, request: AgentRequest, tools: ToolSet, system_text: str) -> None:
        self._setting = setting
        self._request = request
        self._tools = tools
        self._budget = Budget(request.limits, setting.clock)
        self._interview = Interview(
            setting,
            request.step_id,
            tools.specs(),
            self._budget,
            [SystemMessage(system_text), UserMessage(asked(request))],
        )

    async def run(self) -> StepOutcome:
        """Return how the step ended. Raises ModelError, and what ``tools`` raise."""
        model = self._setting.model
        if self._request.limits.max_cost_micro_usd is not None and not self._setting.prices.knows(
            model.provider, model.model
        ):
            return GaveUp(
                code="unknown_price", reason=f"a limit on cost cannot be kept: no price is known for {model.model}"
            )
        while True:
            turn = self._budget.begin_turn()
            if isinstance(turn, LimitReached):
                return turn
            heard = await self._interview.ask(turn)
            if isinstance(heard, LimitReached | GaveUp):
                return heard
            ended = await self._react(heard)
            if ended is not None:
                return ended

    async def _react(self, heard: Heard) -> StepOutcome | None:
        reply, message = heard
        if reply.finish_reason in _FILTERED:
            return GaveUp(code="model_content_blocked", reason="the provider withheld the model's reply")
        if message.tool_calls:
            return await self._carry_out(reply.message.tool_calls, message.tool_calls, reply.finish_reason == "length")
        if message.refusal:
            return GaveUp(code="model_declined", reason=message.refusal)
        if reply.finish_reason == "length":
            return GaveUp(code="model_reply_cut_off", reason="the reply was cut off at its largest length")
        if not message.text.strip():
            return GaveUp(code="model_empty_reply", reason="the model's reply holds neither text nor a call")
        return Completed(answer=message.text)

    async def _carry_out(
        self, wanted: tuple[ToolRequest, ...], tidy: tuple[ToolRequest, ...], is_cut_off: bool
    ) -> StepOutcome | None:
        for call, told in zip(wanted, tidy, strict=True):
            number = self._budget.begin_call()
            if isinstance(number, LimitReached):
                return number
            arguments = _CUT_OFF if is_cut_off else read_arguments(call.arguments)
            result = await self._call(number, told, arguments)
            self._interview.messages.append(ToolMessage(told.call_id, result_text(result)))
            if isinstance(result, Concluded):
                return _ending(result)
        return None

    async def _call(self, number: int, told: ToolRequest, arguments: dict[str, Any] | Refused) -> ToolResult:
        call_id = f"{self._request.step_id}.{number}"
        with self._setting.telemetry.tool(told.name, call_id, told.arguments) as span:
            if isinstance(arguments, Refused):
                result: ToolResult = self._refuse(ToolCall(call_id=call_id, tool=told.name, arguments={}), arguments)
            else:
                result = await self._tools.call(ToolCall(call_id=call_id, tool=told.name, arguments=arguments))
            span.returned(result)
        return result

    def _refuse(self, call: ToolCall, refusal: Refused) -> Refused:
        return self._tools.refuse(call, refusal) if isinstance(self._tools, RefusalRecord) else refusal


def _ending(conclusion: Concluded) -> StepOutcome:
    if conclusion.by == "refuse":
        return RefusedByAgent.model_validate({"code": conclusion.code, "reason": conclusion.text})
    return Completed(answer=conclusion.text)
