"""Intents in words: what an agent is asked, and what was not done."""

from __future__ import annotations

from reev_orchestrator.language import clause_of
from reev_types.errors import TokenError
from reev_types.intents import Intent, SwapIntent
from reev_types.recovery import StepFailure

__all__ = ["prompt_of", "question_text", "undone"]


def prompt_of(intent: Intent) -> str:
    """Return what an agent is asked for ``intent``; raises TokenError for a mint outside the registry."""
    return clause_of(intent) + _terms(intent)


def undone(intent: Intent) -> str:
    """Return the words for ``intent`` as something that was not done."""
    try:
        return f"not done: {clause_of(intent)}"
    except TokenError:
        return f"not done: {intent.kind}"


def question_text(description: str, failure: StepFailure | None = None, hint: str = "") -> str:
    """Return what a person is asked about a step, whose ``failure`` is None where it has not happened.

    ``hint`` says why the last answer could not be followed.
    """
    told = f"{hint}. " if hint else ""
    return f"{told}{description} did not work{_reason(failure)}. {_done(failure)}What is to be done?"


def _reason(failure: StepFailure | None) -> str:
    if failure is None:
        return ""
    return f": {failure.message} [{failure.code}]" if failure.message else f": {failure.code}"


def _done(failure: StepFailure | None) -> str:
    """Return what has landed all the same, which whoever leaves the step out or ends the flow must know."""
    done = [call.summary or call.tool for call in failure.landed] if failure else []
    return f"Done already: {'; '.join(done)}. " if done else ""


def _terms(intent: Intent) -> str:
    """Return what a clause has no words for, and a tool has a parameter for."""
    if not isinstance(intent, SwapIntent):
        return ""
    venue = "" if intent.venue is None else f", with venue {intent.venue}"
    slippage = "" if intent.slippage_bps is None else f", with slippage_bps {intent.slippage_bps}"
    return venue + slippage
