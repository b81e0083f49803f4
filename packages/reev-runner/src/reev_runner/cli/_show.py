"""``reev show``: a finished run again, from its journal."""

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
    out: OutOption = None,
    config: ConfigOption = None,
) -> None:
    """Print a finished run again."""
    from reev_runner.report import Detail, console_on, json_report, print_trial
    from reev_runner.suite import read_session

    trial = read_session(session, resolve({"out": out}, os.environ, config).out)
    if json:
        typer.echo(json_report((trial,)))
    else:
        print_trial(console_on(sys.stdout), trial, Detail.VERBOSE if verbose else Detail.FULL)
