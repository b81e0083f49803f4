"""What the linter says, and the form in which a rule says it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from reev_runner.files import LoadedBenchmark
from reev_types.benchmarks import TestCase
from reev_types.errors import FilePlace

__all__ = ["TRUTH", "CaseRule", "FileRule", "Finding", "Location", "Remark", "Severity"]

Severity = Literal["error", "warning", "info"]
"""``error``: the benchmark cannot be run, or no run can pass it. ``warning``: it hardly means what it says."""

Location = tuple[str | int, ...]

TRUTH = "ground_truth"


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark on one place of a file."""

    rule: str
    severity: Severity
    message: str
    place: FilePlace
    suggestion: str = ""

    def __str__(self) -> str:
        """Return one line: place, severity, message, rule."""
        return f"{self.place}: {self.severity}: {self.message} [{self.rule}]"


@dataclass(frozen=True, slots=True)
class Remark:
    """What a rule has to say about the value at ``location``; ``severity`` where it is not the rule's own."""

    location: Location
    message: str
    suggestion: str = ""
    severity: Severity | None = None
    at_key: bool = False
    """Whether the key is meant rather than its value."""


@dataclass(frozen=True, slots=True)
class FileRule:
    """A rule about a file as it is written."""

    name: str
    severity: Severity
    summary: str
    check: Callable[[LoadedBenchmark], Iterator[Remark]]


@dataclass(frozen=True, slots=True)
class CaseRule:
    """A rule about what a file means; it applies to files that compile."""

    name: str
    severity: Severity
    summary: str
    check: Callable[[TestCase], Iterator[Remark]]
