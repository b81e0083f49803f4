"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = [
    "AgentOption",
    "ConfigOption",
    "CostOption",
    "JobsOption",
    "JsonOption",
    "OutOption",
    "RecordOption",
    "ReplayOption",
    "SeedOption",
    "SolReserveOption",
    "TemperatureOption",
    "TimeoutOption",
    "TokensOption",
    "ToolCallsOption",
    "TurnsOption",
    "VerboseOption",
    "VersionOption",
]

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

JobsOption = Annotated[
    int, typer.Option("--jobs", "-j", min=1, max=1_000, metavar="N", help="Trials under way at once.")
]
RecordOption = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Write what is said to a model, and its replies, to a new file a benchmark."),
]
ReplayOption = Annotated[
    Path | None, typer.Option(metavar="DIR", help="Repeat recorded conversations, without a model or a network.")
]
TemperatureOption = Annotated[
    float | None, typer.Option(min=0, max=2, metavar="X", help="Of the model; left to its provider when missing.")
]
TurnsOption = Annotated[int, typer.Option("--max-turns", min=1, metavar="N", help="Exchanges with a model in a step.")]
ToolCallsOption = Annotated[int, typer.Option("--max-tool-calls", min=1, metavar="N", help="Tool calls in a step.")]
TokensOption = Annotated[
    int | None, typer.Option("--max-tokens", min=1, metavar="N", help="Tokens in a step, in and out. [no limit]")
]
CostOption = Annotated[
    str | None, typer.Option("--max-cost-usd", metavar="X", help="US dollars in a step, such as 0.05. [no limit]")
]
TimeoutOption = Annotated[
    float | None, typer.Option("--timeout", min=0.001, metavar="S", help="Seconds for a step without its own timeout.")
]
SolReserveOption = Annotated[
    str | None,
    typer.Option("--sol-reserve", metavar="SOL", help="What an agent keeps when it sends all of its SOL. [0.01]"),
]


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"reev {version('reev-runner')}")
        raise typer.Exit


VersionOption = Annotated[
    bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
]
