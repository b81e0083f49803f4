"""Flows that are killed at a write of their journal, and gone on with from what was written."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace

from reev_runner.execution import FlowSetup, PreparedWorld, TrialRunner, choose_agent
from reev_types.benchmarks import TestCase
from reev_types.chain import SandboxChain
from reev_types.contexts import PromptContext
from reev_types.events import Event, RunEnded, read_event
from reev_types.recovery import Answer, Question

from .worlds import WatchedSandbox, still_there

__all__ = ["Kill", "Killed", "Life", "Session"]


class Killed(BaseException):
    """The process is gone."""


@dataclass(frozen=True, slots=True)
class Kill:
    """When a process dies: at its n-th write of the journal, counted from 0, before or after the line is there."""

    write: int
    is_written: bool
    survives: bool
    """Whether the chain is another process, which lives on."""


@dataclass(frozen=True, slots=True)
class Life:
    """What one process wrote, and the chain that it used."""

    events: tuple[Event, ...]
    chain: SandboxChain | None
    killed: bool
    unperformed: frozenset[int] = frozenset()
    """Events that were written by a process which did not live to do what they say."""


@dataclass
class Session:
    """One flow over the lives of several processes."""

    case: TestCase
    seed: int
    sandbox: WatchedSandbox = field(default_factory=WatchedSandbox)

    def __post_init__(self) -> None:
        self._runner = TrialRunner(self.sandbox, RealPauses(), BarePrompts(), setup=FlowSetup(asker=Somebody()))

    async def run(self, kill: Kill | None = None) -> Life:
        """Carry the flow out from its beginning, up to its end or until it is killed."""
        return await self._live((), kill, None)

    async def go_on(self, life: Life, *, with_chain: bool, kill: Kill | None = None) -> Life:
        """Go on where ``life`` ended, on its own chain or on one rebuilt from its journal."""
        if not life.events:
            return await self.run(kill)
        if isinstance(life.events[-1], RunEnded):
            return replace(life, killed=False)
        if not with_chain or life.chain is None or len(life.events) < _PREPARED:
            lived = await self._live(life.events, kill, None)
            # What was judged before its process died needs no chain any more.
            return replace(lived, chain=lived.chain or life.chain)
        world = await still_there(self.case, self.seed, life.chain, self.sandbox)
        lived = await self._live(life.events, kill, world)
        return replace(lived, chain=life.chain, unperformed=life.unperformed | lived.unperformed)

    async def _live(self, past: tuple[Event, ...], kill: Kill | None, world: PreparedWorld | None) -> Life:
        self.sandbox.newest = None
        written: list[Event] = []

        def sink(event: Event) -> None:
            if kill is not None and len(written) >= kill.write + kill.is_written:
                raise Killed
            written.append(_as_read_back(event))
            if kill is not None and len(written) == kill.write + kill.is_written and kill.is_written:
                raise Killed

        agent = choose_agent("deterministic")
        try:
            if past:
                await self._runner.resume(past, agent, sink=sink, survivor=world)
            else:
                await self._runner.run(self.case, agent, self.seed, sink=sink)
        except Killed:
            unperformed = {written[-1].seq} if kill is not None and kill.is_written else set()
            return Life((*past, *written), self.sandbox.newest, killed=True, unperformed=frozenset(unperformed))
        return Life((*past, *written), self.sandbox.newest, killed=False)


_PREPARED = 2
"""The events after which the world stands."""


def _as_read_back(event: Event) -> Event:
    # The first event holds the case, by whose identity a runner knows that it has the reference solution already.
    return event if event.type == "run_started" else read_event(event.model_dump_json())


class RealPauses:
    """Time that stands still for who looks at it, so that runs are equal; sleeping takes real time."""

    def now_iso(self) -> str:
        return "2026-11-22T12:00:00.000Z"

    def monotonic(self) -> float:
        return 0.0

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class BarePrompts:
    """Prompts as they are: nobody reads them here."""

    def render_step(self, prompt: str, context: PromptContext) -> str:
        return prompt


class Somebody:
    """A person who says something else each time, always the same to the same question."""

    async def ask(self, question: Question) -> Answer | None:
        """Return an answer that the question's own words decide."""
        number = sum(question.question_id.encode())
        choice = question.choices[number % len(question.choices)]
        if number % 7 == 0:
            return None
        return Answer(choice=choice, amount="0.001" if choice == "change_amount" else None)
