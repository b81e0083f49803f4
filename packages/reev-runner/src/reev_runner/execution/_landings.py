"""When transactions landed, as opposed to when somebody said so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reev_types.events import Event, TransactionReturned
from reev_types.recovery_events import FaultInjected, TransactionResent

__all__ = ["landings"]


def landings(events: Sequence[Event]) -> Mapping[int, TransactionReturned]:
    """Return by ``seq`` what landed there: with the answer, or with the reply that was lost on the way."""
    lost: dict[str, int] = {}
    landed: dict[int, TransactionReturned] = {}
    for event in events:
        match event:
            case FaultInjected(kind="lost_reply", detail=signature):
                lost[signature] = event.seq
            case TransactionResent(signature=signature):
                # Nothing is sent again before it is certain that it has not landed.
                lost.pop(signature, None)
            case TransactionReturned(outcome=outcome) if outcome.landed:
                landed[lost.get(outcome.signature, event.seq)] = event
            case _:
                pass
    return landed
