from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from reev_orchestrator.mocks import PausedClock, mock_wallet
from reev_orchestrator.recovery import FailedStep, FlowTime, RecoveryEngine, Succeeded, classify
from reev_types.amounts import ExactAmount
from reev_types.atomicity import AtomicMode
from reev_types.contexts import FlowState, PromptContext
from reev_types.intents import SwapIntent
from reev_types.recovery import Landed, RecoveryConfig, StepFailure
from reev_types.tokens import SOL_MINT, find_token


@dataclass
class Steps:
    """A ``StepExecutor`` whose attempts end as told, each with a fee; ``parts`` are those attempted."""

    endings: list[object]
    known: PromptContext
    seconds: float = 0.0
    time: FlowTime | None = None
    parts: list[object] = field(default_factory=list)
    fees_lamports: int = 5_000
    number: int = 1
    fault: Exception | None = None

    async def attempt(self, part):
        self.parts.append(part)
        self.number += 1
        self.fees_lamports += 5_000
        if self.seconds:
            await self.time.sleep(self.seconds)
        ending = self.endings.pop(0)
        return ending.model_copy(update={"attempt": self.number}) if isinstance(ending, StepFailure) else ending

    async def context(self):
        if self.fault is not None:
            raise self.fault
        return self.known

    @property
    def asked(self):
        """What the attempts were of: part ids and prompts."""
        return [(part.part_id, part.prompt) for part in self.parts]


@pytest.fixture
def clock():
    return PausedClock()


@pytest.fixture
def skipped():
    """The seconds that were skipped, one number for each time."""
    return []


@pytest.fixture
def time(clock, skipped):
    async def skip(seconds):
        skipped.append(seconds)

    return FlowTime(clock, skip)


@pytest.fixture
def context():
    return PromptContext(
        wallet_context=mock_wallet(),
        flow_state=FlowState(current_step_index=0, total_steps=1, atomic_mode=AtomicMode.STRICT),
        generated_at=0,
    )


@pytest.fixture
def fail():
    """Make a failure of ``swap_1`` from its code."""

    def make(code="rate_limited", *, landed=0, **details):
        calls = tuple(
            Landed(call_id=f"swap_1.{n}", tool="jupiter_swap", arguments={}, signature=f"s{n}", summary="")
            for n in range(landed)
        )
        known = {"step_id": "swap_1", "attempt": 1, "failure_class": classify(code)} | details
        return StepFailure(code=code, landed=calls, **known)

    return make


@pytest.fixture
def swap():
    """Make an intent that swaps SOL to USDC."""

    def make(amount=None, **details):
        pair = {"input_mint": SOL_MINT, "output_mint": find_token("USDC").mint}
        return SwapIntent(**(pair | {"amount": amount or ExactAmount(raw=1_000_000_000)} | details))

    return make


@pytest.fixture
def step(swap):
    return FailedStep("swap_1", "Swap 1 SOL to USDC", swap())


@pytest.fixture
def journal():
    return []


@pytest.fixture
def executor(context, time):
    """Make an executor whose attempts succeed or fail as told."""

    def make(*endings, seconds=0.0):
        return Steps([Succeeded() if ending is True else ending for ending in endings], context, seconds, time)

    return make


@pytest.fixture
def engine(time, journal):
    """Make an engine from fields of ``RecoveryConfig`` and arguments of ``RecoveryEngine.from_config``."""

    def make(**said):
        fields = {name: said.pop(name) for name in list(said) if name in RecoveryConfig.model_fields}
        return RecoveryEngine.from_config(
            RecoveryConfig(**fields), time, journal.append, **({"seed": 7, "flow": "flow"} | said)
        )

    return make


@pytest.fixture
def decisions(journal):
    """Return what strategies decided so far: strategy, decision, reason."""

    def make():
        return [(event.strategy, event.decision, event.reason) for event in journal if event.type == "recovery_decided"]

    return make
