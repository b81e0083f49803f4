"""``reev lint``: what is contradictory, vacuous or misspelt in benchmark files, before anybody runs them."""

from __future__ import annotations

import json as json_format
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from ._options import JsonOption

if TYPE_CHECKING:
    from rich.text import Text

    from reev_runner.lint import Finding

__all__ = ["lint"]

_UNREADABLE = "bad-file"
_STYLES = {"error": "red", "warning": "yellow", "info": "cyan"}


def lint(
    files: Annotated[list[str], typer.Argument(metavar="FILE", hidden=True)],
    json: JsonOption = False,
) -> None:
    """Check benchmark files.

    FILE is a benchmark file, a folder of them, or a built-in benchmark by its id or number. Those with a reference
    solution are run with it, and with an agent that does nothing, to see what their assertions are worth.

    Exit status: 0 at most notes, 1 errors or warnings, 2 a file that cannot be read.
    """
    from reev_runner.files import find_benchmarks
    from reev_runner.lint import Prober, lint_file

    prober = Prober()
    found = [lint_file(path, probe=prober) for path in find_benchmarks(files)]
    if json:
        typer.echo(json_format.dumps(_document(found), indent=2))
    else:
        _print_findings(found)
    raise typer.Exit(_status(found))


def _status(found: Sequence[Sequence[Finding]]) -> int:
    findings = [finding for of_file in found for finding in of_file]
    if any(finding.rule == _UNREADABLE for finding in findings):
        return 2
    return 1 if any(finding.severity != "info" for finding in findings) else 0


def _counts(found: Sequence[Sequence[Finding]]) -> dict[str, int]:
    severities = [finding.severity for of_file in found for finding in of_file]
    return {
        "files": len(found),
        "errors": severities.count("error"),
        "warnings": severities.count("warning"),
        "notes": severities.count("info"),
    }


def _document(found: Sequence[Sequence[Finding]]) -> dict[str, object]:
    return {
        "summary": {**_counts(found), "exit_status": _status(found)},
        "findings": [_entry(finding) for of_file in found for finding in of_file],
    }


def _entry(finding: Finding) -> dict[str, object]:
    return {
        "path": finding.place.path,
        "line": finding.place.line or None,
        "column": finding.place.column or None,
        "rule": finding.rule,
        "severity": finding.severity,
        "message": finding.message,
        "suggestion": finding.suggestion or None,
    }


def _print_findings(found: Sequence[Sequence[Finding]]) -> None:
    from reev_runner.report import console_on

    console = console_on(sys.stdout)
    for of_file in found:
        for finding in of_file:
            # One finding a line, however narrow the terminal, so that editors and grep can use the list.
            console.print(_finding_line(finding), soft_wrap=True)
        if of_file:
            console.print()
    counts = _counts(found)
    files = counts.pop("files")
    told = [f"{number} {what if number != 1 else what[:-1]}" for what, number in counts.items() if number]
    console.print(f"{', '.join(told) or 'nothing to remark'} in {files} {'file' if files == 1 else 'files'}")


def _finding_line(finding: Finding) -> Text:
    from reev_runner.report import line, one_line

    hint = f" → {one_line(finding.suggestion, 600)}" if finding.suggestion else ""
    return line(
        (one_line(str(finding.place), 4_096), "bold"),
        (f" {finding.severity} ", _STYLES[finding.severity]),
        (f"{finding.rule} ", "dim"),
        one_line(finding.message, 600),
        (hint, "dim"),
    )
