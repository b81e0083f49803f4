"""``reev show``: a run explained, from its journal alone."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from ._options import ConfigOption, JsonOption, OutOption, VerboseOption
from ._settings import resolve

__all__ = ["show"]


def show(
    session: Annotated[str, typer.Argument(metavar="SESSION", help="A session id, or the folder of a run.")],
    json: JsonOption = False,
    verbose: VerboseOption = False,
    diagram: Annotated[
        bool, typer.Option("--diagram", help="Print the flow as a Mermaid state diagram and nothing else.")
    ] = False,
    out: OutOption = None,
    config: ConfigOption = None,
) -> None:
    """Explain a run from its journal, whether or not it came to its end."""
    from reev_runner.report import Detail, console_on, diagram_of, json_report, print_trial
    from reev_runner.suite import read_session
    from reev_types.errors import UsageError

    if json and diagram:
        raise UsageError("json_or_diagram", "--json and --diagram exclude each other", suggestions=("give one",))
    trial = read_session(session, resolve({"out": out}, os.environ, config).out)
    if json:
        typer.echo(json_report((trial,)))
    elif diagram:
        typer.echo(diagram_of(trial.events), nl=False)
    else:
        print_trial(console_on(sys.stdout), trial, Detail.VERBOSE if verbose else Detail.FULL)
