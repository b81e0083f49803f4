"""How people and programs learn how runs go: while they go, when they are over, and when they are broken off."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

import typer

from ._interrupts import with_way_on

if TYPE_CHECKING:
    from reev_runner.suite import Outcome, SuiteObserver
    from reev_types.plans import DynamicFlowPlan

    from ._options import OutputFlags

__all__ = ["observed", "told"]


@contextmanager
def observed(*, json: bool, session: str | None = None) -> Iterator[SuiteObserver]:
    """Yield who tells how a suite goes, and how to go on with it when it is broken off; ``session`` goes on."""
    from reev_runner.report import UnfinishedSessions

    with _observer(json=json) as observer:
        sessions = UnfinishedSessions(observer, session)
        with with_way_on(sessions):
            yield sessions


def told(outcomes: Sequence[Outcome], plan: DynamicFlowPlan | None, output: OutputFlags) -> NoReturn:
    """Report what runs came to, and exit as they went; ``plan`` is what a sentence was understood as."""
    from reev_runner.report import exit_status, write_junit

    try:
        _report(outcomes, plan, output)
    finally:
        # A reader that closes the pipe early does not want less in the file.
        if output.junit is not None:
            write_junit(output.junit, outcomes)
    raise typer.Exit(exit_status(outcomes))


@contextmanager
def _observer(*, json: bool) -> Iterator[SuiteObserver]:
    """Yield who tells people how a suite goes: on two terminals a moving line, in a pipe plain lines, else nobody."""
    from reev_runner.report import LiveProgress, PlainProgress, console_on
    from reev_runner.suite import SilentObserver

    if sys.stderr.isatty() and (json or sys.stdout.isatty()):
        with LiveProgress(console_on(sys.stderr)) as live:
            yield live
    elif json or sys.stdout.isatty():
        yield SilentObserver()
    else:
        yield PlainProgress(console_on(sys.stdout).file)


def _report(outcomes: Sequence[Outcome], plan: DynamicFlowPlan | None, output: OutputFlags) -> None:
    from reev_runner.report import console_on, json_report, print_suite

    if output.json:
        typer.echo(json_report(outcomes, plan))
        return
    console = console_on(sys.stdout)
    if not sys.stdout.isatty():
        console.print()
    print_suite(console, outcomes, verbose=output.verbose, overview=sys.stdout.isatty())
