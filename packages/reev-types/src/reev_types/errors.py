"""Every failure that reev reports, with a stable code, a place and a way out.

    ReevError
    ├── UserError              somebody has to change something; shown without a traceback, exit status 2
    │   ├── UsageError         a command line, a configuration value, a call of the library
    │   ├── BenchmarkError     a benchmark file
    │   ├── AmountError        money that is negative, too precise, too large or not a number
    │   ├── TokenError         a token or address that is unknown or misspelt
    │   └── JupiterRefusalError  Jupiter understood and declined (in reev_tools.jupiter)
    └── BackendError           the world around the run failed, exit status 3
        ├── ChainError         the VM or the RPC behind it
        ├── StorageError       the disk or the database
        ├── SourceError        a source of balances, prices or token facts did not answer as it should
        ├── JupiterServiceError  Jupiter did not answer as it should (in reev_tools.jupiter)
        ├── ModelError           a language model could not be asked (in reev_agent.models)
        └── ForeignAgentError    nobody answers behind gen-tx:<url> (in reev_agent.foreign)

Catch a class to decide who has to act, read ``code`` to decide what to do; never parse ``message``.
What happens *inside* a run (a failed transaction, a refusing agent) is a result, not one of these exceptions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = [
    "AmountError",
    "BackendError",
    "BenchmarkError",
    "ChainError",
    "FilePlace",
    "Place",
    "ReevError",
    "SourceError",
    "StorageError",
    "TextPlace",
    "TokenError",
    "UsageError",
    "UserError",
]


@dataclass(frozen=True, slots=True)
class FilePlace:
    """A point in a file; ``line`` and ``column`` count from 1, 0 means the file as a whole."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}" if self.line else self.path


@dataclass(frozen=True, slots=True)
class TextPlace:
    """The half-open span ``[start, end)`` of a text that a person typed, in characters."""

    text: str
    start: int
    end: int

    def __str__(self) -> str:
        return f"column {self.start + 1}"


Place = FilePlace | TextPlace


class ReevError(Exception):
    """The base of all errors that reev raises on purpose.

    ``code`` is stable and machine-readable, ``context`` holds the facts behind ``message``,
    ``suggestions`` are things the reader can do next. Instances survive pickling.
    """

    exit_status = 1

    def __init__(
        self,
        code: str,
        message: str,
        *,
        place: Place | None = None,
        suggestions: tuple[str, ...] = (),
        context: Mapping[str, str | int] | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.place = place
        self.suggestions = suggestions
        self.context = dict(context or {})

    def __str__(self) -> str:
        """Return one line: place, message, code."""
        prefix = f"{self.place}: " if self.place else ""
        return f"{prefix}{self.message} [{self.code}]"

    def __reduce__(self) -> tuple[object, ...]:
        state = {"place": self.place, "suggestions": self.suggestions, "context": self.context}
        return _rebuild, (type(self), self.code, self.message, state)

    def at(self, place: Place) -> ReevError:
        """Return the same error with ``place`` filled in, unless it already knows one."""
        if self.place is None:
            self.place = place
        return self


class UserError(ReevError):
    """Somebody has to change something: a file, a command, an argument."""

    exit_status = 2


class UsageError(UserError):
    """A command line, a configuration value or a call of the library cannot be meant."""


class BenchmarkError(UserError):
    """A benchmark file cannot be read, or says something that cannot hold."""


class AmountError(UserError):
    """An amount of money is not one: negative, too precise, beyond 2⁶⁴ − 1, not a number."""


class TokenError(UserError):
    """A token symbol, mint or address is unknown or malformed."""


class BackendError(ReevError):
    """The world around a run failed; the run says nothing about the agent."""

    exit_status = 3


class ChainError(BackendError):
    """The chain backend failed, as opposed to a transaction that the chain rejected."""


class SourceError(BackendError):
    """A source of balances, prices or token facts did not answer as it should."""


class StorageError(BackendError):
    """A journal or result could not be written or read back."""


def _rebuild(kind: type[ReevError], code: str, message: str, state: dict[str, object]) -> ReevError:
    return kind(code, message, **state)  # type: ignore[arg-type]
