from __future__ import annotations

import pytest

from reev_api._problems import ProblemError
from reev_api.executions._questions import OpenQuestions
from reev_api.workers import Happened
from reev_types.recovery import Answer, Question
from reev_types.recovery_events import QuestionAnswered, QuestionAsked, TimePassed

QUESTION = Question(
    question_id="q1", step_id="1", text="?", choices=("retry", "change_amount"), default="retry", timeout_ms=1
)


def _happened(event):
    return Happened(session_id="s", seq=0, type=event.type, data=event.model_dump_json())


@pytest.fixture
def asked():
    questions = OpenQuestions()
    questions.take(_happened(QuestionAsked(question=QUESTION)))
    return questions


def test_a_question_is_open_until_it_is_answered(asked):
    assert asked.of("s") == QUESTION
    asked.take(_happened(QuestionAnswered(question_id="q1", answer=Answer(choice="retry"), by="default")))
    assert asked.of("s") is None


def test_other_events_change_nothing(asked):
    asked.take(_happened(TimePassed(milliseconds=1, slots=1, seconds=1)))
    assert asked.of("s") == QUESTION


def test_a_question_ends_with_its_session(asked):
    asked.forget("s")
    asked.forget("other")
    assert asked.of("s") is None


@pytest.mark.parametrize(
    ("session_id", "question_id", "answer", "code"),
    [
        ("other", "q1", Answer(choice="retry"), "no_such_question"),
        ("s", "q2", Answer(choice="retry"), "no_such_question"),
        ("s", "q1", Answer(choice="skip"), "bad_answer"),
        ("s", "q1", Answer(choice="retry", amount="1"), "bad_answer"),
        ("s", "q1", Answer(choice="change_amount"), "bad_answer"),
    ],
)
def test_an_answer_has_to_be_one_to_an_open_question(asked, session_id, question_id, answer, code):
    with pytest.raises(ProblemError) as refused:
        asked.check(session_id, question_id, answer)
    assert refused.value.problem.code == code


@pytest.mark.parametrize("answer", [Answer(choice="retry"), Answer(choice="change_amount", amount="0.5")])
def test_an_answer_to_an_open_question_is_one(asked, answer):
    asked.check("s", "q1", answer)
