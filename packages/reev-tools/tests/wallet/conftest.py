"""One small town: ALICE pays, BOB receives, CAROL is a stranger. A market town has Jupiter's programs as well."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from reev_tools.chain import EmbeddedChain, Keyring, Vm, World, encode_mint
from reev_tools.jupiter import JupiterClient
from reev_tools.jupiter.sandbox import SandboxJupiter
from reev_tools.market import Market
from reev_tools.wallet import Wallet, WalletTools
from reev_types.chain import AccountState, SandboxChain
from reev_types.tokens import SOL_MINT, TOKEN_2022_PROGRAM, TOKEN_PROGRAM, find_token
from reev_types.tools import ToolCall, ToolResult

USDC = find_token("USDC").mint
SOL = 10**9
TRANSFER_FEE_CONFIG = 1


@dataclass
class Town:
    chain: SandboxChain
    keyring: Keyring
    tools: WalletTools
    alice: str
    bob: str
    carol: str
    usdc: str = USDC
    program: str = "11111111111111111111111111111111"

    async def call(self, tool: str, **arguments: Any) -> ToolResult:
        return await self.tools.call(ToolCall(call_id="1", tool=tool, arguments=arguments))

    async def lamports(self, address: str) -> int:
        account = await self.chain.account(address)
        return account.lamports if account else 0

    async def tokens(self, owner: str, mint: str = USDC) -> int:
        return sum(held.amount_raw for held in await self.chain.token_accounts(owner) if held.mint == mint)

    async def wsol(self) -> int | None:
        """What ALICE's own account for wrapped SOL holds, or None where she has none."""
        address = self.chain.associated_token_address(self.alice, SOL_MINT, TOKEN_PROGRAM)
        account = await self.chain.token_account(address)
        return account.amount_raw if account else None

    async def lent(self, symbol: str, shares_raw: int) -> None:
        """Give ALICE shares of a vault by decree."""
        await self.chain.set_token_balance(self.alice, find_token(symbol).mint, shares_raw)

    def with_jupiter(self, jupiter: JupiterClient) -> Town:
        """The same town with another Jupiter, whatever the market does."""
        wallet = Wallet(self.alice, self.chain, names={"ALICE": self.alice, "BOB": self.bob}, jupiter=jupiter)
        return replace(self, tools=WalletTools(wallet))

    async def new_mint(self, name: str, **mint: Any) -> str:
        address = self.keyring.address(name)
        data = encode_mint(supply_raw=10**15, **mint)
        await self.chain.set_account(AccountState(address=address, owner=TOKEN_2022_PROGRAM, lamports=10**7, data=data))
        return address

    async def mint_with_fee(self) -> str:
        """One per cent, at most 5 units, in every epoch."""
        terms = struct.pack("<QQH", 0, 5_000_000, 100)
        config = bytes(64) + struct.pack("<Q", 0) + terms + terms
        return await self.new_mint("FEE", decimals=6, extensions=[(TRANSFER_FEE_CONFIG, config)])


class Altered:
    """The market's Jupiter, some of whose answers pass through functions first."""

    def __init__(self, jupiter: JupiterClient, alterations: dict[str, Callable[[Any], Any]]) -> None:
        self._jupiter = jupiter
        self._alterations = alterations

    def __getattr__(self, method: str) -> Any:
        answer, alter = getattr(self._jupiter, method), self._alterations.get(method)
        if alter is None:
            return answer

        async def altered(*arguments: Any) -> Any:
            return alter(await answer(*arguments))

        return altered


@pytest.fixture
def altered() -> Callable[..., Town]:
    """The same town where Jupiter's answers are not what they should be, method by method."""

    def altered(town: Town, **alterations: Callable[[Any], Any]) -> Town:
        return town.with_jupiter(Altered(SandboxJupiter(Market.named(), town.chain), alterations))

    return altered


@pytest.fixture(scope="session")
def vm() -> Vm:
    return Vm(World.genesis())


@pytest.fixture
async def town(vm) -> Town:
    keyring = Keyring(0, "town")
    chain = EmbeddedChain(vm, keyring)
    alice, bob, carol = (keyring.address(name) for name in ("ALICE", "BOB", "CAROL"))
    await chain.set_lamports(alice, SOL)
    tools = WalletTools(Wallet(alice, chain, names={"ALICE": alice, "BOB": bob}))
    return Town(chain, keyring, tools, alice, bob, carol)


@pytest.fixture(scope="session")
def open_market_town() -> Callable[..., Town]:
    vms = {name: Vm(Market.named(name).world()) for name in ("default", "empty_vault")}

    def open_market_town(market: str = "default") -> Town:
        keyring = Keyring(0, "market town")
        chain = EmbeddedChain(vms[market], keyring)
        alice, bob, carol = (keyring.address(name) for name in ("ALICE", "BOB", "CAROL"))
        jupiter = SandboxJupiter(Market.named(market), chain)
        wallet = Wallet(alice, chain, names={"ALICE": alice, "BOB": bob}, jupiter=jupiter)
        return Town(chain, keyring, WalletTools(wallet), alice, bob, carol)

    return open_market_town


@pytest.fixture
async def market_town(open_market_town) -> Town:
    """ALICE has 10 SOL and nothing else."""
    town = open_market_town()
    await town.chain.set_lamports(town.alice, 10 * SOL)
    return town
