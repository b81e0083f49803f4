from __future__ import annotations

import json
from pathlib import Path

import pytest

from reev_runner.execution import TrialRunner, choose_agent
from reev_runner.files import load_case

SYSTEM = "11111111111111111111111111111111"
TOKEN = "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"
SOL_MINT = "So11111111111111111111111111111111111111112"

TWO_PAYMENTS = f"""
id: 900-two-payments
description: Two payments, the second of which depends on the first.
tags: [test]
initial_state:
  - pubkey: USER_WALLET_PUBKEY
    owner: "{SYSTEM}"
    lamports: 1000000000
  - pubkey: RECIPIENT_WALLET_PUBKEY
    owner: "{SYSTEM}"
    lamports: 1000000000
prompt: Pay RECIPIENT_WALLET_PUBKEY twice.
flow:
  - step: 1
    description: First
    prompt: Pay 0.1 SOL to RECIPIENT_WALLET_PUBKEY.
    critical: true
    timeout: 30
  - step: 2
    description: Second
    prompt: Pay 0.2 SOL to RECIPIENT_WALLET_PUBKEY.
    depends_on: [step_1_result]
    critical: true
ground_truth:
  final_state_assertions:
    - type: SolBalance
      pubkey: RECIPIENT_WALLET_PUBKEY
      expected: 1300000000
reference:
  - - {{kind: transfer, mint: {SOL_MINT}, recipient: RECIPIENT_WALLET_PUBKEY, amount: {{kind: exact, raw: 100000000}}}}
  - - {{kind: transfer, mint: {SOL_MINT}, recipient: RECIPIENT_WALLET_PUBKEY, amount: {{kind: exact, raw: 200000000}}}}
"""


class StillClock:
    """Time that passes only when somebody sleeps."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.slept: list[float] = []

    def now_iso(self) -> str:
        return "2026-11-22T12:00:00.000Z"

    def monotonic(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds


class CountedIds:
    """Session ids in order."""

    def __init__(self) -> None:
        self.count = 0

    def session_id(self) -> str:
        self.count += 1
        return f"session-{self.count}"


@pytest.fixture
def still_clock() -> StillClock:
    return StillClock()


@pytest.fixture
def counted_ids() -> CountedIds:
    return CountedIds()


@pytest.fixture(scope="session")
def vm():
    from reev_tools.chain import Vm, World

    return Vm(World.genesis())


@pytest.fixture(scope="session")
def sandbox():
    from reev_runner.execution import embedded_sandbox

    return embedded_sandbox("default")


@pytest.fixture
def two_payments(tmp_path: Path):
    path = tmp_path / "900-two-payments.yml"
    path.write_text(TWO_PAYMENTS)
    return load_case(path)


@pytest.fixture
def run_trial(still_clock):
    """Run a case in memory and return its events."""

    async def run_trial(case, agent="deterministic", seed=0, clock=None):
        from reev_orchestrator import TemplateRenderer
        from reev_runner.execution import embedded_sandbox

        runner = TrialRunner(embedded_sandbox, clock or still_clock, TemplateRenderer())
        return await runner.run(case, choose_agent(agent), seed)

    return run_trial


PAYING = {
    f"step_{number}": [
        {
            "tool_calls": [
                {"name": "sol_transfer", "arguments": {"recipient": "RECIPIENT_WALLET_PUBKEY", "amount": f"0.{number}"}}
            ]
        },
        {"content": f"Paid 0.{number} SOL."},
    ]
    for number in (1, 2)
}


@pytest.fixture
def paying(tmp_path: Path) -> str:
    """The name of a scripted model that carries out ``two_payments``."""
    path = tmp_path / "paying.json"
    path.write_text(json.dumps(PAYING))
    return f"scripted:{path}"
