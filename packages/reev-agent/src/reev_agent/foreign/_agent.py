"""An agent behind ``POST /gen/tx``."""

from __future__ import annotations

from typing import assert_never

from reev_agent.models import NetworkPolicy
from reev_types.agents import AgentRequest, Completed, GaveUp, LimitReached, RefusedByAgent, StepOutcome
from reev_types.times import Clock
from reev_types.tools import Concluded, Executed, Failed, Observed, Refused, ToolCall, ToolResult, ToolSet

from ._address import checked_url
from ._exchange import post
from ._request import request_body
from ._response import Proposal, Refusal, Transaction, read_response

__all__ = ["GenTxAgent"]

_TOOL = "execute_transaction"


class GenTxAgent:
    """Asks ``url`` once a step and sends the transactions it returns, in order, until one does not work.

    Raises UsageError ``bad_agent_url``, and ModelError ``network_denied`` where ``policy`` forbids the address.
    """

    def __init__(
        self,
        url: str,
        clock: Clock,
        policy: NetworkPolicy = NetworkPolicy.LOOPBACK_ONLY,
        *,
        name: str = "gen-tx",
        model_name: str = "default-model",
        timeout_s: float = 120.0,
    ) -> None:
        self._url = checked_url(url)
        policy.check(self._url)
        self._clock = clock
        self._name = name
        self._model_name = model_name
        self._timeout_s = timeout_s

    @property
    def name(self) -> str:
        """The name it is chosen and recorded by."""
        return self._name

    async def run_step(self, request: AgentRequest, tools: ToolSet) -> StepOutcome:
        """Ask, and carry out what is answered; raises ForeignAgentError when nobody is there."""
        content = request_body(request, self._model_name)
        answer = await post(self._url, content, self._clock, self._timeout_s)
        told = answer if isinstance(answer, GaveUp) else read_response(answer)
        match told:
            case GaveUp():
                return told
            case Refusal(code=code, reason=reason):
                return RefusedByAgent(code=code, reason=reason)
            case Proposal():
                return await _carried_out(told, request, tools)
            case _:
                assert_never(told)


async def _carried_out(proposal: Proposal, request: AgentRequest, tools: ToolSet) -> StepOutcome:
    for number, transaction in enumerate(proposal.transactions, start=1):
        if number > request.limits.max_tool_calls:
            return LimitReached(which="tool_calls")
        ended = _ending(await _sent(transaction, f"{request.step_id}.{number}", tools))
        if ended is not None:
            return ended
    return Completed(answer=proposal.summary)


async def _sent(transaction: Transaction, call_id: str, tools: ToolSet) -> ToolResult:
    return await tools.call(ToolCall(call_id=call_id, tool=_TOOL, arguments={"instructions": transaction}))


def _ending(result: ToolResult) -> StepOutcome | None:
    match result:
        case Executed() | Observed():
            return None
        case Refused(code=code, message=message) | Failed(code=code, message=message):
            return GaveUp(code=code, reason=message)
        case Concluded(text=text):
            return Completed(answer=text)
        case _:
            assert_never(result)
