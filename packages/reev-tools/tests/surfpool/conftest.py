from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from reev_tools.chain import Keyring, World
from reev_tools.surfpool import Absent, SurfpoolChain, SurfpoolProcess, find_surfpool

PEERS = Path(__file__).resolve().parents[4] / ".peers"
GENESIS = World.genesis()


@pytest.fixture(scope="session")
def surfpool_command() -> tuple[str, ...]:
    found = find_surfpool(PEERS)
    if isinstance(found, Absent):
        pytest.skip(found.reason)
    return found


@pytest.fixture(scope="session")
async def surfpool_url(surfpool_command: tuple[str, ...]) -> AsyncIterator[str]:
    async with SurfpoolProcess(surfpool_command) as url:
        yield url


@pytest.fixture
async def open_surfpool(surfpool_url: str) -> AsyncIterator[Callable[..., Awaitable[SurfpoolChain]]]:
    """Open chains on the one surfpool of all tests, and leave nothing on it but their worlds."""

    async def open_surfpool(keyring: Keyring, world: World = GENESIS) -> SurfpoolChain:
        chain = await SurfpoolChain.open(surfpool_url, keyring, world)
        stack.push_async_callback(chain.aclose)
        stack.push_async_callback(chain.rewind, await chain.checkpoint())
        return chain

    async with AsyncExitStack() as stack:
        yield open_surfpool
