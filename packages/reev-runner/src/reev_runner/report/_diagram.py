"""A flow as a Mermaid state diagram: steps, attempts, calls, and what recovery made of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import assert_never

from reev_types.atomicity import OnAbort
from reev_types.events import Event, RunEnded, StepStarted
from reev_types.recovery_events import (
    AttemptFailed,
    FlowAborted,
    FlowResumed,
    QuestionAnswered,
    QuestionAsked,
    RecoveryDecided,
    RecoveryEnded,
    RolledBack,
    StepCompensated,
)
from reev_types.tools import Concluded, Executed, Failed, Observed, Refused

from ._recovery import decision_text, shows_by_itself
from ._text import one_line
from ._trace import Call, FlowNote, Step, Trace, trace_of

__all__ = ["diagram_of"]

_LONGEST = 80
_DOTS = {"succeeded": "✓", "failed": "✗", "skipped": "–"}
_CLASSES = {"succeeded": "good", "failed": "bad", "skipped": "unsure"}
_ABORTS = {
    OnAbort.LEAVE: "aborted",
    OnAbort.ROLLBACK: "aborted, to be rolled back",
    OnAbort.COMPENSATE: "aborted, to be undone",
}
_STYLES = (
    "classDef good fill:#dafbe1,stroke:#1a7f37,color:#1f2328",
    "classDef bad fill:#ffebe9,stroke:#cf222e,color:#1f2328",
    "classDef unsure fill:#fff8c5,stroke:#9a6700,color:#1f2328",
)


def diagram_of(events: Iterable[Event]) -> str:
    """Return the diagram of a run, whether or not it came to its end.

    It depends on ``events`` alone. Calls of the same tool are numbered through the flow; every text in it is escaped,
    so that whatever a name or a message says stays text.
    """
    drawing = _Drawing()
    drawing.trace(trace_of(events))
    return "\n".join(("stateDiagram-v2", *(f"    {line}" for line in drawing.lines), ""))


class _Drawing:
    """Lines of a diagram; states have ids of our own, and foreign text is in their labels alone."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._number = 0
        self._called: Counter[str] = Counter()
        self._styles: list[str] = []

    def trace(self, trace: Trace) -> None:
        """Draw a run."""
        before, label = "[*]", ""
        for part in trace.parts:
            state = self._step(part) if isinstance(part, Step) else self._state(*_of_flow(part))
            self._arrow(before, state, label)
            before, label = state, _after(part)
        self._arrow(before, "[*]", _ending(trace.ended))
        self.lines += [*(_STYLES if self._styles else ()), *self._styles]

    def _step(self, step: Step) -> str:
        ended = step.ended
        mark = f"{_DOTS[ended.status]} " if ended else ""
        told = step.started.description if step.started and step.started.description else ""
        why = f": {ended.reason}" if ended and ended.reason else ""
        status = f"{ended.status}{why}" if ended else "did not end"
        state = self._named("step", f"{mark}{step.step_id}", told, status)
        if ended:
            self._styles.append(f"class {state} {_CLASSES[ended.status]}")
        inner = list(self._inside(step))
        if inner:
            self.lines += [f"state {state} {{", *(f"    {line}" for line in inner), "}"]
        return state

    def _inside(self, step: Step) -> Iterator[str]:
        """Yield what happened in a step: one state after the other, joined by what led on."""
        outside, self.lines = self.lines, []
        before, label = "[*]", _attempt(step.started) if step.has_recovery else ""
        for act in step.acts:
            if isinstance(act, StepStarted):
                label = ", ".join(filter(None, (label, _attempt(act))))
                continue
            drawn = _drawn(act)
            if isinstance(drawn, str):
                label = ", ".join(filter(None, (label, drawn)))
            elif drawn is not None:
                state = self._state(*self._numbered(act, drawn))
                self._arrow(before, state, label)
                before, label = state, ""
        if before != "[*]":
            self._arrow(before, "[*]", label)
        inside, self.lines = self.lines, outside
        yield from inside

    def _numbered(self, act: object, drawn: tuple[str, str]) -> tuple[str, str]:
        if not isinstance(act, Call):
            return drawn
        text, style = drawn
        name = act.called.tool if act.called else "instructions"
        self._called[name] += 1
        return f"{name} #{self._called[name]}{text}", style

    def _state(self, text: str, style: str = "") -> str:
        state = self._named("s", text)
        if style:
            self._styles.append(f"class {state} {style}")
        return state

    def _named(self, prefix: str, *texts: str) -> str:
        self._number += 1
        state = f"{prefix}{self._number}"
        label = "<br/>".join(_escaped(text) for text in texts if text)
        self.lines.append(f'state "{label}" as {state}')
        return state

    def _arrow(self, source: str, target: str, label: str) -> None:
        told = f" : {_escaped(label)}" if label else ""
        self.lines.append(f"{source} --> {target}{told}")


