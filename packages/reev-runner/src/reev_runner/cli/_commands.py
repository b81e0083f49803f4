"""The classes of reev's commands: errors are reported, and other packages' commands join on demand.

A package adds a command by an entry point of the group ``reev.commands``, whose object is a ``typer.Typer``. At the
start only its name is read; it is imported when it is called.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import typer
from typer.core import TyperCommand, TyperGroup

from ._errors import complain, reported_errors

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

    # typer names these classes in its signatures without exporting them.
    from typer._click import Command, Context

__all__ = ["ENTRY_POINTS", "ReportingCommand", "ReportingGroup"]

ENTRY_POINTS = "reev.commands"
_ENVIRONMENT_FAILED = 3


class ReportingCommand(TyperCommand):
    """A command whose errors are reported as reev does."""

    def invoke(self, ctx: Context) -> object:
        """Run the command."""
        with reported_errors():
            return super().invoke(ctx)


class ReportingGroup(TyperGroup):
    """A group whose errors are reported as reev does, with the commands of other packages behind its own."""

    def list_commands(self, ctx: Context) -> list[str]:
        """Return the group's own commands in their order, then those of other packages by name."""
        return [*super().list_commands(ctx), *(name for name in sorted(_foreign()) if name not in self.commands)]

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:
        """Return a command, or for another package's a stand-in that knows where it comes from."""
        own = super().get_command(ctx, cmd_name)
        if own is not None or cmd_name not in _foreign():
            return own
        return TyperCommand(cmd_name, short_help=f"(from {_origin(_foreign()[cmd_name])})")

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Command | None, list[str]]:
        """Find the command to run; another package's is imported here."""
        name, command, rest = super().resolve_command(ctx, args)
        if name is not None and name not in self.commands and name in _foreign():
            command = _load(_foreign()[name])
        return name, command, rest

    def invoke(self, ctx: Context) -> object:
        """Run the command that was chosen."""
        with reported_errors():
            return super().invoke(ctx)


@cache
def _foreign() -> dict[str, EntryPoint]:
    """Return other packages' commands; of two with one name, the distribution that sorts first keeps it."""
    from importlib.metadata import entry_points

    found: dict[str, EntryPoint] = {}
    for point in sorted(entry_points(group=ENTRY_POINTS), key=_origin):
        found.setdefault(point.name, point)
    return found


def _load(point: EntryPoint) -> Command:
    try:
        app = point.load()
        if not isinstance(app, typer.Typer):
            raise TypeError(f"{point.value} is no typer.Typer")
        return typer.main.get_command(app)
    except Exception as error:
        complain(f"{point.name!r} of {_origin(point)} cannot be loaded: {type(error).__name__}: {error}")
        raise typer.Exit(_ENVIRONMENT_FAILED) from error


def _origin(point: EntryPoint) -> str:
    return point.dist.name if point.dist else point.value
