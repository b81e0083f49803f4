from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from reev_tools.chain import EmbeddedChain, Keyring, Vm, World
from reev_types.chain import Instruction, TransactionOutcome

SOL = 10**9


@dataclass
class Sandbox:
    """A chain with its keyring, and the shortcuts that the tests here share."""

    chain: EmbeddedChain
    keys: Keyring

    async def wallet(self, name: str, lamports: int = 10 * SOL) -> str:
        address = self.keys.address(name)
        await self.chain.set_lamports(address, lamports)
        return address

    async def send(self, *instructions: Instruction, payer: str) -> TransactionOutcome:
        return await self.chain.submit(await self.chain.prepare(instructions, payer=payer))

    async def lamports(self, address: str) -> int:
        account = await self.chain.account(address)
        return account.lamports if account else 0


@pytest.fixture(scope="session")
def vm() -> Vm:
    return Vm(World.genesis())


@pytest.fixture
def open_sandbox(vm: Vm) -> Callable[..., Sandbox]:
    def open_sandbox(namespace: str = "test", seed: int = 0, on: Vm = vm) -> Sandbox:
        keys = Keyring(seed, namespace)
        return Sandbox(EmbeddedChain(on, keys, seed=seed), keys)

    return open_sandbox


@pytest.fixture
def sandbox(open_sandbox: Callable[..., Sandbox]) -> Sandbox:
    return open_sandbox()
