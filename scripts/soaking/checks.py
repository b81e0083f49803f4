"""What must hold of a flow in the end, however often it broke or its process died."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from reev_runner.execution import embedded_sandbox, prepare_world
from reev_types.atomicity import OnAbort
from reev_types.events import RunEnded, TransactionReturned
from reev_types.recovery_events import (
    FaultInjected,
    FlowAborted,
    RecoveryEnded,
    RolledBack,
    StepCompensated,
    TimePassed,
)

from .killing import Life, Session
from .oracle import differences
from .spending import double_spends

__all__ = ["Verdict", "verdict_on"]


class Verdict(NamedTuple):
    """What a flow came to; the lists are empty where all is well."""

    double_spends: list[str]
    lost: list[str]
    differences: list[str]
    counts: dict[str, int]


async def verdict_on(session: Session, life: Life) -> Verdict:
    """Return what the flow of ``session`` came to, whose last process was ``life``."""
    lost = list(_lost(life))
    if life.chain is None or lost:
        return Verdict([], lost or ["there is no chain"], [], {})
    case, events, chain = session.case, life.events, life.chain
    world = await prepare_world(case, embedded_sandbox("default"), session.seed)
    spent = list(double_spends(case, events, await chain.history(), world.wallet))
    if any(isinstance(event, RolledBack) for event in events):
        beginning, now = await world.chain.state_hash(), await chain.state_hash()
        differs = [] if beginning == now else [f"rolled back to {now}, and not to {beginning}"]
    else:
        differs = await differences(case, session.seed, events, chain, world, _without_effect(life))
    return Verdict(spent, [], differs + list(_unfinished(life)), _counts(life))


def _without_effect(life: Life) -> frozenset[int]:
    """Return the decrees that were written and never carried out, by a process that died in between."""
    decrees = (event.seq for event in life.events if isinstance(event, FaultInjected | TimePassed))
    return life.unperformed.intersection(decrees)


def _lost(life: Life) -> Iterator[str]:
    ended = life.events[-1] if life.events else None
    if not isinstance(ended, RunEnded):
        yield "the journal has no end"
    elif ended.status == "error":
        yield f"the flow ended in an error: {ended.error}"


def _unfinished(life: Life) -> Iterator[str]:
    """Yield what an aborted flow should have done and did not."""
    aborted = next((event for event in life.events if isinstance(event, FlowAborted)), None)
    if aborted is None:
        return
    has_rolled_back = any(isinstance(event, RolledBack) for event in life.events)
    if has_rolled_back != (aborted.on_abort is OnAbort.ROLLBACK):
        yield f"the flow was aborted with {aborted.on_abort}, and rolled back: {has_rolled_back}"
    compensated = sum(isinstance(event, StepCompensated) for event in life.events)
    done = sum(_did_its_work(event) for event in life.events[: aborted.seq])
    if aborted.on_abort is OnAbort.COMPENSATE and compensated != done:
        yield f"{done} calls had done their work, and {compensated} were reported as undone or impossible to undo"


def _did_its_work(event: object) -> bool:
    return isinstance(event, TransactionReturned) and event.outcome.succeeded


def _counts(life: Life) -> dict[str, int]:
    events = life.events
    return {
        "transactions": sum(_did_its_work(event) for event in events),
        "recovered": sum(isinstance(event, RecoveryEnded) and event.outcome == "recovered" for event in events),
        "aborted": sum(isinstance(event, FlowAborted) for event in events),
        "rolled back": sum(isinstance(event, RolledBack) for event in events),
        "compensated": sum(isinstance(event, StepCompensated) and event.by_step is not None for event in events),
    }
