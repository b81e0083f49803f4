"""A language model as a reader, for sentences outside the grammar."""

from __future__ import annotations

import json
from typing import Protocol

from reev_orchestrator.language import Mentions, Reading, mentions, parse
from reev_types.errors import TextPlace, UserError
from reev_types.tools import ToolSpec

from ._answer import read_answer
from ._grounding import check_echo, check_grounded
from ._instructions import INSTRUCTIONS
from ._rendering import rendered
from ._target import ANSWER_TOOL, Answer
from ._vocabulary import NOT_SHOWN

__all__ = ["AnsweringModel", "ModelReader"]

_OUTSIDE_THE_GRAMMAR = "not_understood"


class AnsweringModel(Protocol):
    """A language model that fills in one form."""

    @property
    def name(self) -> str:
        """What people call it."""

    async def answer(self, instructions: str, text: str, form: ToolSpec) -> str:
        """Return the arguments with which the model called ``form``, or whatever it said instead.

        Raises BackendError where it does not answer.
        """


class ModelReader:
    """Reads with the grammar, and asks ``model`` about a sentence that the grammar does not understand.

    What the grammar recognises and refuses, or asks back about, is never shown to the model. Its answer is said in the
    words of the grammar, read by it, and taken only if the sentence names every amount, token and address in it.
    """

    def __init__(self, model: AnsweringModel) -> None:
        self._model = model

    async def read(self, text: str) -> Reading:
        """Return what ``text`` says; ``read_by`` names the model if that was asked.

        Raises UserError as ``parse`` and ``mentions`` do, ``ask_model`` for a question of the model, ``model_answer``
        for an answer that is none, ``model_ungrounded`` for one that the sentence does not bear out, and the codes of
        ``parse`` for one that cannot be carried out. Raises BackendError where the model does not answer.
        """
        try:
            return parse(text)
        except UserError as error:
            if error.code != _OUTSIDE_THE_GRAMMAR:
                raise
            named = mentions(text)
            if not _may_be_shown(text, named):
                raise
        return await self._asked(text, named)

    async def _asked(self, text: str, named: Mentions) -> Reading:
        said = await self._model.answer(INSTRUCTIONS, json.dumps({"sentence": text}), ANSWER_TOOL)
        reading = self._understood(text, self._answer(text, said))
        check_grounded(text, reading.intents, named)
        whole = TextPlace(text, 0, len(text))
        steps = tuple(step._replace(place=whole) for step in reading.steps)
        return reading._replace(text=text, steps=steps, read_by=self._model.name)

    def _answer(self, text: str, said: str) -> Answer:
        whole = TextPlace(text, 0, len(text))
        answer = read_answer(said)
        if isinstance(answer, str):
            told = f"{self._model.name} did not answer as it was asked to: {answer}"
            raise UserError("model_answer", told, place=whole, suggestions=("say it in other words",))
        if answer.question is not None:
            raise UserError("ask_model", f"{self._model.name} asks: {answer.question}", place=whole)
        return answer

    def _understood(self, text: str, answer: Answer) -> Reading:
        try:
            reading = parse(rendered(answer.intents))
            check_echo(text, reading)
        except UserError as error:
            told = f"as {self._model.name} reads it: {error.message}"
            place = TextPlace(text, 0, len(text))
            raise UserError(error.code, told, place=place, suggestions=error.suggestions) from None
        return reading


def _may_be_shown(text: str, named: Mentions) -> bool:
    is_worded = any(word.isalpha() for word in named.words)
    return is_worded and not named.words & NOT_SHOWN and "--" not in text
