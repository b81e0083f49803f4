"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["AgentOption", "ConfigOption", "JsonOption", "OutOption", "SeedOption", "VerboseOption", "VersionOption"]

AgentOption = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="The agent that carries out the steps; reev agents lists them. [deterministic]"),
]
# Text, so that flag, variable and file are read by one rule and answered with one message.
SeedOption = Annotated[str | None, typer.Option(metavar="N", help="0 to 2^64-1; equal seeds give equal runs. [0]")]
OutOption = Annotated[str | None, typer.Option(metavar="DIR", help="The folder that runs are kept in. [runs]")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]
VerboseOption = Annotated[
    bool, typer.Option("--verbose", "-v", help="Show every trace in full: prompts, accounts, all log lines.")
]
ConfigOption = Annotated[
    Path | None, typer.Option(metavar="FILE", help="The configuration. [reev.toml in the working folder, if there]")
]


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"reev {version('reev-runner')}")
        raise typer.Exit


VersionOption = Annotated[
    bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
]
