from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from reev_types.agents import AgentRequest
from reev_types.atomicity import AtomicMode
from reev_types.contexts import FlowState, PreviousResult, PromptContext, TokenBalance, WalletContext
from reev_types.models import ModelRecord, ModelReplyRecord, ModelRequestRecord
from reev_types.tokens import SOL_MINT, find_token
from reev_types.tools import Executed, ToolCall, ToolResult, ToolSpec

WALLET = "11111111111111111111111111111112"
USDC = find_token("USDC").mint


@dataclass
class PlannedTools:
    """Returns the results it was given, in order, and remembers the calls."""

    results: Sequence[ToolResult] = ()
    calls: list[ToolCall] = field(default_factory=list)

    def specs(self) -> tuple[ToolSpec, ...]:
        return ()

    async def call(self, call: ToolCall) -> ToolResult:
        self.calls.append(call)
        if len(self.calls) <= len(self.results):
            return self.results[len(self.calls) - 1]
        return Executed(signature="s", fee_lamports=5_000, balance_changes=())

    @property
    def wishes(self) -> list[tuple[str, dict[str, object]]]:
        return [(call.tool, call.arguments) for call in self.calls]


@dataclass
class Exchanges:
    """Remembers what was said to a model and what came back."""

    records: list[ModelRecord] = field(default_factory=list)

    def note(self, record: ModelRecord) -> None:
        self.records.append(record)

    @property
    def requests(self) -> list[ModelRequestRecord]:
        return [record for record in self.records if isinstance(record, ModelRequestRecord)]

    @property
    def replies(self) -> list[ModelReplyRecord]:
        return [record for record in self.records if isinstance(record, ModelReplyRecord)]


@pytest.fixture
def exchanges():
    return Exchanges()


@pytest.fixture
def planned_tools():
    return PlannedTools


@pytest.fixture
def context() -> PromptContext:
    balance = TokenBalance(mint=USDC, balance=20_000_000, decimals=6, symbol="USDC")
    return PromptContext(
        wallet_context=WalletContext(
            owner=WALLET,
            sol_balance=4_000_000_000,
            token_balances={USDC: balance},
            token_prices={SOL_MINT: "150"},
        ),
        flow_state=FlowState(current_step_index=0, total_steps=1, atomic_mode=AtomicMode.STRICT),
        previous_results=(
            PreviousResult(step_id="swap_1", success=True, summary="", produced_raw={USDC: 394_358_118}),
        ),
        generated_at=0,
    )


@pytest.fixture
def request_for(context):
    def request_for(step_id: str = "step_1", **fields) -> AgentRequest:
        return AgentRequest(benchmark_id="001", step_id=step_id, prompt="do it", context=context, **fields)

    return request_for
