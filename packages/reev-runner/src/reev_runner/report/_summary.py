"""The overview of a suite, its last line, and what to do next."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from reev_runner.suite import BadFile, Outcome, Trial
from reev_types.results import TrialResult

from ._console import print_command
from ._names import amount
from ._plain import bad_file_line
from ._style import BAD, FAINT, GOOD, UNSURE, Piece, line, mark_of, table
from ._tally import Tally, duration_ms, tally
from ._text import one_line
from ._unfinished import session_name
from ._verdict import score_text

__all__ = ["overview_table", "print_bad_files", "print_closing"]

_WIDE = 80
"""Columns that a terminal needs before costs are shown beside the verdicts."""


def overview_table(outcomes: Sequence[Outcome], width: int) -> Table:
    """Return one row for each trial, without costs where ``width`` is small; bad files have no row."""
    costs = ("steps", "tx", "fee", "CU", "time") if width >= _WIDE else ()
    made = table("", "benchmark", "score", *costs, right=("score", *costs))
    for outcome in outcomes:
        if isinstance(outcome, Trial):
            verdict = (_status_cell(outcome.result), line(one_line(outcome.result.benchmark_id, 100)))
            made.add_row(*verdict, _score_cell(outcome.result), *(_cost_cells(outcome.result) if costs else ()))
    return made


def print_bad_files(console: Console, outcomes: Sequence[Outcome]) -> None:
    """Print the files that could not be loaded."""
    for outcome in outcomes:
        if isinstance(outcome, BadFile):
            console.print(line(("✗ bad file ", BAD), bad_file_line(outcome)))


def print_closing(console: Console, outcomes: Sequence[Outcome]) -> None:
    """Print the counts and the next command to try."""
    console.print(_counts(tally(outcomes)))
    results = [outcome.result for outcome in outcomes if isinstance(outcome, Trial)]
    first = next((result for result in results if result.status != "passed"), results[0] if results else None)
    bad = next((outcome for outcome in outcomes if isinstance(outcome, BadFile)), None)
    if first is not None and "session_id" in first.timing:
        print_command(console, "next", shlex.join(["reev", "show", session_name(first.timing)]))
    elif bad is not None:
        print_command(console, "next", shlex.join(["reev", "lint", one_line(bad.path, 4_096)]))


def _status_cell(result: TrialResult) -> Text:
    mark, style = mark_of(result.status == "passed")
    return line((f"{mark} {result.status}", style))


def _score_cell(result: TrialResult) -> Text:
    return line(score_text(result.judgement.score)) if result.judgement else line(("none", UNSURE))


def _cost_cells(result: TrialResult) -> tuple[Text, ...]:
    metrics = result.flow.metrics
    steps = metrics.successful_steps + metrics.failed_steps + metrics.skipped_steps
    return (
        line(f"{metrics.successful_steps}/{steps}"),
        line(f"{metrics.transactions}"),
        line(amount(metrics.fee_lamports)),
        line(f"{metrics.compute_units:,}"),
        line((f"{duration_ms(result.timing):.0f} ms", FAINT)),
    )


def _counts(counts: Tally) -> Text:
    pieces: list[Piece] = [(f"{counts.passed} of {counts.total} passed", GOOD if counts.all_passed else BAD)]
    bad = "bad file" if counts.bad_files == 1 else "bad files"
    for number, what in ((counts.failed, "failed"), (counts.errors, "without a verdict"), (counts.bad_files, bad)):
        if number:
            pieces.append((f", {number} {what}", BAD))
    if counts.average_score is not None:
        pieces.append(f" · average score {score_text(counts.average_score)}")
    return line(*pieces, (f" · {counts.duration_ms:.0f} ms", FAINT))
