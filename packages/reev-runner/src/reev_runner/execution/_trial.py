"""A trial from beginning to end."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from reev_runner.journal import Journal, fold_steps, run_hash
from reev_runner.judgement import ReferenceRun, judge
from reev_runner.telemetry import RunTelemetry
from reev_types.agents import AgentLimits, PromptRenderer
from reev_types.amounts import DEFAULT_SOL_RESERVE_LAMPORTS
from reev_types.benchmarks import TestCase
from reev_types.errors import BackendError, StorageError, UsageError
from reev_types.events import AcceptedFlow, Event, RunEnded, RunJudged, RunStarted, WorldPrepared
from reev_types.results import Judgement
from reev_types.times import Clock

from ._agents import AgentChoice, AgentSetting
from ._evidence import ending_of, evidence_of
from ._exchanges import JournalLog
from ._intents import intents_by_step
from ._observation import Observer
from ._play import Player, Scene
from ._reference import References
from ._repeat import repeated, repeats_agent
from ._repeat_flow import repeats_setup
from ._resume import Opening, reopened, resumable
from ._sandbox import Sandboxes
from ._setup import FlowSetup
from ._world import PreparedWorld, prepare_world

__all__ = ["TrialRunner"]


class TrialRunner:
    """Runs test cases in sandboxes; equal cases, seeds and agents give equal journals outside ``timing``."""

    def __init__(
        self,
        sandboxes: Sandboxes,
        clock: Clock,
        renderer: PromptRenderer,
        *,
        sol_reserve_lamports: int = DEFAULT_SOL_RESERVE_LAMPORTS,
        limits: AgentLimits | None = None,
        telemetry: RunTelemetry | None = None,
        setup: FlowSetup | None = None,
    ) -> None:
        self._sandboxes = sandboxes
        self._clock = clock
        self._player = Player(clock, renderer, sol_reserve_lamports, limits or AgentLimits(), setup or FlowSetup())
        self._references = References(sandboxes, self._player)
        self._telemetry = telemetry or RunTelemetry()

    async def run(
        self,
        case: TestCase,
        choice: AgentChoice,
        seed: int,
        *,
        sink: Callable[[Event], None] | None = None,
        timing: Mapping[str, Any] | None = None,
    ) -> tuple[Event, ...]:
        """Run ``case`` once and return its events, which end with ``RunEnded``.

        A chain, market or model that fails ends the run with status ``error``, as does an agent that cannot be made.
        ``timing`` is added to the first event, as is what repeats the run. Raises StorageError when ``sink`` does.
        """
        applied = self._player.setup.applied(case)
        journal = Journal(self._clock, sink)
        journal.append(self._started(applied, choice, seed), **self._repeat(choice), **(timing or {}))
        return await self._ended(applied, choice, journal, lambda: self._begun(applied, choice, seed, journal))

    async def resume(
        self,
        events: Sequence[Event],
        choice: AgentChoice,
        *,
        sink: Callable[[Event], None] | None = None,
        survivor: PreparedWorld | None = None,
    ) -> tuple[Event, ...]:
        """Go on with an interrupted run and return its events, old ones first; ``sink`` gets the new ones.

        Its chain is rebuilt from them, unless there is a ``survivor``: the world itself. What has landed is not done
        again. Raises UsageError ``not_resumable`` or ``already_ended``, StorageError ``rebuild_differs``.
        """
        started, flow = resumable(events)
        journal = Journal(self._clock, sink, past=events)

        async def gone_on() -> Judgement:
            judged = next((event.judgement for event in events if isinstance(event, RunJudged)), None)
            return judged or await self._gone_on(flow.case, choice, started.seed, journal, survivor)

        return await self._ended(flow.case, choice, journal, gone_on)

    async def _ended(
        self, case: TestCase, choice: AgentChoice, journal: Journal, work: Callable[[], Awaitable[Judgement]]
    ) -> tuple[Event, ...]:
        started = journal.events[0]
        seed = started.seed if isinstance(started, RunStarted) else 0
        with self._telemetry.benchmark(case.id, choice.name, seed) as span:
            try:
                judgement = await work()
            except StorageError:
                raise
            except (BackendError, UsageError) as error:
                span.failed(error.code)
                ended = RunEnded(status="error", run_hash=run_hash(journal.events), error=str(error))
            else:
                span.judged(judgement)
                if not isinstance(journal.events[-1], RunJudged):
                    journal.append(RunJudged(judgement=judgement))
                status = "passed" if judgement.passed else "failed"
                ended = RunEnded(status=status, run_hash=run_hash(journal.events))
            journal.append(ended)
            span.ended(ended.status, ended.run_hash)
        return journal.events

    def _started(self, case: TestCase, choice: AgentChoice, seed: int) -> RunStarted:
        player = self._player
        flow = None
        if case.recovery is not None:
            flow = AcceptedFlow(case=case, limits=player.limits, alternatives=player.setup.alternatives)
        return RunStarted(
            benchmark_id=case.id,
            benchmark_hash=case.content_hash,
            description=case.description,
            prompt=case.prompt,
            agent=choice.name,
            seed=seed,
            market_hash=self._sandboxes(case.market).identity,
            sol_reserve_lamports=player.sol_reserve_lamports,
            flow=flow,
        )

    def _repeat(self, choice: AgentChoice) -> dict[str, list[str]]:
        """Return how the run can be repeated, where the name of its agent does not tell."""
        arguments = repeated(choice.repeat, self._player.limits, self._player.sol_reserve_lamports)
        if arguments:
            arguments += repeats_setup(self._player.setup)
        return {} if arguments == repeats_agent(choice.name) else {"repeat": list(arguments)}

    async def _begun(self, case: TestCase, choice: AgentChoice, seed: int, journal: Journal) -> Judgement:
        reference = await self._references.of(case, seed)
        sandbox = self._sandboxes(case.market)
        world = await prepare_world(case, sandbox, seed)
        journal.append(WorldPrepared(accounts=world.accounts))
        look = Observer(case, world, sandbox.market.prices)
        opening = Opening(look, await look())
        return await self._judged(case, choice, seed, journal, opening, reference)

    async def _gone_on(
        self, case: TestCase, choice: AgentChoice, seed: int, journal: Journal, survivor: PreparedWorld | None
    ) -> Judgement:
        reference = await self._references.of(case, seed)
        sandbox = self._sandboxes(case.market)
        fresh = await prepare_world(case, sandbox, seed)
        opening = await reopened(case, journal, fresh, survivor, sandbox.market.prices)
        return await self._judged(case, choice, seed, journal, opening, reference)

    async def _judged(
        self,
        case: TestCase,
        choice: AgentChoice,
        seed: int,
        journal: Journal,
        opening: Opening,
        reference: ReferenceRun | None,
    ) -> Judgement:
        look = opening.look
        market = self._sandboxes(case.market).market
        intents = dict(intents_by_step(case, look.world.addresses) or {})
        setting = AgentSetting(case.id, intents, seed, self._clock, JournalLog(journal), self._telemetry)
        scene = Scene(
            case=case,
            world=look.world,
            agent=choice.build(setting),
            journal=journal,
            seed=seed,
            intents=intents,
            prices_usd=market.prices,
            extra_tools=choice.extra_tools,
            behind=opening.behind,
        )
        played = await self._player.play(scene, look.after, self._telemetry)
        evidence = evidence_of(
            look.world,
            opening.before,
            await look(),
            look.after_steps,
            played.chain.submissions,
            fold_steps(journal.events),
            reads=frozenset(played.tools.reads),
            reference=reference,
            market_accounts=market.addresses,
            ending=ending_of(journal.events),
        )
        return judge(case, evidence)
