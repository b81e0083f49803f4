"""Questions about failed steps, put to whoever watches the session from outside."""

from __future__ import annotations

import asyncio

from reev_types.recovery import Answer, Question

__all__ = ["RemoteAsker"]


class RemoteAsker:
    """Implements ``Asker``: the journal has told of the question, and ``answer`` brings what a person said."""

    def __init__(self) -> None:
        self._pending: dict[str, asyncio.Future[Answer]] = {}

    async def ask(self, question: Question) -> Answer | None:
        """Wait for the answer; it is cancelled when the time is over."""
        answered: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._pending[question.question_id] = answered
        try:
            return await answered
        finally:
            del self._pending[question.question_id]

    def answer(self, question_id: str, answer: Answer) -> None:
        """Answer a question; one that nobody asks any more is past answering."""
        pending = self._pending.get(question_id)
        if pending is not None and not pending.done():
            pending.set_result(answer)
