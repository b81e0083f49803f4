"""The embedded chain fulfils the contract of every sandbox chain."""

from reev_tools.chain import EmbeddedChain, Keyring, Vm, World
from reev_types.chain import SandboxChain
from reev_types.testing import ChainContract

VM = Vm(World.genesis())


class TestEmbeddedChain(ChainContract):
    keys = Keyring(7, "contract")

    async def open_chain(self) -> SandboxChain:
        return EmbeddedChain(VM, self.keys, seed=7)

    def wallet(self, name: str) -> str:
        return self.keys.address(name)
