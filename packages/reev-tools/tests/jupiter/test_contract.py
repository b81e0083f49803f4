"""The sandbox fulfils the contract of every Jupiter client, directly and through Jupiter's REST API."""

from contextlib import asynccontextmanager

from reev_tools.chain import EmbeddedChain, Keyring, Vm
from reev_tools.jupiter.http import HttpJupiter, HttpSettings
from reev_tools.jupiter.sandbox import SandboxJupiter
from reev_tools.jupiter.testing import Exchange, JupiterContract, JupiterServer
from reev_tools.market import Market
from reev_types.testing import SteppedClock

MARKET = Market.named()
VM = Vm(MARKET.world())
KEYS = Keyring(7, "contract")


async def open_sandbox() -> Exchange:
    chain = EmbeddedChain(VM, KEYS, seed=7)
    wallet = KEYS.address("wallet")
    await chain.set_lamports(wallet, 10 * 10**9)
    return Exchange(SandboxJupiter(MARKET, chain), chain, wallet)


class TestSandboxJupiter(JupiterContract):
    @asynccontextmanager
    async def open_exchange(self):
        yield await open_sandbox()


class TestHttpJupiter(JupiterContract):
    @asynccontextmanager
    async def open_exchange(self):
        sandbox = await open_sandbox()
        async with JupiterServer(sandbox.client) as server:
            settings = HttpSettings(base_url=server.base_url)
            async with HttpJupiter(SteppedClock(), settings) as client:
                yield Exchange(client, sandbox.chain, sandbox.wallet)
