"""The trace of a trial as a tree: benchmark, steps, tool calls, transactions."""

from __future__ import annotations

from typing import assert_never

from reev_types.agents import Completed, GaveUp, LimitReached, RefusedByAgent, StepOutcome
from reev_types.results import TrialResult
from reev_types.tools import BalanceChange, Concluded, Executed, Failed, Observed, Refused, ToolCall, ToolResult
from rich.text import Text
from rich.tree import Tree

from ._instructions import add_transaction, transaction_pieces
from ._names import Names
from ._reasons import step_reason
from ._style import BAD, FAINT, STRONG, UNSURE, Detail, Piece, line, mark_of
from ._text import one_line, visible_lines
from ._trace import Call, Step, Trace

__all__ = ["trace_tree"]

_PROMPT_LINES = 40


def trace_tree(headline: Text, result: TrialResult, trace: Trace, detail: Detail) -> Tree:
    """Return the tree of a run below ``headline``."""
    tree = Tree(headline, guide_style=FAINT)
    names = Names(trace.accounts)
    if detail is not Detail.BRIEF:
        if result.description:
            tree.add(line((one_line(result.description, 300), FAINT)))
        tree.add(line(("asked ", STRONG), one_line(result.flow.user_prompt, 600)))
    for step in trace.steps:
        # One step is the whole run; its own line would repeat the headline.
        parent = tree if detail is Detail.BRIEF and len(trace.steps) == 1 else tree.add(_step_line(step))
        _add_step(parent, step, names, detail)
    if result.flow.error_message:
        tree.add(line(("error ", BAD), one_line(result.flow.error_message, 600)))
    return tree


def _step_line(step: Step) -> Text:
    ended = step.ended
    pieces: list[Piece] = [mark_of(ended and {"succeeded": True, "failed": False}.get(ended.status))]
    pieces += [" step ", (one_line(step.step_id, 64), STRONG)]
    if step.started and step.started.description:
        pieces.append(f"  {one_line(step.started.description)}")
    if (step.started and step.started.critical) or (ended and ended.critical):
        pieces.append((" · critical", FAINT))
    pieces.append(f" · {ended.status}" if ended else " · did not end")
    if ended and ended.reason:
        pieces.append((f": {step_reason(ended.reason)}", BAD if ended.status == "failed" else UNSURE))
    return line(*pieces)


def _add_step(parent: Tree, step: Step, names: Names, detail: Detail) -> None:
    if detail is Detail.VERBOSE and step.started:
        prompt = parent.add(line(("the agent read", STRONG)))
        for text in visible_lines(step.started.prompt, _PROMPT_LINES):
            prompt.add(line((text, FAINT)))
    outcome = step.ended.outcome if step.ended else None
    for call in step.calls:
        # What an agent concluded with is said by the step's outcome.
        if not (isinstance(call.result, Concluded) and outcome and detail is not Detail.VERBOSE):
            _add_call(parent, call, names, detail)
    if outcome is not None and outcome != Completed():
        parent.add(_outcome_line(outcome))


def _add_call(parent: Tree, call: Call, names: Names, detail: Detail) -> None:
    node = parent.add(_call_line(call, names))
    for transaction in call.transactions:
        if detail is Detail.BRIEF:
            node.add(line(*transaction_pieces(transaction, detail)))
        else:
            add_transaction(node, transaction, names, detail)
    said = _result_line(call, names, detail)
    if said is not None:
        node.add(said)


def _call_line(call: Call, names: Names) -> Text:
    if call.called is None:
        return line(("instructions of the agent's own", STRONG))
    arguments = ", ".join(f"{one_line(name, 40)}={names.value(value)}" for name, value in call.called.arguments.items())
    return line((one_line(call.called.tool, 64), STRONG), f"({arguments})")


def _result_line(call: Call, names: Names, detail: Detail) -> Text | None:
    match call.result:
        case None:
            return line(("the tool did not return", UNSURE))
        case Executed(balance_changes=changes):
            return None if detail is Detail.BRIEF or not changes else _changes_line(changes, names)
        case Observed(data=data):
            return line(("read ", STRONG), (names.value(data), FAINT))
        case Refused(code=code, message=message, suggestions=suggestions):
            return line(("refused ", BAD), one_line(message), *_aside(code, suggestions))
        case Failed(code=code, message=message, suggestions=suggestions):
            return line(("failed ", BAD), one_line(message), *_aside(code, suggestions))
        case Concluded(by=by, text=text):
            return line((f"{by} ", STRONG), one_line(text, 400))
        case _:
            assert_never(call.result)


def _aside(code: str, suggestions: tuple[str, ...]) -> list[Piece]:
    return [(f" ({one_line(code, 40)})", FAINT), *((f" → {one_line(hint)}", FAINT) for hint in suggestions)]


def _changes_line(changes: tuple[BalanceChange, ...], names: Names) -> Text:
    told = (f"{names.address(c.owner)} {one_line(c.change, 60)} {one_line(c.symbol, 20)}" for c in changes)
    return line(("changed ", STRONG), ", ".join(told))


def _outcome_line(outcome: StepOutcome) -> Text:
    match outcome:
        case Completed(answer=answer):
            return line(("answered ", STRONG), one_line(answer, 400))
        case RefusedByAgent(code=code, reason=reason):
            return line(("refused by the agent ", STRONG), one_line(reason, 400), (f" ({code})", FAINT))
        case GaveUp(code=code, reason=reason):
            return line(("gave up ", BAD), one_line(reason, 400), (f" ({one_line(code, 40)})", FAINT))
        case LimitReached(which=which):
            limit = "the number of tool calls" if which == "tool_calls" else "time"
            return line(("stopped ", BAD), f"by the limit on {limit}")
        case _:
            assert_never(outcome)
