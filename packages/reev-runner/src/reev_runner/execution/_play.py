"""A flow carried out on a world that is ready."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from reev_orchestrator.recovery import FlowTime, RecoveryEngine
from reev_runner.journal import Journal
from reev_runner.judgement import refusals_due
from reev_runner.telemetry import SILENT, RunTelemetry
from reev_tools.faults import FaultSchedule, FaultyChain, FaultyJupiter
from reev_tools.wallet import STANDARD_TOOLS, Tool, Wallet, WalletTools
from reev_types.agents import Agent, AgentLimits, PromptRenderer
from reev_types.atomicity import OnAbort
from reev_types.benchmarks import TestCase
from reev_types.chain import Checkpoint
from reev_types.intents import Intent
from reev_types.times import Clock

from ._chain_time import ChainTime
from ._flow import AfterStep, Flow
from ._past import Past
from ._progress import FlowProgress
from ._rebuild import unsettled
from ._recorded_chain import RecordedChain, Submission
from ._recorded_tools import RecordedTools
from ._setup import FlowSetup
from ._stage import Stage
from ._undoing import Undoing
from ._world import PreparedWorld

__all__ = ["Behind", "Played", "Player", "Scene"]


class Played(NamedTuple):
    """What saw the flow."""

    chain: RecordedChain
    tools: RecordedTools
    journal: Journal


@dataclass(frozen=True, slots=True)
class Behind:
    """What is behind a flow that goes on after an interruption."""

    past: Past
    progress: FlowProgress
    submissions: Sequence[Submission]
    began: Checkpoint
    """The chain where the flow began."""
    began_s: int
    """The chain's time where the flow began."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One run of a case: the world as it really is, who acts in it, and what is behind the flow already."""

    case: TestCase
    world: PreparedWorld
    agent: Agent
    journal: Journal
    seed: int
    intents: dict[str, tuple[Intent, ...]]
    prices_usd: Mapping[str, Decimal]
    extra_tools: Sequence[Tool[Any]] = ()
    behind: Behind | None = None


@dataclass(frozen=True, slots=True)
class Player:
    """Carries flows out; everything that its runs have in common."""

    clock: Clock
    renderer: PromptRenderer
    sol_reserve_lamports: int
    limits: AgentLimits
    setup: FlowSetup

    async def play(self, scene: Scene, after_step: AfterStep | None = None, telemetry: RunTelemetry = SILENT) -> Played:
        """Carry the flow out and return what saw it. Raises BackendError."""
        case, world, journal = scene.case, scene.world, scene.journal
        behind = scene.behind
        time = FlowTime(self.clock, ChainTime(world.chain, journal, behind.past.waited_ms if behind else 0))
        schedule = await self._schedule(scene, time)
        seen = world if schedule is None else _faulty(world, schedule)
        chain = RecordedChain(seen.chain, journal, telemetry, keeps_built=case.recovery is not None)
        tools = self._tools(scene, seen, chain, telemetry)
        if behind is not None:
            tools.go_on(behind.past.reads, behind.submissions, unsettled(behind.past, behind.progress))
        stage = Stage(
            case=case,
            world=seen,
            agent=scene.agent,
            tools=tools,
            journal=journal,
            renderer=self.renderer,
            time=time,
            sol_reserve_lamports=self.sol_reserve_lamports,
            prices_usd=scene.prices_usd,
            refusals_due=refusals_due(case),
            limits=self.limits,
            telemetry=telemetry,
            intents=scene.intents,
            faults=schedule,
            survives=case.recovery is not None,
        )
        undoing = Undoing(case.on_abort, world.chain, await self._began(scene))
        await Flow(stage, undoing, self._engine(scene, time, telemetry), after_step, _progress(scene)).run()
        if schedule is not None:
            await schedule.end()
        return Played(chain, tools, journal)

    def _tools(
        self, scene: Scene, world: PreparedWorld, chain: RecordedChain, telemetry: RunTelemetry
    ) -> RecordedTools:
        wallet = Wallet(
            world.wallet,
            chain,
            names=world.addresses,
            sol_reserve_lamports=self.sol_reserve_lamports,
            jupiter=world.jupiter,
        )
        every = WalletTools(wallet, (*STANDARD_TOOLS, *scene.extra_tools))
        return RecordedTools(every, chain, scene.journal, telemetry.of(scene.agent), names=world.addresses)

    async def _schedule(self, scene: Scene, time: FlowTime) -> FaultSchedule | None:
        if not scene.case.faults:
            return None
        chain = scene.world.chain
        schedule = FaultSchedule(scene.case.faults, chain, sleep=time.sleep, report=scene.journal.append)
        schedule.begin((await chain.clock()).unix_timestamp if scene.behind is None else scene.behind.began_s)
        return schedule

    async def _began(self, scene: Scene) -> Checkpoint | None:
        if scene.case.on_abort is not OnAbort.ROLLBACK:
            return None
        return scene.behind.began if scene.behind else await scene.world.chain.checkpoint()

    def _engine(self, scene: Scene, time: FlowTime, telemetry: RunTelemetry) -> RecoveryEngine | None:
        config = scene.case.recovery
        if config is None:
            return None
        return RecoveryEngine.from_config(
            config,
            time,
            telemetry.measured(scene.journal.append),
            seed=scene.seed,
            flow=scene.case.id,
            asker=self.setup.asker,
            alternatives=self.setup.alternatives,
            own=self.setup.strategies,
            recovered_ms=scene.behind.past.recovered_ms if scene.behind else 0,
            tracer_provider=telemetry.tracer_provider,
        )


def _progress(scene: Scene) -> FlowProgress:
    return scene.behind.progress if scene.behind else FlowProgress()


def _faulty(world: PreparedWorld, schedule: FaultSchedule) -> PreparedWorld:
    chain = FaultyChain(world.chain, schedule)
    return world._replace(chain=chain, jupiter=FaultyJupiter(world.jupiter, schedule))
