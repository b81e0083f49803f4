"""Outcomes as JUnit XML, for continuous integration."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree as ET

from reev_runner.suite import BadFile, Outcome, Trial
from reev_types.errors import StorageError
from reev_types.results import AssertionVerdict, TrialResult

from ._reasons import explained
from ._tally import duration_ms, tally
from ._trial import reproduction

__all__ = ["junit_report", "write_junit"]

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Everything outside the Char production of XML 1.0, which no escape can express."""


def junit_report(outcomes: Sequence[Outcome]) -> bytes:
    """Return the document in UTF-8: a failure is a verdict on the agent, an error says that there is none."""
    counts = tally(outcomes)
    suite = ET.Element(
        "testsuite",
        name="reev",
        tests=str(counts.total),
        failures=str(counts.failed),
        errors=str(counts.errors + counts.bad_files),
        time=_seconds(counts.duration_ms),
    )
    for outcome in outcomes:
        suite.append(_trial_case(outcome.result) if isinstance(outcome, Trial) else _bad_file_case(outcome))
    root = ET.Element("testsuites")
    root.append(suite)
    ET.indent(root)
    document: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def write_junit(path: Path, outcomes: Sequence[Outcome]) -> None:
    """Write the document, folders included; raises StorageError ``cannot_write``."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(junit_report(outcomes))
    except OSError as error:
        raise StorageError("cannot_write", f"cannot write {path}: {error.strerror}") from error


def _trial_case(result: TrialResult) -> ET.Element:
    case = ET.Element(
        "testcase",
        classname=_valid(f"reev.{result.agent}"),
        name=_valid(result.benchmark_id),
        time=_seconds(duration_ms(result.timing)),
    )
    if result.status == "failed":
        reasons = result.judgement.reasons if result.judgement else ()
        _add_problem(
            case, "failure", ",".join(reasons), "; ".join(explained(code).sentence for code in reasons), result
        )
    if result.status == "error":
        _add_problem(case, "error", "environment", result.flow.error_message or "the environment failed", result)
    return case


def _add_problem(case: ET.Element, kind: str, code: str, message: str, result: TrialResult) -> None:
    problem = ET.SubElement(case, kind, type=_valid(code), message=_valid(message))
    verdicts = result.judgement.assertions if result.judgement else ()
    unmet = [_unmet(verdict) for verdict in verdicts if not verdict.met]
    command = reproduction(result)
    problem.text = _valid("\n".join([*unmet, *([f"reproduce: {command}"] if command else [])]))


def _unmet(verdict: AssertionVerdict) -> str:
    note = f" ({verdict.note})" if verdict.note else ""
    return f"{verdict.type}, {verdict.subject}: expected {verdict.expected}, actual {verdict.actual}{note}"


def _bad_file_case(bad: BadFile) -> ET.Element:
    case = ET.Element("testcase", classname="reev.file", name=_valid(bad.path), time="0")
    ET.SubElement(case, "error", type=_valid(bad.error.code), message=_valid(str(bad.error)))
    return case


def _seconds(milliseconds: Decimal) -> str:
    return f"{milliseconds / 1000:.6f}"


def _valid(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)
