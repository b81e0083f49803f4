"""An interrupted flow made ready to go on: its chain rebuilt, and what is behind it remembered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple

from reev_tools.chain import signed_transaction
from reev_tools.faults import carry_out
from reev_types.chain import Checkpoint
from reev_types.errors import StorageError
from reev_types.events import Event, StepEnded, TransactionReturned, TransactionSent
from reev_types.recovery_events import FaultInjected, RolledBack, TimePassed

from ._landings import landings
from ._memory import DoneCall, StepMemory
from ._ongoing import Ongoing
from ._past import MadeCall, Past
from ._progress import FlowProgress
from ._recorded_chain import Submission, Unsettled
from ._step import summary
from ._world import PreparedWorld

__all__ = ["Rebuilt", "progress_of", "rebuild", "unsettled"]


class Rebuilt(NamedTuple):
    """What a flow goes on with."""

    began: Checkpoint
    submissions: list[Submission]
    replayed: int
    """How many transactions were carried out again."""


async def rebuild(
    world: PreparedWorld,
    events: Sequence[Event],
    after_step: Callable[[str], Awaitable[None]],
    *,
    exactly: bool = True,
) -> Rebuilt:
    """Bring ``world``, in its initial state, to where ``events`` end; ``exactly`` holds it to what they say.

    Raises StorageError ``rebuild_differs`` when a transaction does not do what the journal says that it did.
    """
    chain = world.chain
    began = await chain.checkpoint()
    sent: dict[str, TransactionSent] = {}
    submissions: list[Submission] = []
    landed = landings(events)
    for event in events:
        match event:
            case TransactionSent(signature=signature):
                sent[signature] = event
            case TransactionReturned(outcome=outcome):
                submissions.append(Submission(event.step_id, sent[outcome.signature].built or (), outcome))
            case TimePassed(slots=slots, seconds=seconds):
                await chain.advance(slots=slots, seconds=seconds)
            case FaultInjected():
                await carry_out(event, chain)
            case RolledBack():
                submissions.clear()
                await chain.rewind(began)
            case StepEnded(step_id=step_id, undoes=None):
                await after_step(step_id)
            case _:
                pass
        if event.seq in landed:
            outcome = landed[event.seq].outcome
            if await chain.submit(signed_transaction(sent[outcome.signature].raw)) != outcome and exactly:
                raise _differs(event.seq)
    return Rebuilt(began, submissions, len(landed))


def unsettled(past: Past, progress: FlowProgress) -> list[Unsettled]:
    """Return what was sent and not answered for, ready to be asked about."""
    return [
        Unsettled(
            sent.step_id,
            sent.call_id,
            signed_transaction(sent.raw),
            sent.built or (),
            _sender(past.senders[signature], sent.step_id, progress),
        )
        for signature, sent in past.unanswered.items()
    ]


def _sender(made: MadeCall, step_id: str, progress: FlowProgress) -> Ongoing:
    return Ongoing(step_id, made.part_id, made.call, progress.memory_of(step_id), is_open=lambda: False)


async def progress_of(past: Past, world: PreparedWorld) -> FlowProgress:
    """Return how far the flow has come; the chain tells the decimals of what it did."""
    memories = {step_id: await _memory(calls, world) for step_id, calls in past.calls.items()}
    return FlowProgress(
        results=[
            summary(
                step_id,
                ended.status,
                ended.reason,
                memories.get(step_id, StepMemory()).changes(world.wallet),
            )
            for step_id, ended in past.ended.items()
            if step_id in past.started and ended.undoes is None
        ],
        memories=memories,
        ended=set(past.ended),
        compensated=past.compensated,
        failed={step_id: ended.reason for step_id, ended in past.ended.items() if ended.status == "failed"},
        aborted=past.aborted,
        rolled_back=past.rolled_back,
        interrupted=past.interrupted(),
    )


async def _memory(calls: Sequence[MadeCall], world: PreparedWorld) -> StepMemory:
    memory = StepMemory([DoneCall(made.call, made.part_id, made.done, made.result) for made in calls if made.done])
    await memory.complete(world.chain)
    return memory


def _differs(seq: int) -> StorageError:
    return StorageError(
        "rebuild_differs",
        f"event {seq} of the journal says something else than the chain does when it is rebuilt",
        suggestions=("resume with the version of reev, and the market, that the session was run with",),
    )
