"""Recovery in words: attempts, decisions, questions, what was changed and missed, and what became of the flow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from rich.text import Text

from reev_types.atomicity import OnAbort
from reev_types.recovery_events import (
    AttemptFailed,
    FaultInjected,
    FlowAborted,
    FlowResumed,
    QuestionAnswered,
    QuestionAsked,
    RecoveryDecided,
    RecoveryEnded,
    RolledBack,
    StepCompensated,
    TimePassed,
    TransactionResent,
    TransactionUnanswered,
)

from ._names import Names, amount
from ._style import BAD, FAINT, STRONG, UNSURE, Piece, line, mark_of
from ._text import one_line, shortened
from ._trace import FlowNote, StepNote

__all__ = ["decision_text", "flow_line", "note_lines", "shows_by_itself"]

_SIGNATURE = 80
"""Characters that a text has at least which is a signature."""
_FAR = {
    OnAbort.LEAVE: "what was done stays",
    OnAbort.ROLLBACK: "the chain goes back to where the flow began",
    OnAbort.COMPENSATE: "what was done is undone step by step",
}
_ENDINGS = {
    "recovered": "recovered",
    "failed": "not recovered",
    "skipped": "left out",
    "aborted": "given up",
    "deadline": "out of time",
}


def note_lines(note: StepNote, names: Names) -> Iterator[Text]:
    """Yield the lines for what recovery, a fault or time did in a step; a question has one, its decision none."""
    match note:
        case FaultInjected():
            yield _fault_line(note, names)
        case TimePassed(milliseconds=milliseconds):
            yield line((f"{_seconds(milliseconds)} of the chain's time passed", FAINT))
        case TransactionUnanswered() | TransactionResent():
            yield _transaction_line(note)
        case AttemptFailed():
            yield _failed_line(note, names)
        case RecoveryDecided():
            if not shows_by_itself(note):
                yield line((f"{_code(note.strategy) or 'recovery'} ", STRONG), decision_text(note))
        case QuestionAsked() | QuestionAnswered():
            yield _question_line(note, names)
        case RecoveryEnded():
            yield from _ended_lines(note)
        case FlowResumed():
            yield flow_line(note)
        case _:
            assert_never(note)


def shows_by_itself(decided: RecoveryDecided) -> bool:
    """Tell whether what follows says it all: a question, or the same attempted again."""
    return decided.decision == "ask" or (decided.decision == "attempt" and not decided.alternative)


def decision_text(decided: RecoveryDecided) -> str:
    """Return what a strategy does, or why it does nothing."""
    by = f" by {_code(decided.alternative)}" if decided.alternative else ""
    why = f": {_code(decided.reason)}" if decided.reason else ""
    match decided.decision:
        case "wait":
            return f"waits {_seconds(decided.wait_ms)}{by}{why}"
        case "attempt":
            changed = f", {one_line(decided.changed)}" if decided.changed else ""
            return f"tries{f' {_code(decided.alternative)}' if decided.alternative else ' again'}{changed}"
        case "pass":
            return f"passes{f' over {_code(decided.alternative)}' if decided.alternative else ''}{why}"
        case "ask":
            return f"asks{why}"
        case "skip" | "abort":
            return f"{'leaves the step out' if decided.decision == 'skip' else 'gives up'}{why}"
        case "give_up":
            return f"gives up{why}"
        case _:
            assert_never(decided.decision)


def flow_line(note: FlowNote) -> Text:
    """Return the line for what became of a flow as a whole."""
    match note:
        case FlowResumed(replayed=replayed):
            rebuilt = f" · {replayed} transactions carried out again to rebuild the chain" if replayed else ""
            return line(("resumed", STRONG), f" after an interruption{rebuilt}")
        case FlowAborted(step_id=step_id, on_abort=on_abort):
            return line(("✗ aborted ", BAD), f"at {one_line(step_id, 64)}: {_FAR[on_abort]}")
        case RolledBack(hash_before_flow=before, hash_now=now):
            told = "the chain is where it was, " if before == now else "the chain is not where it was, "
            return line(mark_of(before == now), (" rolled back ", STRONG), told, (shortened(now), FAINT))
        case StepCompensated():
            return _compensated_line(note)
        case _:
            assert_never(note)


def _seconds(milliseconds: int) -> str:
    """Return a time such as ``1.25 s``."""
    whole, rest = divmod(milliseconds, 1_000)
    return f"{whole}.{rest:03}".rstrip("0").rstrip(".") + " s"


def _fault_line(fault: FaultInjected, names: Names) -> Text:
    detail = fault.detail
    told = shortened(detail) if len(detail) >= _SIGNATURE and " " not in detail else names.within(detail)
    return line((f"fault {_code(fault.kind)}", UNSURE), f" · {told}" if told else "")


def _transaction_line(note: TransactionUnanswered | TransactionResent) -> Text:
    transaction = f"transaction {shortened(note.signature)}"
    if isinstance(note, TransactionResent):
        return line(("sent again ", UNSURE), f"{transaction}, the very same bytes")
    return line(("unanswered ", UNSURE), transaction, (f" ({_code(note.code)})", FAINT))


def _question_line(note: QuestionAsked | QuestionAnswered, names: Names) -> Text:
    if isinstance(note, QuestionAsked):
        question = note.question
        choices = (f" ({', '.join(question.choices)})", FAINT)
        return line(("asked ", STRONG), names.within(question.text, 400), choices)
    said = note.answer.choice + (f": {one_line(note.answer.amount, 100)}" if note.answer.amount else "")
    return line(("answered " if note.by == "person" else "nobody answered, so ", STRONG), said)


def _failed_line(failed: AttemptFailed, names: Names) -> Text:
    failure = failed.failure
    told = names.within(failure.message, 300) or _code(failure.code)
    where = f" of {_code(failed.part_id)}" if failed.part_id != failed.step_id else ""
    known = (f" ({_code(failure.code)}, {failure.failure_class})", FAINT)
    return line((f"✗ attempt {failure.attempt}{where} failed ", BAD), told, known)


def _ended_lines(ended: RecoveryEnded) -> Iterator[Text]:
    good = None if ended.outcome == "skipped" else ended.outcome == "recovered"
    by = f" by {_code(ended.strategy)}" if ended.strategy else ""
    attempts = f" · {ended.attempts} more attempt{'' if ended.attempts == 1 else 's'}" if ended.attempts else ""
    pieces: list[Piece] = [
        mark_of(good if good or ended.outcome != "skipped" else None),
        f" {_ENDINGS[ended.outcome]}{by}",
    ]
    cost = f" · fees {amount(ended.cost_lamports)}" if ended.cost_lamports else ""
    yield line(*pieces, (f"{attempts} · {_seconds(ended.recovery_ms)}{cost}", FAINT))
    for text in ended.changed:
        yield line(("changed ", UNSURE), one_line(text, 300))
    for text in ended.missed:
        yield line(("missed ", UNSURE), one_line(text, 300))


def _compensated_line(note: StepCompensated) -> Text:
    step = one_line(note.step_id, 64)
    if note.by_step is None:
        return line(("✗ not undone ", BAD), step, (f" ({_code(note.reason)})", FAINT))
    short = ", ".join(amount(raw, mint) for mint, raw in sorted(note.not_returned_raw.items()))
    missing = f" · {short} did not come back" if short else ""
    why = f" ({_code(note.reason)})" if note.reason else ""
    mark = mark_of(not note.reason)
    told = f" {step} by {one_line(note.by_step, 80)} · fees {amount(note.cost_lamports)}{missing}"
    return line(mark, (" undone" if not note.reason else " not undone", STRONG), told, (why, FAINT))


def _code(text: str | None) -> str:
    return one_line(text or "", 80)
