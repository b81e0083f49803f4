"""Where no fault is planned, the wrappers are what they wrap."""

from contextlib import asynccontextmanager

from reev_tools.chain import EmbeddedChain, Keyring, Vm, World
from reev_tools.faults import FaultSchedule, FaultyChain, FaultyJupiter
from reev_tools.jupiter.sandbox import SandboxJupiter
from reev_tools.jupiter.testing import Exchange, JupiterContract
from reev_tools.market import Market
from reev_types.chain import SandboxChain
from reev_types.testing import ChainContract, SteppedClock

MARKET = Market.named()
PLAIN, MARKET_VM = Vm(World.genesis()), Vm(MARKET.world())
KEYS = Keyring(7, "contract")


def calm(chain: SandboxChain) -> FaultSchedule:
    schedule = FaultSchedule((), chain, sleep=SteppedClock().sleep)
    schedule.at("step_1", 1)
    return schedule


class TestFaultyChain(ChainContract):
    async def open_chain(self) -> SandboxChain:
        chain = EmbeddedChain(PLAIN, KEYS, seed=7)
        return FaultyChain(chain, calm(chain))

    def wallet(self, name: str) -> str:
        return KEYS.address(name)


class TestFaultyJupiter(JupiterContract):
    @asynccontextmanager
    async def open_exchange(self):
        chain = EmbeddedChain(MARKET_VM, KEYS, seed=7)
        wallet, schedule = KEYS.address("wallet"), calm(chain)
        await chain.set_lamports(wallet, 10 * 10**9)
        yield Exchange(FaultyJupiter(SandboxJupiter(MARKET, chain), schedule), FaultyChain(chain, schedule), wallet)
