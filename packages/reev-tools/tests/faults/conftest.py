"""ALICE at the market, on a chain and with a Jupiter that break when told to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from reev_tools.chain import EmbeddedChain, Keyring, Vm
from reev_tools.faults import FaultSchedule, FaultyChain, FaultyJupiter
from reev_tools.jupiter.sandbox import SandboxJupiter
from reev_tools.market import Market
from reev_tools.wallet import Wallet, WalletTools
from reev_types.faults import Fault
from reev_types.recovery_events import FaultInjected
from reev_types.tokens import find_token
from reev_types.tools import ToolCall, ToolResult

SOL = 10**9
USDC = find_token("USDC").mint
MARKET = Market.named()
VM = Vm(MARKET.world())


@dataclass
class Storm:
    raw: EmbeddedChain
    chain: FaultyChain
    jupiter: FaultyJupiter
    schedule: FaultSchedule
    tools: WalletTools
    alice: str
    bob: str
    reports: list[FaultInjected] = field(default_factory=list)

    async def call(self, tool: str, **arguments: Any) -> ToolResult:
        return await self.tools.call(ToolCall(call_id="1", tool=tool, arguments=arguments))

    async def pay_bob(self) -> ToolResult:
        return await self.call("sol_transfer", recipient=self.bob, amount="1")

    async def swap(self, **terms: Any) -> ToolResult:
        said = {"input_mint": "SOL", "output_mint": "USDC", "amount": "1", **terms}
        return await self.call("jupiter_swap", **said)

    async def withdraw(self, amount: str = "1") -> ToolResult:
        return await self.call("jupiter_lend_earn_withdraw", asset="USDC", amount=amount)

    async def lamports(self, address: str) -> int:
        account = await self.raw.account(address)
        return account.lamports if account else 0

    @property
    def kinds(self) -> list[str]:
        return [report.kind for report in self.reports]


@pytest.fixture
def open_storm() -> Callable[..., Any]:
    async def open_storm(*faults: Fault) -> Storm:
        keyring = Keyring(0, "storm")
        raw = EmbeddedChain(VM, keyring)
        alice, bob = keyring.address("ALICE"), keyring.address("BOB")
        reports: list[FaultInjected] = []

        async def sleep(seconds: float) -> None:
            await raw.advance(slots=int(seconds * 5 // 2), seconds=int(seconds))

        schedule = FaultSchedule(faults, raw, sleep=sleep, report=reports.append)
        chain = FaultyChain(raw, schedule)
        jupiter = FaultyJupiter(SandboxJupiter(MARKET, raw), schedule)
        await raw.set_lamports(alice, 10 * SOL)
        await raw.set_token_balance(alice, find_token("jlUSDC").mint, 50_000_000)
        tools = WalletTools(Wallet(alice, chain, jupiter=jupiter))
        return Storm(raw, chain, jupiter, schedule, tools, alice, bob, reports)

    return open_storm
