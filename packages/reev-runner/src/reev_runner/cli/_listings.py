"""The commands that only tell: agents, built-in benchmarks, the schema, the configuration."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence

import typer

from ._groups import grouped
from ._known_settings import SETTINGS, shown_value
from ._options import SettingFlags
from ._recovery_options import RecoverySettingFlags
from ._settings import Value

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


@grouped
def configuration(flags: SettingFlags, recovery: RecoverySettingFlags) -> None:
    """Show every setting, its value, and where the value came from."""
    values = flags.resolved(recovery.given).values
    rows = [(each.key, *_told(values[each.key]), each.meaning) for each in SETTINGS]
    _print_table(("setting", "value", "from", "meaning"), rows, whole=("setting", "from"))
    typer.echo("\nA setting's variable is REEV_ and its name in capitals, such as REEV_AGENT.")


def _told(value: Value) -> tuple[str, str]:
    return shown_value(value.value), value.origin


def _print_table(columns: tuple[str, ...], rows: Iterable[Sequence[str]], *, whole: tuple[str, ...] = ()) -> None:
    """Print a table; what stands in the columns ``whole`` is not broken in two, so that it can be copied."""
    from reev_runner.report import console_on, line, one_line, table

    made = table(*columns)
    for row in rows:
        made.add_row(*(line(one_line(cell)) for cell in row))
    for column in made.columns:
        column.no_wrap = column.header in whole
    console_on(sys.stdout).print(made)
