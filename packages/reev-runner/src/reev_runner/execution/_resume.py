"""Where a run begins, or goes on after an interruption."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from reev_runner.journal import Journal
from reev_runner.judgement import Moment
from reev_types.benchmarks import TestCase
from reev_types.errors import UsageError
from reev_types.events import AcceptedFlow, Event, RunEnded, RunStarted, WorldPrepared
from reev_types.recovery_events import FlowResumed

from ._observation import Observer
from ._past import read_past
from ._play import Behind
from ._rebuild import progress_of, rebuild
from ._world import PreparedWorld

__all__ = ["Opening", "reopened", "resumable"]


class Opening(NamedTuple):
    """A world that is ready, who looks at it, and how it was before the flow began."""

    look: Observer
    before: Moment
    behind: Behind | None = None


def resumable(events: Sequence[Event]) -> tuple[RunStarted, AcceptedFlow]:
    """Return what an interrupted run began with; raises UsageError ``not_resumable`` or ``already_ended``."""
    started = events[0] if events else None
    if not isinstance(started, RunStarted) or started.flow is None:
        raise UsageError(
            "not_resumable",
            "only flows that were run with recovery can go on after an interruption",
            suggestions=("run it again: its journal says how",),
        )
    last = next((event for event in reversed(events) if isinstance(event, RunEnded | FlowResumed)), None)
    if isinstance(last, RunEnded) and last.status != "error":
        raise UsageError("already_ended", "this session has come to its end: there is nothing to go on with")
    return started, started.flow


async def reopened(
    case: TestCase,
    journal: Journal,
    fresh: PreparedWorld,
    survivor: PreparedWorld | None,
    prices_usd: Mapping[str, Decimal],
) -> Opening:
    """Rebuild ``fresh`` from the journal and return where the flow goes on: there, or on the world that survived.

    How things stood after each step is seen on what was rebuilt, also where another world survived, whose clock may
    be an interruption ahead or behind.
    """
    events = journal.events
    look = Observer(case, fresh, prices_usd)
    before = await look()
    began_s = (await fresh.chain.clock()).unix_timestamp
    rebuilt = await rebuild(fresh, events, look.after, exactly=survivor is None)
    world = survivor or fresh
    if not any(isinstance(event, WorldPrepared) for event in events):
        journal.append(WorldPrepared(accounts=fresh.accounts))
    journal.append(FlowResumed(interrupted_at=len(events), replayed=0 if survivor else rebuilt.replayed))
    past = read_past(events)
    look.world = world
    behind = Behind(past, await progress_of(past, world), rebuilt.submissions, rebuilt.began, began_s)
    return Opening(look, before, behind)
