"""Quotes for a planner that cannot wait: what it asks in vain is fetched, and it is asked to plan again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Literal, NamedTuple, Protocol, TypeVar

from reev_orchestrator.planning import Quote, QuoteSource

__all__ = ["QuoteService", "planned_with"]

T = TypeVar("T")

_MOST_ROUNDS = 4
"""An exchange of what an exchange brings is asked for in the round after; chains of them are short."""


class QuoteService(Protocol):
    """Tells what exchanges would come to; raises BackendError when it does not answer."""

    async def quote(
        self, input_mint: str, output_mint: str, side: Literal["in", "out"], amount_raw: int
    ) -> Quote | None:
        """Return what ``amount_raw`` of the input (``in``) gives, or of the output (``out``) costs; None if nothing."""


class _Question(NamedTuple):
    input_mint: str
    output_mint: str
    side: Literal["in", "out"]
    amount_raw: int


class _Known:
    """Implements ``QuoteSource`` with the answers at hand, and notes the other questions."""

    def __init__(self) -> None:
        self.answers: dict[_Question, Quote | None] = {}
        self.open: dict[_Question, None] = {}

    def quote(self, input_mint: str, output_mint: str, side: Literal["in", "out"], amount_raw: int) -> Quote | None:
        question = _Question(input_mint, output_mint, side, amount_raw)
        if question not in self.answers:
            self.open[question] = None
        return self.answers.get(question)


async def planned_with(service: QuoteService, plan: Callable[[QuoteSource], T]) -> T:
    """Return what ``plan`` makes of quotes, called again until it asks nothing new; raises what either raises."""
    known = _Known()
    for _ in range(_MOST_ROUNDS):
        made = plan(known)
        if not known.open:
            return made
        questions = tuple(known.open)
        known.open.clear()
        answers = await asyncio.gather(*(service.quote(*question) for question in questions))
        known.answers.update(zip(questions, answers, strict=True))
    return plan(known)