def _drawn(act: object) -> tuple[str, str] | str | None:
    """Return the text and style of a state, the label of the arrow to the next one, or None for what is not drawn."""
    match act:
        case Call():
            return _result(act)
        case AttemptFailed(failure=failure):
            return f"✗ attempt {failure.attempt} failed: {failure.code}", "bad"
        case RecoveryDecided():
            leads_on = act.decision in ("wait", "attempt") and not shows_by_itself(act)
            return f"{act.strategy} {decision_text(act)}" if leads_on else None
        case QuestionAsked(question=question):
            return f"asked: {question.text}", "unsure"
        case QuestionAnswered(answer=answer, by=by):
            return f"{'nobody answered, ' if by == 'default' else ''}{answer.choice} {answer.amount or ''}".strip()
        case RecoveryEnded():
            return _recovered(act)
        case FlowResumed():
            return _of_flow(act)
        case _:
            return None


def _result(call: Call) -> tuple[str, str]:
    match call.result:
        case _ if call.repeated:
            return ": done already, not repeated", "good"
        case None:
            fates = {transaction.outcome.succeeded for transaction in call.transactions if transaction.outcome}
            return (": landed, found out later", "good") if True in fates else (": no answer", "unsure")
        case Executed() | Observed() | Concluded():
            return "", "good"
        case Refused(code=code):
            return f": refused, {code}", "bad"
        case Failed(code=code):
            return f": failed, {code}", "bad"
        case _:
            assert_never(call.result)


def _recovered(ended: RecoveryEnded) -> tuple[str, str]:
    by = f" by {ended.strategy}" if ended.strategy else ""
    missed = f", {'; '.join(ended.missed)}" if ended.missed else ""
    word = "recovered" if ended.outcome == "recovered" else f"not recovered ({ended.outcome})"
    return f"{word}{by}{missed}", "good" if ended.outcome == "recovered" else "bad"


def _of_flow(note: FlowNote) -> tuple[str, str]:
    match note:
        case FlowResumed(replayed=replayed):
            return f"resumed, {replayed} transactions rebuilt", "unsure"
        case FlowAborted(on_abort=on_abort):
            return _ABORTS[on_abort], "bad"
        case RolledBack(hash_before_flow=before, hash_now=now):
            return ("rolled back", "good") if before == now else ("not rolled back", "bad")
        case StepCompensated(step_id=step_id, by_step=by_step, reason=reason):
            good = by_step is not None and not reason
            return (f"{step_id} undone", "good") if good else (f"{step_id} not undone: {reason}", "bad")
        case _:
            assert_never(note)


def _attempt(started: StepStarted | None) -> str:
    if started is None:
        return ""
    return f"attempt {started.attempt}" + (f", {started.part_id}" if started.part_id else "")


def _after(part: Step | FlowNote) -> str:
    return part.ended.status if isinstance(part, Step) and part.ended else ""


def _ending(ended: RunEnded | None) -> str:
    return ended.status if ended else "interrupted"


def _escaped(text: str) -> str:
    """Return ``text`` as what Mermaid shows as such: on one line, with everything that means something as an entity.

    Mermaid reads ``#35;`` as the character with that number; so only letters, digits and harmless marks stay.
    """
    return "".join(_entity(character) for character in one_line(text, _LONGEST))


def _entity(character: str) -> str:
    if character.isalnum() or character in " _.,✓✗–+-/$":
        return character
    return f"#{ord(character)};"
