"""The commands that only tell: agents, built-in benchmarks, the schema, the configuration."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Sequence

import typer

from ._options import AgentOption, ConfigOption, OutOption, SeedOption
from ._settings import SETTINGS, resolve

__all__ = ["agents", "benchmarks", "configuration", "schema"]


def agents() -> None:
    """List the agents and what each needs."""
    from reev_runner.suite import agent_names

    _print_table(("agent", "needs"), agent_names())


def benchmarks() -> None:
    """List the built-in benchmarks with their tags."""
    from reev_runner.files import find_benchmarks, load_file

    files = [load_file(path).file for path in find_benchmarks(())]
    _print_table(("benchmark", "tags", "what it is about"), [(f.id, ", ".join(f.tags), f.description) for f in files])


def schema() -> None:
    """Print the JSON schema of the benchmark format, for editors."""
    from reev_runner.files import benchmark_schema

    typer.echo(json.dumps(benchmark_schema(), indent=2))


def configuration(
    agent: AgentOption = None, seed: SeedOption = None, out: OutOption = None, config: ConfigOption = None
) -> None:
    """Show every setting, its value, and where the value came from."""
    settings = resolve({"agent": agent, "seed": seed, "out": out}, os.environ, config)
    rows = [
        (setting.key, *map(str, settings.values[setting.key]), setting.variable, setting.meaning)
        for setting in SETTINGS
    ]
    _print_table(("setting", "value", "from", "variable", "meaning"), rows)


def _print_table(columns: tuple[str, ...], rows: Iterable[Sequence[str]]) -> None:
    from reev_runner.report import console_on, line, one_line, table

    made = table(*columns)
    for row in rows:
        made.add_row(*(line(one_line(cell)) for cell in row))
    console_on(sys.stdout).print(made)
