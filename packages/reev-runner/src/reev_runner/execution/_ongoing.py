"""The call that is being carried out, known wherever it leads: an agent may make several at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from reev_types.tools import ToolCall

from ._memory import DoneCall, StepMemory

__all__ = ["Ongoing", "carrying_out", "present"]


@dataclass(eq=False, slots=True)
class Ongoing:
    """A call of a tool, and where to keep what it does."""

    step_id: str
    part_id: str
    call: ToolCall
    memory: StepMemory
    is_open: Callable[[], bool]
    """Whether its attempt is still under way, so that something may be sent for it."""
    done: DoneCall | None = None
    """What it has done on the chain."""


_PRESENT: ContextVar[Ongoing | None] = ContextVar("reev_ongoing_call", default=None)


@contextmanager
def carrying_out(ongoing: Ongoing) -> Iterator[None]:
    """Make ``ongoing`` the present call of this task and of those that it starts."""
    token = _PRESENT.set(ongoing)
    try:
        yield
    finally:
        _PRESENT.reset(token)


def present() -> Ongoing | None:
    """Return the call that leads here, if one does."""
    return _PRESENT.get()
