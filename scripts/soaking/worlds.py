"""Sandboxes whose chains can be looked at from outside, also after the process that used them has died."""

from __future__ import annotations

from reev_runner.execution import PreparedWorld, Sandbox, embedded_sandbox, prepare_world
from reev_tools.chain import Keyring
from reev_tools.jupiter import JupiterClient
from reev_tools.market import Market
from reev_types.benchmarks import TestCase
from reev_types.chain import SandboxChain

__all__ = ["WatchedSandbox", "still_there"]


class WatchedSandbox:
    """The embedded sandbox, with the newest of its chains in sight."""

    def __init__(self) -> None:
        self._sandbox: Sandbox = embedded_sandbox("default")
        self.newest: SandboxChain | None = None

    def __call__(self, market: str) -> WatchedSandbox:
        """Return this sandbox, whatever market is asked for."""
        return self

    @property
    def market(self) -> Market:
        return self._sandbox.market

    @property
    def identity(self) -> str:
        return self._sandbox.identity

    async def open(self, keyring: Keyring, seed: int) -> SandboxChain:
        """Return a fresh chain, which is the newest from now on."""
        self.newest = await self._sandbox.open(keyring, seed)
        return self.newest

    def jupiter(self, chain: SandboxChain) -> JupiterClient:
        return self._sandbox.jupiter(chain)


async def still_there(case: TestCase, seed: int, chain: SandboxChain, sandbox: WatchedSandbox) -> PreparedWorld:
    """Return the world that stands on ``chain``, which has outlived the process that prepared it."""
    world = await prepare_world(case, embedded_sandbox("default"), seed)
    return world._replace(chain=chain, jupiter=sandbox.jupiter(chain))
