"""Swaps and lending in the market inside the VM."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Iterator

from solders.litesvm import LiteSVM
from solders.transaction import VersionedTransaction
from solders.transaction_metadata import TransactionResult

from .compute_units import swap_units
from .row import Row

_ROUNDS = 200
_REPEATED = 8


class _Stopwatch:
    """A LiteSVM whose time in ``send_transaction`` is kept."""

    def __init__(self, svm: LiteSVM) -> None:
        self._svm = svm
        self.seconds = 0.0

    def __getattr__(self, name: str) -> object:
        return getattr(self._svm, name)

    def send_transaction(self, transaction: VersionedTransaction) -> TransactionResult:
        started = time.perf_counter()
        try:
            return self._svm.send_transaction(transaction)
        finally:
            self.seconds += time.perf_counter() - started


def swap_tool_call_ms() -> float:
    """What a swap by tool takes beyond the VM's own time for its transaction: the best of some medians of many.

    Whatever else runs on the machine can only add to it.
    """
    return min(statistics.median(asyncio.run(_swap_calls_ms())) for _ in range(_REPEATED))


async def _swap_calls_ms() -> list[float]:
    from reev_tools.chain import EmbeddedChain, Keyring, Vm
    from reev_tools.jupiter import SandboxJupiter
    from reev_tools.market import Market
    from reev_tools.wallet import Wallet, WalletTools
    from reev_types.tools import Executed, ToolCall

    market, keyring = Market.named(), Keyring(0, "bench")
    vm = Vm(market.world())
    watch = vm._svm = _Stopwatch(vm._svm)
    chain = EmbeddedChain(vm, keyring)
    await chain.set_lamports(keyring.address("PAYER"), 10**12)
    tools = WalletTools(Wallet(keyring.address("PAYER"), chain, jupiter=SandboxJupiter(market, chain)))
    call = ToolCall(
        call_id="1", tool="jupiter_swap", arguments={"input_mint": "SOL", "output_mint": "USDC", "amount": "0.1"}
    )
    times = []
    for _ in range(_ROUNDS):
        watch.seconds, started = 0.0, time.perf_counter()
        result = await tools.call(call)
        times.append((time.perf_counter() - started - watch.seconds) * 1_000)
        if not isinstance(result, Executed):
            raise SystemExit(f"a swap did not work; its time means nothing: {result}")
    return times


def figures() -> Iterator[tuple[str, str]]:
    """Return what has no budget of its own: program sizes, and compute units by instruction."""
    from reev_tools.market import Market

    for address, image in sorted(Market.named().programs.items()):
        yield f"program {address[:4]}…", f"{len(image):,} bytes"
    for name, units in swap_units():
        yield f"  {name}", f"{units:,} CU"


def swap_compute_units() -> float:
    """The dearest of the forms: two hops, shared accounts, a platform fee, a Token-2022 mint."""
    return max(units for _, units in swap_units())


ROWS = (
    Row("swap tool call beyond its transaction's VM time", "ms", 1.5, swap_tool_call_ms),
    Row("swap instruction with its calls, dearest form", "CU", 20_000, swap_compute_units),
)
