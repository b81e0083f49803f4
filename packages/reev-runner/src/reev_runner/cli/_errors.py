"""How a command ends when something is wrong: one line for people's own mistakes, a traceback for reev's."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeGuard

import typer

if TYPE_CHECKING:
    from reev_types.errors import ReevError, UserError

__all__ = ["Program", "complain", "reported_errors"]

_INTERRUPTED = 130
_BROKEN_PIPE = 141
"""What a shell shows for a program that SIGPIPE ended; 1 would say that a benchmark failed."""
_ENVIRONMENT_FAILED = 3


class Program(typer.Typer):
    """A typer application in which a bug shows its traceback and does not pass for a failed benchmark."""

    def __call__(self, *args: object, **kwargs: object) -> object:
        """Run the program; exits."""
        _open_closed_streams()
        try:
            return super().__call__(*args, **kwargs)
        except Exception as error:
            # Help and version are printed before the command and its own handling of errors begin.
            if _is_of_stdout(error):
                sys.exit(_give_up_stdout(error))
            traceback.print_exc()
            complain("this is a bug in reev; please report it with the lines above and the command")
            sys.exit(_ENVIRONMENT_FAILED)


@contextmanager
def reported_errors() -> Iterator[None]:
    """Turn errors that reev raises on purpose, an interrupt and a closed pipe into an exit status."""
    try:
        yield
        sys.stdout.flush()
    except KeyboardInterrupt as interrupt:
        # What can be gone on with says how.
        typer.echo(" → ".join(("interrupted", *map(str, interrupt.args))), err=True)
        raise typer.Exit(_INTERRUPTED) from None
    except BrokenPipeError:
        _drop_stdout()
        raise typer.Exit(_BROKEN_PIPE) from None
    except Exception as error:
        if _is_of_stdout(error):
            raise typer.Exit(_give_up_stdout(error)) from None
        # Whoever raised one has imported the module; importing it for every --help would cost more than the help.
        errors = sys.modules.get("reev_types.errors")
        if errors is None or not isinstance(error, errors.ReevError):
            raise
        if isinstance(error, errors.UserError) and isinstance(error.place, errors.TextPlace):
            _point(error)
        else:
            complain(_line(error))
        raise typer.Exit(error.exit_status) from None


def _point(error: UserError) -> None:
    """Write an error about a sentence with carets under its place."""
    from reev_orchestrator.language import pointed_at

    first, *rest = pointed_at(error).splitlines()
    complain(first)
    for text in rest:
        typer.echo(_visible(text), err=True)


def complain(text: str) -> None:
    """Write one line to standard error; what could steer a terminal is made visible."""
    typer.echo(f"error: {_visible(text)}", err=True)


def _visible(text: str) -> str:
    return "".join(character if character.isprintable() else "\ufffd" for character in text)


def _line(error: ReevError) -> str:
    return f"{error}{''.join(f' → {hint}' for hint in error.suggestions)}"


def _open_closed_streams() -> None:
    """Let what is printed go nowhere where the caller closed the streams, which Python shows as None."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8"))


def _is_of_stdout(error: Exception) -> TypeGuard[OSError]:
    """Tell apart what printing raises: whoever works with files turns their errors into reev's, and knows names."""
    return isinstance(error, OSError) and error.errno is not None and error.filename is None


def _give_up_stdout(error: OSError) -> int:
    _drop_stdout()
    complain(f"cannot write to standard output: {error.strerror} [cannot_write]")
    return _ENVIRONMENT_FAILED


def _drop_stdout() -> None:
    """Let what is still buffered go nowhere, or the interpreter would complain about it while it shuts down."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
