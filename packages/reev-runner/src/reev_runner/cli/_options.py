"""Options that several commands share: single ones, and the groups that a run is set up with."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from ._settings import Settings, resolve

__all__ = [
    "ChoiceFlags",
    "ConfigOption",
    "JsonOption",
    "ModelFlags",
    "OutOption",
    "OutputFlags",
    "SeedOption",
    "SettingFlags",
    "VerboseOption",
    "VersionOption",
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


class SettingFlags(NamedTuple):
    """What can stand in the environment and in a file, too."""

    agent: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="The agent that carries out the steps; reev agents lists them. [deterministic]"
        ),
    ] = None
    seed: SeedOption = None
    out: OutOption = None
    templates: Annotated[
        str | None, typer.Option(metavar="DIR", help="Prompt templates that come before the bundled ones.")
    ] = None
    config: ConfigOption = None

    def resolved(self, more: Mapping[str, str | bool | None] | None = None) -> Settings:
        """Return the settings, ``more`` being flags of others; raises UsageError for a value, key or file that is none.

        Flags that were not given are None.
        """
        given = {"agent": self.agent, "seed": self.seed, "out": self.out, "templates": self.templates}
        return resolve({**given, **(more or {})}, os.environ, self.config)


class ChoiceFlags(NamedTuple):
    """Which benchmarks are run, and how many at once."""

    tag: Annotated[
        list[str] | None, typer.Option(metavar="TAG", help="Only benchmarks with this tag; may be given repeatedly.")
    ] = None
    fail_fast: Annotated[bool, typer.Option("--fail-fast", help="Stop after the first that does not pass.")] = False
    jobs: Annotated[
        int, typer.Option("--jobs", "-j", min=1, max=1_000, metavar="N", help="Trials under way at once.")
    ] = 1


class OutputFlags(NamedTuple):
    """How results are told."""

    json: JsonOption = False
    junit: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the results as JUnit XML to this file too.")
    ] = None
    verbose: VerboseOption = False


class ModelFlags(NamedTuple):
    """How language models are asked, and what a step may use up."""

    record: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Write what is said to a model, and its replies, to a new file a benchmark."),
    ] = None
    replay: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Repeat recorded conversations, without a model or a network.")
    ] = None
    temperature: Annotated[
        float | None, typer.Option(min=0, max=2, metavar="X", help="Of the model; left to its provider when missing.")
    ] = None
    max_turns: Annotated[int, typer.Option(min=1, metavar="N", help="Exchanges with a model in a step.")] = 24
    max_tool_calls: Annotated[int, typer.Option(min=1, metavar="N", help="Tool calls in a step.")] = 20
    max_tokens: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Tokens in a step, in and out. [no limit]")
    ] = None
    max_cost_usd: Annotated[
        str | None, typer.Option(metavar="X", help="US dollars in a step, such as 0.05. [no limit]")
    ] = None
    timeout: Annotated[
        float | None, typer.Option(min=0.001, metavar="S", help="Seconds for a step without its own timeout.")
    ] = None


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"reev {version('reev-runner')}")
        raise typer.Exit


VersionOption = Annotated[
    bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
]
