"""Questions that flows wait for, known from their events."""

from __future__ import annotations

from reev_api._problems import ProblemError
from reev_api.workers import Happened
from reev_types.events import read_event
from reev_types.recovery import Answer, Question
from reev_types.recovery_events import QuestionAnswered, QuestionAsked

__all__ = ["OpenQuestions"]


class OpenQuestions:
    """The questions that nobody has answered yet, by session; a flow asks one at a time."""

    def __init__(self) -> None:
        self._open: dict[str, Question] = {}

    def take(self, report: Happened) -> None:
        """Learn from an event."""
        if report.type not in ("question_asked", "question_answered"):
            return
        match read_event(report.data):
            case QuestionAsked(question=question):
                self._open[report.session_id] = question
            case QuestionAnswered():
                self.forget(report.session_id)
            case _:
                pass

    def of(self, session_id: str) -> Question | None:
        """Return what a session waits for."""
        return self._open.get(session_id)

    def forget(self, session_id: str) -> None:
        """Drop what a session has asked."""
        self._open.pop(session_id, None)

    def check(self, session_id: str, question_id: str, answer: Answer) -> None:
        """Raise ProblemError unless the answer is one to a question that is open."""
        question = self.of(session_id)
        if question is None or question.question_id != question_id:
            raise ProblemError(409, "no_such_question", "nobody waits for an answer to this question")
        if answer.choice not in question.choices:
            told = f"the choices are {', '.join(question.choices)}"
            raise ProblemError(422, "bad_answer", told)
        if (answer.choice == "change_amount") != (answer.amount is not None):
            raise ProblemError(422, "bad_answer", "an amount belongs to change_amount, and to nothing else")
