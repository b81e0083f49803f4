"""The commands as a program of its own."""

from __future__ import annotations

from reev_runner.cli import Program, ReportingGroup

from ._serve import serve_command
from ._tokens import tokens

__all__ = ["program"]

program = Program(
    cls=ReportingGroup,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    help="Serve reev over HTTP.",
)
program.command("serve")(serve_command)
program.add_typer(tokens, name="tokens")
