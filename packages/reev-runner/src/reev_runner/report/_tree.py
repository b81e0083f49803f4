"""The trace of a trial as a tree: benchmark, steps, tool calls, transactions."""

from __future__ import annotations

from typing import assert_never

from rich.text import Text
from rich.tree import Tree

from reev_types.agents import Completed, GaveUp, LimitReached, RefusedByAgent, StepOutcome
from reev_types.events import StepStarted
from reev_types.recovery_events import (
    FaultInjected,
    QuestionAsked,
    RecoveryDecided,
    RecoveryEnded,
    TimePassed,
    TransactionResent,
    TransactionUnanswered,
)
from reev_types.results import Judgement, StepStatus, TrialResult
from reev_types.tools import Concluded, Failed, Refused

from ._calls import add_call
from ._models import add_said, usage_line
from ._names import Names
from ._reasons import step_reason
from ._recovery import flow_line, note_lines
from ._style import BAD, FAINT, STRONG, UNSURE, Detail, Piece, line, mark_of
from ._text import one_line, visible_lines
from ._trace import Act, Call, Step, StepNote, Trace

__all__ = ["trace_tree"]

_PROMPT_LINES = 40
_LIMITS = {
    "tool_calls": "the number of tool calls",
    "timeout": "time",
    "turns": "the number of turns",
    "tokens": "tokens",
    "cost": "cost",
}
_IN_ATTEMPT = (FaultInjected, TimePassed, TransactionUnanswered, TransactionResent)
"""Notes of what happened while an attempt was under way, and not between two."""
_GOOD: dict[StepStatus, bool | None] = {"succeeded": True, "failed": False, "skipped": None}


def trace_tree(headline: Text, result: TrialResult, trace: Trace, detail: Detail) -> Tree:
    """Return the tree of a run below ``headline``."""
    tree = Tree(headline, guide_style=FAINT)
    names = Names(trace.accounts)
    if detail is not Detail.BRIEF:
        if result.description:
            tree.add(line((one_line(result.description, 300), FAINT)))
        tree.add(line(("asked ", STRONG), one_line(result.flow.user_prompt, 600)))
    for part in trace.parts:
        if not isinstance(part, Step):
            tree.add(flow_line(part))
            continue
        # One step is the whole run; its own line would repeat the headline.
        parent = tree if detail is Detail.BRIEF and len(trace.steps) == 1 else tree.add(_step_line(part))
        _add_step(parent, part, names, detail)
    if result.flow.metrics.model_usage is not None:
        tree.add(usage_line(result.flow.metrics.model_usage))
    if detail is Detail.BRIEF and result.judgement:
        tree.add(_assertions_line(result.judgement))
    if result.flow.error_message:
        tree.add(line(("error ", BAD), one_line(result.flow.error_message, 600)))
    return tree


def _assertions_line(judgement: Judgement) -> Text:
    met = sum(bool(verdict.met) for verdict in judgement.assertions)
    score = one_line(judgement.score_arithmetic, 120)
    return line((f"{met} of {len(judgement.assertions)} assertions met · score {score}", FAINT))


def _step_line(step: Step) -> Text:
    ended, started = step.ended, step.started
    pieces: list[Piece] = [mark_of(_GOOD[ended.status] if ended else None), " "]
    pieces.append((one_line(step.step_id, 64), STRONG))
    if started and started.description:
        pieces.append(f"  {one_line(started.description)}")
    if any(event.critical for event in (started, ended) if event):
        pieces.append((" · critical", FAINT))
    pieces.append(f" · {ended.status}" if ended else " · did not end")
    if ended and ended.reason:
        pieces.append((f": {step_reason(ended.reason)}", BAD if ended.status == "failed" else UNSURE))
    return line(*pieces)


def _add_step(parent: Tree, step: Step, names: Names, detail: Detail) -> None:
    outcome = step.ended.outcome if step.ended else None
    node = _attempt_node(parent, step, step.started, detail)
    before: Act | None = None
    for act in step.acts:
        if isinstance(act, StepStarted):
            node = _attempt_node(parent, step, act, detail)
        elif isinstance(act, StepNote):
            if not (isinstance(act, TimePassed) and _tells_time(before)):
                _add_note(node if isinstance(act, _IN_ATTEMPT) else parent, act, names, detail)
        elif not isinstance(act, Call):
            add_said(node, act, detail)
        # What an agent concluded with is said by the step's outcome.
        elif not (isinstance(act.result, Concluded) and outcome and detail is not Detail.VERBOSE):
            add_call(node, act, names, detail)
        before = act
    if outcome is not None and outcome != Completed():
        parent.add(_outcome_line(outcome, step, names))


def _attempt_node(parent: Tree, step: Step, started: StepStarted | None, detail: Detail) -> Tree:
    """Return what the calls of an attempt hang under: a line of its own where the step had several."""
    node = parent
    if step.has_recovery and started is not None:
        part = f" · {one_line(started.part_id, 80)}" if started.part_id else ""
        node = parent.add(line((f"attempt {started.attempt}", STRONG), part))
    if detail is Detail.VERBOSE and started:
        prompt = node.add(line(("the agent read", STRONG)))
        for text in visible_lines(started.prompt, _PROMPT_LINES):
            prompt.add(line((text, FAINT)))
    return node


def _add_note(parent: Tree, note: StepNote, names: Names, detail: Detail) -> None:
    if detail is not Detail.BRIEF or isinstance(note, RecoveryEnded):
        for told in note_lines(note, names):
            parent.add(told)


def _tells_time(act: Act | None) -> bool:
    """Tell whether what stands before says already that time passes."""
    return isinstance(act, QuestionAsked) or (isinstance(act, RecoveryDecided) and act.decision == "wait")


def _outcome_line(outcome: StepOutcome, step: Step, names: Names) -> Text:
    match outcome:
        case Completed(answer=answer):
            return line(("answered ", STRONG), one_line(answer, 400))
        case RefusedByAgent(code=code, reason=reason):
            said = f": {one_line(reason, 400)}" if reason else ""
            return line(("refused by the agent", STRONG), said, (f" ({code})", FAINT))
        case GaveUp(reason=reason) if _told(reason, step):
            return line(("gave up", BAD))
        case GaveUp(code=code, reason=reason):
            return line(("gave up ", BAD), names.within(reason, 400), (f" ({one_line(code, 40)})", FAINT))
        case LimitReached(which=which):
            return line(("stopped ", BAD), f"by the limit on {_LIMITS[which]}")
        case _:
            assert_never(outcome)


def _told(reason: str, step: Step) -> bool:
    results = (call.result for call in step.calls)
    return any(isinstance(result, Failed | Refused) and result.message == reason for result in results)
