"""What happened beneath a transaction's instructions: calls among programs, and events."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from reev_tools.market.lend import LendEvent, lend_events
from reev_types.chain import AccountMeta, InnerInstruction, Instruction, TransactionOutcome
from reev_types.events import InstructionView

from ._describe import describe_with
from ._lend import lend_event_view
from ._mints import Mints

__all__ = ["InnerView", "describe_inner"]

_BEGINS = re.compile(r"Program \w{32,44} invoke \[1\]$")


class InnerView(NamedTuple):
    """A call or an event in words; ``depth`` is 1 for what the instruction itself did, 2 for what that did."""

    depth: int
    view: InstructionView


def describe_inner(outcome: TransactionOutcome) -> Mapping[int, Sequence[InnerView]]:
    """Return what happened beneath each instruction, by its index: the calls in order, then events from the logs.

    The logs do not number the instructions: events go by the order in which instructions say that they begin.
    """
    told: dict[int, list[InnerView]] = {}
    views = describe_with(_mints(outcome), map(_instruction, outcome.inner_instructions))
    for inner, view in zip(outcome.inner_instructions, views, strict=True):
        told.setdefault(inner.index, []).append(InnerView(inner.stack_height - 1, view))
    for index, logs in enumerate(_by_instruction(outcome.logs)):
        events = [InnerView(1, lend_event_view(event)) for event in _lend_events(logs)]
        if events:
            told.setdefault(index, []).extend(events)
    return told


def _mints(outcome: TransactionOutcome) -> Mints:
    return Mints({change.address: change.token.mint for change in outcome.changes if change.token})


def _instruction(inner: InnerInstruction) -> Instruction:
    metas = tuple(AccountMeta(pubkey=address) for address in inner.accounts)
    return Instruction(program_id=inner.program_id, accounts=metas, data=inner.data)


def _by_instruction(logs: Iterable[str]) -> Iterator[list[str]]:
    running: list[str] | None = None
    for line in logs:
        if _BEGINS.match(line):
            if running is not None:
                yield running
            running = []
        if running is not None:
            running.append(line)
    if running is not None:
        yield running


def _lend_events(logs: Iterable[str]) -> tuple[LendEvent, ...]:
    try:
        return lend_events(logs)
    except ValueError:  # a journal that was edited, or a chain that cuts its logs
        return ()
