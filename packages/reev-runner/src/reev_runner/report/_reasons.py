"""Stable codes in words, and what to do about them."""

from __future__ import annotations

from typing import NamedTuple

from reev_runner.judgement import REASONS

from ._text import one_line

__all__ = ["Explanation", "explained", "step_reason"]


class Explanation(NamedTuple):
    """A reason for people; ``advice`` is empty where the sentence says it all."""

    sentence: str
    advice: str = ""


_SENTENCES: dict[str, str] = {str(code): sentence for code, sentence in REASONS.items()}

_ADVICE = {
    "no_reference": "add a reference: section to the file, or choose another agent; reev agents lists them",
    "reference_failed": "mend the reference: section; reev lint says which step breaks off",
    "nothing_to_grade": "give at least one assertion a weight above 0",
    "did_nothing": "see in the trace whether the agent called a tool at all, and what it answered",
    "score_below_minimum": "compare expected and actual of the assertions that are not met",
    "not_gradable_assertion": "its note says what is missing; reev lint shows where it stands in the file",
    "refusal_missing": "the right reaction is the tool refuse, called explicitly",
    "refusal_code": "compare the code of the refusal with the reference section of the benchmark",
    "refused_needlessly": "read the agent's reason in the trace; the reference solution carries the step out",
    "failed_transaction": "the log lines in the trace name the program and its error",
    "critical_step_failed": "the trace shows how the step ended",
    "unrequested_outflow": "compare what left the wallet with what was asked for",
    "wrong_ending": "compare how the flow ended with ending: under ground_truth; the trace shows what ended it",
    "stranger_gained": "check the recipient of every transaction in the trace",
}

_STEP_SENTENCES = {
    "flow_aborted": "an earlier step ended the flow",
    "dependency_failed": "a step that it depends on did not succeed",
    "refused": "the agent refused what can be carried out",
    "limit_timeout": "its time was up",
    "limit_tool_calls": "it used up its tool calls",
    "recovery_deadline": "the time for its recovery was over",
    "aborted_by_person": "a person ended the flow",
    "aborted_by_default": "nobody answered, and the default is to give up",
    "skipped_by_person": "a person left it out",
    "skipped_by_default": "nobody answered, and the default is to leave it out",
    "broken_off": "its attempt was broken off",
}


def explained(code: str) -> Explanation:
    """Return why a run did not pass and what to look at; a code that is not in the table speaks for itself."""
    return Explanation(_SENTENCES.get(code) or _words(code), _ADVICE.get(code, ""))


def step_reason(code: str) -> str:
    """Return why a step failed or was skipped."""
    return _STEP_SENTENCES.get(code) or _words(code)


def _words(code: str) -> str:
    return one_line(code.replace("_", " "), 80)
