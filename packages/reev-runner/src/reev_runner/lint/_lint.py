"""Runs all rules over a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from reev_runner.files import LoadedBenchmark, compile_case, load_file
from reev_types.benchmarks import TestCase
from reev_types.errors import BenchmarkError, FilePlace

from . import _bounds, _instructions, _magnitudes, _placeholders, _recovery, _sections, _tools, _weights
from ._finding import CaseRule, FileRule, Finding, Remark, Severity
from ._probe import PROBE_RULES, Probe, probe_remarks
from ._watches import there_and_back

__all__ = ["RULES", "lint_file"]

_BAD_FILE: tuple[str, Severity, str] = ("bad-file", "error", "a file that cannot be read or compiled")
_FILE_RULES: tuple[FileRule, ...] = (*_placeholders.RULES, *_weights.RULES, *_tools.RULES, *_sections.RULES)
_CASE_RULES: tuple[CaseRule, ...] = (*_bounds.RULES, *_magnitudes.RULES, *_instructions.RULES, *_recovery.RULES)

RULES: tuple[tuple[str, Severity, str], ...] = (
    _BAD_FILE,
    *((rule.name, rule.severity, rule.summary) for rule in _FILE_RULES),
    *((rule.name, rule.severity, rule.summary) for rule in _CASE_RULES),
    *PROBE_RULES,
)
"""Every rule: its name, its usual severity, what it finds."""


def lint_file(path: str | Path, *, probe: Probe | None = None) -> tuple[Finding, ...]:
    """Return what is wrong or odd in a benchmark file, in the order of the file; never raises for a bad one.

    ``probe`` executes the benchmark for the rules ``reference-fails`` and ``survives-doing-nothing``; without it
    they are silent.
    """
    try:
        loaded = load_file(path)
    except BenchmarkError as error:
        return (_bad_file(error, str(path)),)
    findings = list(_file_findings(loaded))
    try:
        case = compile_case(loaded)
    except BenchmarkError as error:
        findings += _unless_known(_bad_file(error, loaded.path), findings)
    else:
        findings += _case_findings(loaded, case, probe)
    return tuple(sorted(findings, key=lambda finding: (finding.place.line, finding.place.column, finding.rule)))


def _file_findings(loaded: LoadedBenchmark) -> Iterator[Finding]:
    for rule in _FILE_RULES:
        for remark in rule.check(loaded):
            yield _finding(loaded, rule.name, rule.severity, remark)


def _case_findings(loaded: LoadedBenchmark, case: TestCase, probe: Probe | None) -> Iterator[Finding]:
    for rule in _CASE_RULES:
        for remark in rule.check(case):
            yield _finding(loaded, rule.name, rule.severity, remark)
    if probe is not None:
        for name, severity, remark in probe_remarks(probe(case), there_and_back(case)):
            yield _finding(loaded, name, severity, remark)


def _finding(loaded: LoadedBenchmark, rule: str, severity: Severity, remark: Remark) -> Finding:
    place = (loaded.places.of_key if remark.at_key else loaded.places.at)(*remark.location)
    return Finding(rule, remark.severity or severity, remark.message, place, remark.suggestion)


def _bad_file(error: BenchmarkError, path: str) -> Finding:
    rule, severity, _ = _BAD_FILE
    place = error.place if isinstance(error.place, FilePlace) else FilePlace(path)
    return Finding(rule, severity, f"{error.message} ({error.code})", place, "; ".join(error.suggestions))


def _unless_known(bad_file: Finding, findings: list[Finding]) -> list[Finding]:
    """Leave the compiler's complaint out where a rule says the same of the same place."""
    errors = {finding.place for finding in findings if finding.severity == "error"}
    return [] if bad_file.place in errors else [bad_file]
