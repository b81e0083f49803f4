"""The VM session."""

from __future__ import annotations

import asyncio
import statistics
import time

from .row import Row


def rewind_p50_ms() -> float:
    """Checkpoint, a SOL transfer, and rewind, on a session that has touched two hundred accounts."""
    from reev_tools.chain import EmbeddedChain, Keyring, Vm, World
    from reev_tools.programs import transfer_lamports

    async def measure() -> float:
        keyring = Keyring(0, "bench")
        chain = EmbeddedChain(Vm(World.genesis()), keyring)
        payer, other = keyring.address("PAYER"), keyring.address("OTHER")
        for number in range(200):
            await chain.set_lamports(keyring.address(f"W{number}"), 10**9)
        await chain.set_lamports(payer, 10**12)
        times = []
        for _ in range(500):
            started = time.perf_counter()
            checkpoint = await chain.checkpoint()
            marked = time.perf_counter()
            await chain.submit(await chain.prepare([transfer_lamports(payer, other, 10**9)], payer=payer))
            landed = time.perf_counter()
            await chain.rewind(checkpoint)
            times.append(marked - started + time.perf_counter() - landed)
        return statistics.median(times) * 1_000

    return asyncio.run(measure())


ROWS = (Row("checkpoint and rewind, p50", "ms", 0.3, rewind_p50_ms),)
