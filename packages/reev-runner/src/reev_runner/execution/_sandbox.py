"""Where trials run: chains that all start in the same world, with the same market."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from typing import Protocol

from reev_tools.chain import EmbeddedChain, Keyring, Vm
from reev_tools.jupiter import JupiterClient, SandboxJupiter
from reev_tools.market import Market
from reev_types.chain import SandboxChain

__all__ = ["EmbeddedSandbox", "Sandbox", "Sandboxes", "embedded_sandbox"]


class Sandbox(Protocol):
    """Opens chains for trials; none of them can see another."""

    @property
    def market(self) -> Market:
        """The market whose programs, pools and vaults every chain starts with."""

    @property
    def identity(self) -> str:
        """SHA-256 over everything that a chain starts with, prices included."""

    async def open(self, keyring: Keyring, seed: int) -> SandboxChain:
        """Return a fresh chain that signs with ``keyring``."""

    def jupiter(self, chain: SandboxChain) -> JupiterClient:
        """Return the client that quotes from what stands on ``chain``."""


Sandboxes = Callable[[str], Sandbox]
"""Returns the sandbox with a market of that name."""


class EmbeddedSandbox:
    """Sessions on one VM in this process."""

    def __init__(self, market: Market) -> None:
        self.market = market
        self._vm = Vm(market.world())
        digests = f"{self._vm.world.digest} {market.digest}"
        self.identity = hashlib.sha256(digests.encode()).hexdigest()

    async def open(self, keyring: Keyring, seed: int) -> SandboxChain:
        """Return a session of its own."""
        return EmbeddedChain(self._vm, keyring, seed=seed)

    def jupiter(self, chain: SandboxChain) -> JupiterClient:
        """Return a client of the market inside the VM."""
        return SandboxJupiter(self.market, chain)


@cache
def embedded_sandbox(market: str) -> Sandbox:
    """Return the process's sandbox with a market; raises UsageError ``unknown_market``."""
    return EmbeddedSandbox(Market.named(market))
