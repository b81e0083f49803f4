"""What every agent has to do."""

from __future__ import annotations

from abc import ABC, abstractmethod

from reev_types.agents import Agent, AgentLimits, AgentRequest, Completed, GaveUp, LimitReached, RefusedByAgent
from reev_types.atomicity import AtomicMode
from reev_types.contexts import FlowState, PromptContext, WalletContext
from reev_types.tools import Failed, ToolCall, ToolResult, ToolSpec

__all__ = ["AgentContract"]

_WALLET = "11111111111111111111111111111112"


class _BrokenTools:
    """Offers one tool, which never works."""

    def __init__(self) -> None:
        self.calls: list[ToolCall] = []

    def specs(self) -> tuple[ToolSpec, ...]:
        return (
            ToolSpec(name="sol_transfer", description="Send SOL.", parameters={"type": "object"}, moves_funds=True),
        )

    async def call(self, call: ToolCall) -> ToolResult:
        self.calls.append(call)
        return Failed(code="program_error", message="it did not work", signature="", fee_lamports=0)


class AgentContract(ABC):
    """Inherit, name the class ``Test…``, and say how an agent is made."""

    @abstractmethod
    async def agent(self) -> Agent:
        """Return an agent to try, able to run a step called ``step_1``."""

    async def test_an_agent_has_a_name(self) -> None:
        assert (await self.agent()).name

    async def test_a_step_always_ends_in_an_outcome(self) -> None:
        outcome = await (await self.agent()).run_step(_request(), _BrokenTools())
        assert isinstance(outcome, Completed | RefusedByAgent | GaveUp | LimitReached)

    async def test_calls_stay_within_the_limit(self) -> None:
        tools = _BrokenTools()
        await (await self.agent()).run_step(_request(AgentLimits(max_tool_calls=1)), tools)
        assert len(tools.calls) <= 1

    async def test_calls_have_ids_of_their_own(self) -> None:
        tools = _BrokenTools()
        await (await self.agent()).run_step(_request(), tools)
        assert len({call.call_id for call in tools.calls}) == len(tools.calls)

    async def test_an_agent_runs_a_step_again_from_the_beginning(self) -> None:
        agent = await self.agent()
        first, second = _BrokenTools(), _BrokenTools()
        assert await agent.run_step(_request(), first) == await agent.run_step(_request(), second)
        assert first.calls == second.calls


def _request(limits: AgentLimits | None = None) -> AgentRequest:
    context = PromptContext(
        wallet_context=WalletContext(owner=_WALLET, sol_balance=10**9),
        flow_state=FlowState(current_step_index=0, total_steps=1, atomic_mode=AtomicMode.STRICT),
        generated_at=0,
    )
    return AgentRequest(
        benchmark_id="contract",
        step_id="step_1",
        prompt="Send 0.1 SOL.",
        context=context,
        limits=limits or AgentLimits(),
    )
