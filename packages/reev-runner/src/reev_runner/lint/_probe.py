"""The rules that need a run: what the reference fails, and what doing nothing meets.

The linter executes nothing itself; whoever can, hands it a ``Probe``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass

from reev_types.benchmarks import TestCase

from ._finding import Remark, Severity
from ._watches import location_of

__all__ = ["PROBE_RULES", "Probe", "ProbeReport", "probe_remarks"]


@dataclass(frozen=True, slots=True)
class ProbeReport:
    """What runs showed; assertions by their index, counted from 0."""

    reference_broke: tuple[str, ...] = ()
    """Why the reference is no solution, apart from assertions: steps that did not succeed, an error, a verdict."""
    reference_failed: tuple[int, ...] = ()
    """Assertions that the reference does not meet."""
    met_by_nothing: tuple[int, ...] = ()
    """Assertions that an agent met by doing nothing."""


Probe = Callable[[TestCase], ProbeReport]
"""Runs a benchmark with its reference and with an agent that does nothing."""

PROBE_RULES: tuple[tuple[str, Severity, str], ...] = (
    ("reference-fails", "error", "a solution that breaks, or an assertion that it does not meet"),
    ("survives-doing-nothing", "warning", "an assertion that holds after a run in which nothing was done"),
)


def probe_remarks(report: ProbeReport, returning: Set[int] = frozenset()) -> Iterator[tuple[str, Severity, Remark]]:
    """Return the remarks with their rule and severity.

    ``returning`` are assertions that doing nothing may meet, since others see to it that something is done.
    """
    (fails, fails_severity, _), (survives, survives_severity, _) = PROBE_RULES
    for why in report.reference_broke:
        yield fails, fails_severity, Remark(("reference",), f"the reference solution does not work: {why}")
    for index in report.reference_failed:
        remark = Remark(location_of(index), "the reference solution does not meet this assertion")
        yield fails, fails_severity, remark
    for index in sorted(set(report.met_by_nothing) - returning):
        remark = Remark(location_of(index), "an agent that did nothing met this assertion")
        yield survives, survives_severity, remark
