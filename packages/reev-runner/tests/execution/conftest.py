from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

import pytest

from reev_orchestrator import TemplateRenderer
from reev_runner.execution import FlowSetup, TrialRunner, choose_agent, embedded_sandbox
from reev_types.benchmarks import TestCase
from reev_types.errors import StorageError
from reev_types.events import Event, read_event
from reev_types.recovery import RecoveryConfig


class Killed(BaseException):
    """The process is gone."""


class Patience:
    """Time that stands still for who looks at it; sleeping takes real time, so that nobody is cut off by chance."""

    def now_iso(self) -> str:
        return "2026-11-22T12:00:00.000Z"

    def monotonic(self) -> float:
        return 0.0

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class Flows:
    """Runs flows that recover, kills them at a write of their journal, and goes on with them."""

    def __init__(self) -> None:
        self.opened = []
        """The chains of every run, in their order."""

    def runner(self, setup: FlowSetup | None = None) -> TrialRunner:
        real = embedded_sandbox("default")
        flows = self

        class Watched:
            market, identity = real.market, real.identity

            async def open(self, keyring, seed):
                flows.opened.append(await real.open(keyring, seed))
                return flows.opened[-1]

            def jupiter(self, chain):
                return real.jupiter(chain)

        return TrialRunner(lambda market: Watched(), Patience(), TemplateRenderer(), setup=setup)

    async def run(self, case: TestCase, agent="deterministic", setup=None, **options) -> tuple[Event, ...]:
        return await self.runner(setup).run(case, choose_agent(agent), 0, **options)

    async def until(self, case: TestCase, is_last: Callable[[Event], bool], agent="deterministic", setup=None):
        """Return the events up to the one at which the process dies, as they were read back."""
        written: list[Event] = []

        def sink(event: Event) -> None:
            if written and is_last(written[-1]):
                raise Killed
            written.append(read_event(event.model_dump_json()))

        try:
            await self.run(case, agent, setup, sink=sink)
        except Killed:
            return tuple(written)
        raise AssertionError("the flow came to its end before it was killed")

    async def resume(self, events: Sequence[Event], agent="deterministic", setup=None, **options) -> tuple[Event, ...]:
        return await self.runner(setup).resume(events, choose_agent(agent), **options)


@pytest.fixture
def flows() -> Flows:
    return Flows()


@pytest.fixture
def recoverable(two_payments):
    """Return a case of two payments that recovers, with other fields as given."""

    def recoverable(**fields) -> TestCase:
        steps = tuple(
            step.model_copy(update={"intent": intents[0]})
            for step, intents in zip(two_payments.steps, two_payments.reference, strict=True)
        )
        given = {"recovery": RecoveryConfig(), "steps": steps, **fields}
        return two_payments.model_copy(update=given)

    return recoverable


@pytest.fixture
def full_disk():
    """A sink that cannot write the n-th event of a kind, nor knows why anything should be written after it."""

    def full_disk(kind: type, place: int = 1):
        seen = []

        def sink(event: Event) -> None:
            seen.append(event)
            if sum(isinstance(each, kind) for each in seen) == place and isinstance(event, kind):
                raise StorageError("cannot_write", "the disk is full")

        sink.seen = seen
        return sink

    return full_disk
