"""Putting a failed step to a person, or to the default that was declared for when nobody answers."""

from __future__ import annotations

from typing import Literal, NamedTuple

from reev_orchestrator.language import clause_of
from reev_types.errors import BackendError, UserError
from reev_types.recovery import Answer, Asker, Choice, Question, RecoveryConfig
from reev_types.recovery_events import QuestionAnswered, QuestionAsked
from reev_types.times import Timekeeper

from ._attempts import Rescue
from ._exact import Counted, counted_mint, exact, lacking, with_amount
from ._said_amount import said_amount
from ._steps import Decided, Succeeded
from ._strategy import Passed, Repaired, StrategyResult
from ._validation import check_parts
from ._words import question_text

__all__ = ["UserFulfillmentStrategy"]

_MOST_IN_VAIN = 3
"""So many answers that cannot be followed are put up with before the default holds."""
_CHOICES: tuple[Choice, ...] = ("retry", "change_amount", "skip", "abort")


class _Reply(NamedTuple):
    answer: Answer
    by: Literal["person", "default"]


class UserFulfillmentStrategy:
    """Asks ``asker`` what to do: the same again, another amount, to skip the step, or to abort the flow.

    Without a person the declared default holds after the time that a person would have had, and the record says so.
    """

    def __init__(self, asker: Asker | None, config: RecoveryConfig) -> None:
        self._asker = asker
        self._config = config

    @property
    def name(self) -> str:
        """``user_fulfillment``."""
        return "user_fulfillment"

    async def recover(self, rescue: Rescue) -> StrategyResult:
        """Do what is answered, and ask again while a person wants to go on; a default is followed once."""
        while True:
            reply = await self._settled(rescue)
            choice = reply.answer.choice
            if choice == "skip" or choice == "abort":
                rescue.decide(choice, reason=reply.by)
                return Decided(choice, reply.by)
            if isinstance(await rescue.attempt_rest(reason=choice), Succeeded):
                return Repaired()
            if reply.by == "default":
                rescue.decide("pass", reason="default_did_not_help")
                return Passed()

    async def _settled(self, rescue: Rescue) -> _Reply:
        """Ask until the answer can be followed; another amount is then what is left to do."""
        hint, number = "", 0
        while True:
            number += 1
            question = self._question(rescue, number, hint)
            rescue.decide("ask", reason=rescue.failure.code)
            rescue.journal(QuestionAsked(question=question))
            reply = await self._reply(question, rescue)
            try:
                await _follow(reply.answer, question, rescue)
            except (UserError, BackendError) as error:
                hint = error.message
            else:
                return reply
            if number == _MOST_IN_VAIN:
                return self._default(question, rescue)

    def _question(self, rescue: Rescue, number: int, hint: str) -> Question:
        is_countable = isinstance(rescue.intent, Counted) and not rescue.has_landed_otherwise
        return Question(
            question_id=f"{rescue.step.step_id}_{rescue.failure.attempt}_{number}",
            step_id=rescue.step.step_id,
            text=question_text(rescue.step.description, rescue.failure, hint),
            choices=tuple(choice for choice in _CHOICES if is_countable or choice != "change_amount"),
            default=self._config.default_answer,
            timeout_ms=self._config.question_timeout_ms,
        )

    async def _reply(self, question: Question, rescue: Rescue) -> _Reply:
        answer = await self._answer(question, rescue.time)
        if answer is None:
            return self._default(question, rescue)
        rescue.journal(QuestionAnswered(question_id=question.question_id, answer=answer, by="person"))
        return _Reply(answer, "person")

    def _default(self, question: Question, rescue: Rescue) -> _Reply:
        answer = Answer(choice=question.default)
        rescue.journal(QuestionAnswered(question_id=question.question_id, answer=answer, by="default"))
        return _Reply(answer, "default")

    async def _answer(self, question: Question, time: Timekeeper) -> Answer | None:
        """Return the person's answer, or None once their time is over."""
        until_s = time.monotonic() + question.timeout_ms / 1_000
        if self._asker is not None:
            try:
                answer = await time.within(question.timeout_ms / 1_000, self._asker.ask(question))
            except TimeoutError:
                return None
            if answer is not None:
                return answer
        await time.sleep(max(0.0, until_s - time.monotonic()))
        return None


async def _follow(answer: Answer, question: Question, rescue: Rescue) -> None:
    """Make another amount what is left to do; raises UserError, BackendError for what cannot be done."""
    if answer.choice not in question.choices:
        raise UserError("bad_choice", f"{answer.choice} cannot be chosen here")
    if answer.choice == "change_amount":
        await _change_amount(answer.amount or "", rescue)


async def _change_amount(words: str, rescue: Rescue) -> None:
    intent = rescue.intent
    assert isinstance(intent, Counted), "another amount is on offer only where there is one"
    context = await rescue.context()
    changed = exact(with_amount(intent, said_amount(words, counted_mint(intent))), context)
    part = rescue.new_part(changed)
    check_parts((part,), context)
    rescue.wanted = wanted = rescue.wanted or exact(intent, context)
    rescue.instead((part,), f"{clause_of(changed)} instead of {clause_of(wanted)}", lacking(changed, wanted))
