"""The report on a suite: overview, trials, counts."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console

from reev_runner.suite import Outcome, Trial

from ._style import Detail
from ._summary import overview_table, print_bad_files, print_closing
from ._trial import print_trial

__all__ = ["print_suite"]


def print_suite(console: Console, outcomes: Sequence[Outcome], *, verbose: bool = False, overview: bool = True) -> None:
    """Print a report.

    A passed trial among several is brief, every other one is shown in full. ``overview`` is False where plain lines
    have already told how each one ended.
    """
    trials = [outcome for outcome in outcomes if isinstance(outcome, Trial)]
    if overview and len(outcomes) > 1 and trials:
        console.print(overview_table(outcomes, console.width))
        console.print()
    for trial in trials:
        print_trial(console, trial, _detail(trial, len(outcomes), verbose=verbose))
    if overview:
        print_bad_files(console, outcomes)
    print_closing(console, outcomes)


def _detail(trial: Trial, total: int, *, verbose: bool) -> Detail:
    if verbose:
        return Detail.VERBOSE
    return Detail.BRIEF if total > 1 and trial.result.status == "passed" else Detail.FULL
