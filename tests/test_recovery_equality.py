"""With no fault, recovery changes nothing: neither what is sent, nor the verdict, nor the chain."""

from __future__ import annotations

import pytest

from reev_orchestrator import TemplateRenderer
from reev_runner.execution import FlowSetup, Sandbox, TrialRunner, choose_agent, embedded_sandbox
from reev_runner.files import BUILT_IN, find_benchmarks, load_case
from reev_runner.journal import fold
from reev_runner.system import SystemClock
from reev_tools.chain import Keyring
from reev_types.benchmarks import TestCase
from reev_types.chain import SandboxChain
from reev_types.events import Event, StepStarted, TransactionReturned, TransactionSent
from reev_types.recovery import RecoveryConfig
from reev_types.recovery_events import AttemptFailed

CASES = {case.id: case for path in find_benchmarks([str(BUILT_IN)]) if not (case := load_case(path)).faults}
EVERYTHING = RecoveryConfig(enable_alternative_flows=True, enable_user_fulfillment=True)


class Watched:
    """The embedded sandbox, whose newest chain can be looked at."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self.market, self.identity, self.jupiter = sandbox.market, sandbox.identity, sandbox.jupiter
        self.newest: SandboxChain | None = None

    async def open(self, keyring: Keyring, seed: int) -> SandboxChain:
        self.newest = await self._sandbox.open(keyring, seed)
        return self.newest


async def carried_out(case: TestCase, setup: FlowSetup) -> tuple[tuple[Event, ...], str]:
    """Return the journal, and what the chain's state hashes to in the end."""
    sandbox = Watched(embedded_sandbox(case.market))
    runner = TrialRunner(lambda market: sandbox, SystemClock(), TemplateRenderer(), setup=setup)
    events = await runner.run(case, choose_agent("deterministic"), 0)
    assert sandbox.newest is not None
    return events, await sandbox.newest.state_hash()


def of_types(events: tuple[Event, ...], *types: type) -> list[dict[str, object]]:
    return [event.model_dump(exclude={"timing", "built"}) for event in events if isinstance(event, types)]


@pytest.mark.parametrize("case", [case for case in CASES.values() if case.recovery is None], ids=lambda case: case.id)
async def test_with_no_fault_recovery_changes_nothing(case):
    direct, state = await carried_out(case, FlowSetup())
    recovering, state_with_recovery = await carried_out(case, FlowSetup(recovery=EVERYTHING))
    assert not of_types(recovering, AttemptFailed)
    assert of_types(recovering, StepStarted) == of_types(direct, StepStarted)
    assert of_types(recovering, TransactionSent, TransactionReturned) == of_types(
        direct, TransactionSent, TransactionReturned
    )
    assert fold(recovering).judgement == fold(direct).judgement
    assert fold(recovering).run_hash == fold(direct).run_hash
    assert state_with_recovery == state


def test_every_earlier_benchmark_is_among_them():
    numbers = {int(case_id[:3]) for case_id, case in CASES.items() if case.recovery is None}
    assert {1, 2, 3, 4, 100, 200, *range(110, 117), *range(300, 306)} <= numbers
