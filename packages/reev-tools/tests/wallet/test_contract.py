"""The tools of a wallet fulfil the contract of every tool set."""

from reev_tools.chain import EmbeddedChain, Keyring, Vm, World
from reev_tools.wallet import Wallet, WalletTools
from reev_types.testing import ToolSetContract

VM = Vm(World.genesis())


class TestWalletTools(ToolSetContract):
    async def tools(self):
        keyring = Keyring(0, "contract")
        return WalletTools(Wallet(keyring.address("ALICE"), EmbeddedChain(VM, keyring)))
