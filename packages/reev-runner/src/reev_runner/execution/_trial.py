"""A trial from beginning to end."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from reev_agent import DeterministicAgent
from reev_runner.journal import Journal, fold_steps, run_hash
from reev_runner.judgement import ReferenceRun, judge, reference_run, refusals_due
from reev_runner.telemetry import SILENT, RunTelemetry
from reev_tools.wallet import STANDARD_TOOLS, Tool, Wallet, WalletTools
from reev_types.agents import Agent, AgentLimits, PromptRenderer
from reev_types.amounts import DEFAULT_SOL_RESERVE_LAMPORTS
from reev_types.benchmarks import TestCase
from reev_types.errors import BackendError, StorageError, UsageError
from reev_types.events import Event, RunEnded, RunJudged, RunStarted, WorldPrepared
from reev_types.results import Judgement
from reev_types.times import Clock

from ._agents import AgentChoice, AgentSetting
from ._evidence import evidence_of
from ._exchanges import JournalLog
from ._flow import AfterStep, Flow
from ._intents import intents_by_step
from ._observation import Observer
from ._recorded_chain import Cursor, RecordedChain
from ._recorded_tools import RecordedTools
from ._repeat import repeated, repeats_agent
from ._sandbox import Sandboxes
from ._world import PreparedWorld, prepare_world

__all__ = ["TrialRunner"]


class _Attempt(NamedTuple):
    """A flow carried out: the chain and tools that saw it, and its events."""

    chain: RecordedChain
    tools: RecordedTools
    journal: Journal


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
    ) -> None:
        self._sandboxes = sandboxes
        self._clock = clock
        self._renderer = renderer
        self._sol_reserve_lamports = sol_reserve_lamports
        self._limits = limits or AgentLimits()
        self._telemetry = telemetry or RunTelemetry()
        self._reference_of: tuple[TestCase, int, ReferenceRun | None] | None = None

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
        journal = Journal(self._clock, sink)
        journal.append(self._started(case, choice, seed), **self._repeat(choice), **(timing or {}))
        with self._telemetry.benchmark(case.id, choice.name, seed) as span:
            try:
                judgement = await self._judged(case, choice, seed, journal)
            except StorageError:
                raise
            except (BackendError, UsageError) as error:
                span.failed(error.code)
                ended = RunEnded(status="error", run_hash=run_hash(journal.events), error=str(error))
            else:
                span.judged(judgement)
                journal.append(RunJudged(judgement=judgement))
                status = "passed" if judgement.passed else "failed"
                ended = RunEnded(status=status, run_hash=run_hash(journal.events))
            journal.append(ended)
            span.ended(ended.status, ended.run_hash)
        return journal.events

    def _started(self, case: TestCase, choice: AgentChoice, seed: int) -> RunStarted:
        return RunStarted(
            benchmark_id=case.id,
            benchmark_hash=case.content_hash,
            description=case.description,
            prompt=case.prompt,
            agent=choice.name,
            seed=seed,
            market_hash=self._sandboxes(case.market).identity,
            sol_reserve_lamports=self._sol_reserve_lamports,
        )

    def _repeat(self, choice: AgentChoice) -> dict[str, list[str]]:
        """Return how the run can be repeated, where the name of its agent does not tell."""
        arguments = repeated(choice.repeat, self._limits, self._sol_reserve_lamports)
        return {} if arguments == repeats_agent(choice.name) else {"repeat": list(arguments)}

    async def _judged(self, case: TestCase, choice: AgentChoice, seed: int, journal: Journal) -> Judgement:
        reference = await self._reference(case, seed)
        sandbox = self._sandboxes(case.market)
        world = await prepare_world(case, sandbox, seed)
        journal.append(WorldPrepared(accounts=world.accounts))
        look = Observer(case, world, sandbox.market.prices)
        before = await look()
        reference_intents = intents_by_step(case, world.addresses) or {}
        setting = AgentSetting(case.id, reference_intents, seed, self._clock, JournalLog(journal), self._telemetry)
        agent = choice.build(setting)
        attempt = await self._attempt(case, world, agent, journal, look.after, choice.extra_tools, self._telemetry)
        evidence = evidence_of(
            world,
            before,
            await look(),
            look.after_steps,
            attempt.chain.submissions,
            fold_steps(journal.events),
            reads=frozenset(attempt.tools.reads),
            reference=reference,
            market_accounts=sandbox.market.addresses,
        )
        return judge(case, evidence)

    async def _attempt(
        self,
        case: TestCase,
        world: PreparedWorld,
        agent: Agent,
        journal: Journal,
        after_step: AfterStep | None = None,
        extra_tools: Sequence[Tool[Any]] = (),
        telemetry: RunTelemetry = SILENT,
    ) -> _Attempt:
        cursor = Cursor()
        chain = RecordedChain(world.chain, journal, cursor, telemetry)
        wallet = Wallet(
            world.wallet,
            chain,
            names=world.addresses,
            sol_reserve_lamports=self._sol_reserve_lamports,
            jupiter=world.jupiter,
        )
        tools = RecordedTools(
            WalletTools(wallet, (*STANDARD_TOOLS, *extra_tools)), journal, cursor, telemetry.of(agent)
        )
        flow = Flow(
            case=case,
            world=world,
            agent=agent,
            tools=tools,
            journal=journal,
            renderer=self._renderer,
            clock=self._clock,
            sol_reserve_lamports=self._sol_reserve_lamports,
            prices_usd=self._sandboxes(case.market).market.prices,
            refusals_due=refusals_due(case),
            limits=self._limits,
            after_step=after_step,
            telemetry=telemetry,
        )
        await flow.run()
        return _Attempt(chain, tools, journal)

    async def _reference(self, case: TestCase, seed: int) -> ReferenceRun | None:
        """Carry the reference solution out on a session of its own; a repeated case and seed share it."""
        known = self._reference_of
        if known is not None and known[0] is case and known[1] == seed:
            return known[2]
        reference = await self._run_reference(case, seed)
        self._reference_of = (case, seed, reference)
        return reference

    async def _run_reference(self, case: TestCase, seed: int) -> ReferenceRun | None:
        world = await prepare_world(case, self._sandboxes(case.market), seed)
        intents = intents_by_step(case, world.addresses)
        if intents is None:
            return None
        attempt = await self._attempt(case, world, DeterministicAgent(intents), Journal(self._clock))
        steps = fold_steps(attempt.journal.events)
        return reference_run(
            world.wallet,
            [submission.outcome for submission in attempt.chain.submissions],
            tuple(step.outcome for step in steps if step.outcome is not None),
            passed_through=all(step.success for step in steps),
        )
