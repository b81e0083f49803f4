"""The report on one trial: its trace, and for all but passed ones among many, everything behind the verdict."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from rich.console import Console, RenderableType
from rich.text import Text

from reev_runner.suite import Trial
from reev_types.results import TrialResult

from ._balances import balances_table
from ._console import print_command
from ._style import BAD, FAINT, GOOD, STRONG, Detail, Piece, bullets, indented, line, mark_of
from ._text import one_line
from ._trace import Trace, trace_of
from ._tree import trace_tree
from ._unfinished import resume_command
from ._verdict import assertions, reasons, score_lines, score_text, ungraded

__all__ = ["print_trial", "reproduction"]

_STYLES = {"passed": GOOD, "failed": BAD, "error": BAD}


def print_trial(console: Console, trial: Trial, detail: Detail) -> None:
    """Print a trial."""
    result = trial.result
    trace = trace_of(trial.events)
    console.print(trace_tree(_headline(result), result, trace, detail))
    if detail is not Detail.BRIEF:
        for part in _findings(result, trace, console.width):
            console.print(indented(part) if part else "")
        command = reproduction(result)
        if command is not None:
            print_command(console, "reproduce", command, indent="  ")
    way_on = resume_command(trial.events)
    if way_on is not None:
        print_command(console, "go on", way_on, indent="  ")
    console.print()


def reproduction(result: TrialResult) -> str | None:
    """Return the command that repeats a run, None where its agent may do something else the next time."""
    given = result.timing.get("reproduce")
    if isinstance(given, list):
        return shlex.join(one_line(str(word), 4_096) for word in given)
    benchmark = one_line(str(result.timing.get("path") or result.benchmark_id), 4_096)
    if result.agent == "mcp":
        return shlex.join(["reev", "mcp", benchmark, "--seed", str(result.seed)])
    arguments = result.timing.get("repeat", ["--agent", result.agent])
    if not isinstance(arguments, list) or not arguments:
        return None
    words = [one_line(str(argument), 4_096) for argument in arguments]
    return shlex.join(["reev-runner", benchmark, *words, "--seed", str(result.seed)])


def _headline(result: TrialResult) -> Text:
    judgement = result.judgement
    good = result.status == "passed"
    pieces: list[Piece] = [mark_of(good), " ", (one_line(result.benchmark_id, 100), STRONG), "  "]
    pieces.append((result.status, _STYLES[result.status]))
    if judgement:
        pieces.append(f" · score {score_text(judgement.score)}")
    pieces.append((f" · {one_line(result.agent, 64)}, seed {result.seed}", FAINT))
    return line(*pieces)


def _findings(result: TrialResult, trace: Trace, width: int) -> Iterator[RenderableType]:
    if trace.accounts:
        yield from ("", balances_table(trace), "")
    judgement = result.judgement
    if judgement is None:
        yield line(("not judged: ", BAD), "the environment failed, so the run says nothing about the agent")
        return
    if judgement.assertions:
        yield from (assertions(judgement.assertions, width), "")
    yield from score_lines(judgement)
    if not judgement.passed:
        yield bullets(reasons(judgement))
    if judgement.not_gradable:
        yield line(("not graded, since reev cannot evaluate it", STRONG))
        yield bullets(ungraded(judgement))
