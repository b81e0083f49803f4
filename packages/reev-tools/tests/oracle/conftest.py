"""anchorpy in an environment of its own, and a customer of the market whose instructions it is shown."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from reev_tools.chain import EmbeddedChain, Keyring, Vm
from reev_tools.jupiter.sandbox import SandboxJupiter
from reev_tools.market import Market
from reev_tools.market.lend import LEND_PROGRAM
from reev_tools.market.swap import SWAP_PROGRAM
from reev_tools.wallet import Wallet, WalletTools
from reev_types.chain import Instruction, SignedTransaction
from reev_types.tokens import TOKENS
from reev_types.tools import Executed, ToolCall

HERE = Path(__file__).parent
REPOSITORY = HERE.parents[3]
PINS = HERE / "requirements.txt"
INSTALLATION_S = 240
DECODING_S = 60

Decode = Callable[[str, str, Sequence[bytes]], list[dict[str, Any]]]


@pytest.fixture(scope="session")
def decode_elsewhere() -> Decode:
    """Decode instructions or events of a program by anchorpy; skips where its environment cannot be made."""
    python = _environment()

    def decode(kind: str, program: str, datas: Sequence[bytes]) -> list[dict[str, Any]]:
        idl = HERE / ("jupiter.json" if program == SWAP_PROGRAM else "jupiter_lend.json")
        asked = json.dumps([{"idl": str(idl), "kind": kind, "data": data.hex()} for data in datas])
        answer = subprocess.run(
            [python, "-I", HERE / "decode.py"], input=asked, capture_output=True, text=True, timeout=DECODING_S
        )
        assert answer.returncode == 0, answer.stderr
        return json.loads(answer.stdout)

    return decode


def _environment() -> Path:
    uv = shutil.which("uv") or shutil.which("uv", path=REPOSITORY / ".tools/bin")
    if uv is None:
        pytest.skip("anchorpy: its environment needs uv, which is neither on PATH nor in .tools/bin")
    identity = sha256(PINS.read_bytes() + sys.version.encode()).hexdigest()[:12]
    folder = REPOSITORY / ".oracle" / identity
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    # Written last: an installation that was interrupted begins anew.
    complete = folder / "complete"
    if not complete.exists():
        _run(uv, "venv", "--quiet", "--clear", "--no-project", "--python", sys.executable, str(folder))
        _run(uv, "pip", "sync", "--quiet", "--python", str(python), str(PINS))
        complete.touch()
    return python


def _run(*command: str) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=INSTALLATION_S, cwd=HERE)
    except subprocess.TimeoutExpired:
        pytest.skip(f"anchorpy: its environment was not installed within {INSTALLATION_S} s")
    if done.returncode:
        why = " ".join(done.stderr.split())[-200:]
        pytest.skip(f"anchorpy: its environment cannot be installed: {why}")


class Watched(EmbeddedChain):
    """A chain that remembers what it was asked to sign."""

    def __init__(self, vm: Vm, keys: Keyring) -> None:
        super().__init__(vm, keys)
        self.orders: list[Instruction] = []

    async def prepare(
        self, instructions: Sequence[Instruction], *, payer: str, lookup_tables: Sequence[str] = ()
    ) -> SignedTransaction:
        self.orders += instructions
        return await super().prepare(instructions, payer=payer, lookup_tables=lookup_tables)


class Customer:
    """A wallet with everything that the tools can spend, its tools, and what they asked of Jupiter's programs."""

    def __init__(self, vm: Vm, market: Market) -> None:
        keys = Keyring(0, "oracle")
        self.address = keys.address("customer")
        self.chain = Watched(vm, keys)
        self.market = market
        self.tools = WalletTools(Wallet(self.address, self.chain, jupiter=SandboxJupiter(market, self.chain)))

    async def endow(self) -> None:
        await self.chain.set_lamports(self.address, 10**12)
        for token in TOKENS[1:]:
            await self.chain.set_token_balance(self.address, token.mint, 10**10)

    async def orders(self, tool: str, **arguments: object) -> list[Instruction]:
        self.chain.orders.clear()
        result = await self.tools.call(ToolCall(call_id="1", tool=tool, arguments=arguments))
        assert isinstance(result, Executed), result
        return [order for order in self.chain.orders if order.program_id in (SWAP_PROGRAM, LEND_PROGRAM)]


@pytest.fixture(scope="session")
def market_vm() -> Vm:
    return Vm(Market.named().world())


@pytest.fixture
async def customer(market_vm: Vm) -> Customer:
    customer = Customer(market_vm, Market.named())
    await customer.endow()
    return customer
